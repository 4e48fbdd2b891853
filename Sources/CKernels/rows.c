#include "CKernels.h"
#include "clones.h"

CLONED void tenca_widen(const float *restrict source, double *restrict target, long count) {
  for (long i = 0; i < count; i++) target[i] = source[i];
}

CLONED void tenca_powers_float(
    const double *restrict rows, float *restrict powers, long count, long columns) {
  for (long row = 0; row < count; row++, rows += columns, powers += 2 * columns + 1) {
    for (long i = 0; i < columns; i++) {
      powers[i] = (float)rows[i];
      powers[columns + i] = (float)(rows[i] * rows[i]);
    }
    powers[2 * columns] = 1;
  }
}

CLONED void tenca_powers_double(
    const double *restrict rows, double *restrict powers, long count, long columns) {
  for (long row = 0; row < count; row++, rows += columns, powers += 2 * columns + 1) {
    for (long i = 0; i < columns; i++) {
      powers[i] = rows[i];
      powers[columns + i] = rows[i] * rows[i];
    }
    powers[2 * columns] = 1;
  }
}
