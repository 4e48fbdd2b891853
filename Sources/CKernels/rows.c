#include "CKernels.h"
#include "clones.h"

CLONED void tenca_widen(const float *restrict source, double *restrict target, long count) {
  for (long i = 0; i < count; i++) target[i] = source[i];
}

CLONED void tenca_narrow(const double *restrict source, float *restrict target, long count) {
  for (long i = 0; i < count; i++) target[i] = (float)source[i];
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

CLONED void tenca_add_deviations(
    const double *restrict rows, const double *restrict row_weights,
    const double *restrict origin, double *restrict weights, double *restrict sums, long count,
    long columns) {
  for (long row = 0; row < count; row++, rows += columns) {
    double weight = row_weights ? row_weights[row] : 1;
    for (long i = 0; i < columns; i++) {
      int there = rows[i] == rows[i];
      weights[i] += there ? weight : 0;
      sums[i] += there ? weight * (rows[i] - origin[i]) : 0;
    }
  }
}

CLONED void tenca_add_squares(
    double *restrict rows, const double *restrict row_weights, const double *restrict means,
    double *restrict squares, long count, long columns) {
  for (long row = 0; row < count; row++, rows += columns) {
    double root = row_weights ? __builtin_sqrt(row_weights[row]) : 1;
    for (long i = 0; i < columns; i++) {
      double deviation = (rows[i] - means[i]) * root;
      rows[i] = deviation == deviation ? deviation : 0;
      squares[i] += rows[i] * rows[i];
    }
  }
}
