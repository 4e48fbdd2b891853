#include "CKernels.h"
#include "clones.h"
#include "lanes.h"

// Four lags at once share what they read of the unmoved samples.
CLONED void tenca_differences(const float *samples, long count, float *result, long lags) {
  for (long k = 0; k < lags; k += 4) {
    const float *moved = samples + k;
    vector a = {0}, b = {0}, c = {0}, d = {0};
    for (long m = 0; m < count; m += LANES) {
      vector here = LOAD(samples + m), difference;
      difference = here - LOAD(moved + m);
      a += difference * difference;
      difference = here - LOAD(moved + m + 1);
      b += difference * difference;
      difference = here - LOAD(moved + m + 2);
      c += difference * difference;
      difference = here - LOAD(moved + m + 3);
      d += difference * difference;
    }
    SUM_LANES(a, LANES);
    SUM_LANES(b, LANES);
    SUM_LANES(c, LANES);
    SUM_LANES(d, LANES);
    result[k] = a[0];
    result[k + 1] = b[0];
    result[k + 2] = c[0];
    result[k + 3] = d[0];
  }
}

#define BLOCK 32

CLONED void tenca_sliding_maximum(
    const double *restrict values, const double *restrict weights, long width,
    double *restrict result, long count) {
  long start = 0;
  // Blocks that stay in registers while the weights pass.
  for (; start + BLOCK <= count; start += BLOCK) {
    double best[BLOCK];
    for (int j = 0; j < BLOCK; j++) best[j] = values[start + j] + weights[0];
    for (long d = 1; d < width; d++) {
      for (int j = 0; j < BLOCK; j++) {
        double candidate = values[start + j + d] + weights[d];
        best[j] = candidate > best[j] ? candidate : best[j];
      }
    }
    for (int j = 0; j < BLOCK; j++) result[start + j] = best[j];
  }
  for (; start < count; start++) {
    double best = values[start] + weights[0];
    for (long d = 1; d < width; d++) {
      double candidate = values[start + d] + weights[d];
      best = candidate > best ? candidate : best;
    }
    result[start] = best;
  }
}
