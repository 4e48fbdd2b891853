#include "CKernels.h"
#include "clones.h"

CLONED void tenca_standardize_rows(
    double *restrict rows, const double *restrict centres, const double *restrict scales,
    long count, long columns) {
  for (long row = 0; row < count; row++, rows += columns) {
    for (long i = 0; i < columns; i++) rows[i] = (rows[i] - centres[i]) * scales[i];
  }
}

CLONED void tenca_extend_rows(
    const double *restrict rows, float *restrict extended, float *restrict norms, long count,
    long columns) {
#pragma clang fp reassociate(on) contract(fast)
  for (long row = 0; row < count; row++) {
    float norm = 0;
    for (long i = 0; i < columns; i++) {
      float value = (float)rows[i];
      extended[i] = value;
      norm += value * value;
    }
    extended[columns] = 1;
    norms[row] = norm;
    rows += columns;
    extended += columns + 1;
  }
}

// Squares beyond this share of the largest float could overflow in a score.
static const float safe_square = 0x1p120f;
// One and a few units in the last place, for what the last operations round.
static const float outwards = 1 + 0x1p-21f, inwards = 1 - 0x1p-21f;

CLONED void tenca_bound_nearest(
    const float *restrict scores, long centroids, long count, const float *restrict norms,
    float largest, float error, int32_t *restrict labels, float *restrict upper,
    float *restrict lower) {
  // The least score, and the second least.
  float *least = upper, *second = lower;
  for (long i = 0; i < count; i++) {
    labels[i] = 0;
    least[i] = scores[i];
    second[i] = __builtin_inff();
  }
  for (long centroid = 1; centroid < centroids; centroid++) {
    const float *own = scores + centroid * count;
    // Without branches, so that the loop runs on whole vectors.
    for (long i = 0; i < count; i++) {
      float score = own[i], best = least[i];
      float larger = score < best ? best : score;
      second[i] = larger < second[i] ? larger : second[i];
      labels[i] = score < best ? (int32_t)centroid : labels[i];
      least[i] = score < best ? score : best;
    }
  }
  for (long i = 0; i < count; i++) {
    float size = norms[i] + largest, doubt = error * size;
    int sure = (second[i] - least[i] > 2 * doubt) & (size < safe_square);
    labels[i] = sure ? labels[i] : -1;
    float far = norms[i] + least[i] + doubt, near = norms[i] + second[i] - doubt;
    upper[i] = __builtin_elementwise_sqrt(far > 0 ? far : 0) * outwards;
    lower[i] = __builtin_elementwise_sqrt(near > 0 ? near : 0) * inwards;
  }
}
