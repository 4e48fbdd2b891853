#ifndef TENCA_PITCH_KERNELS_H
#define TENCA_PITCH_KERNELS_H

// The loops of pitch tracking.

// The samples after the last that tenca_differences reads, beyond those that lags ask for: whole
// vectors and whole groups of lags.
#define TENCA_DIFFERENCE_MARGIN 32

// result[k] = the sum over m < count of (samples[m] - samples[m + k])^2, for all k below `lags`,
// which is a multiple of 4. Samples from `count` on are zero, and readable up to
// count + lags + TENCA_DIFFERENCE_MARGIN.
void tenca_differences(const float *samples, long count, float *result, long lags);

// result[j] = the greatest of values[j + d] + weights[d] over d from 0 to width - 1, for all j below
// `count`. `values` is readable up to count + width.
void tenca_sliding_maximum(
    const double *values, const double *weights, long width, double *result, long count);

#endif
