#include "CKernels.h"
#include "clones.h"

CLONED void tenca_extend_rows(
    const double *restrict rows, float *restrict extended, long count, long columns) {
  for (long row = 0; row < count; row++) {
    for (long column = 0; column < columns; column++) extended[column] = (float)rows[column];
    extended[columns] = 1;
    rows += columns;
    extended += columns + 1;
  }
}

CLONED void tenca_two_least(
    const float *restrict scores, long vectors, long count, int32_t *restrict labels,
    float *restrict least, float *restrict second) {
  for (long i = 0; i < count; i++) {
    labels[i] = 0;
    least[i] = scores[i];
    second[i] = __builtin_inff();
  }
  for (long vector = 1; vector < vectors; vector++) {
    const float *own = scores + vector * count;
    // Without branches, so that the loop runs on whole vectors.
    for (long i = 0; i < count; i++) {
      float score = own[i], best = least[i];
      float larger = score < best ? best : score;
      second[i] = larger < second[i] ? larger : second[i];
      labels[i] = score < best ? (int32_t)vector : labels[i];
      least[i] = score < best ? score : best;
    }
  }
}
