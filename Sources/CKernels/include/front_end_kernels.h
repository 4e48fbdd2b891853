#ifndef TENCA_FRONT_END_KERNELS_H
#define TENCA_FRONT_END_KERNELS_H

// The loops of the audio front end over one frame. A result depends on its arguments alone, and is
// the same on all processors of one family. Pointers need no alignment.

#include <stdint.h>

// target[i] = source[i] * factor. Returns the sum of what was written.
float tenca_scale(const float *source, float factor, float *target, long count);

// With x[i] = samples[i] - mean and x[-1] = x[0]:
// target[i] = (x[i] - coefficient * x[i - 1]) * window[i]. Returns sums of squares: raw of x, windowed
// of the target.
struct tenca_energies {
  float raw;
  float windowed;
};
struct tenca_energies tenca_window(
    const float *samples, float mean, float coefficient, const float *window, float *target,
    long count);

// Turns the complex transform of 2 * half real numbers, taken as `half` complex ones, into their real
// transform: `half` pairs become half + 1. For k up to half / 2, with W = -i exp(-i pi k / half):
// real[2k] = real[2k + 1] = Re W / 2, and imaginary[2k + 1] = -imaginary[2k] = Im W / 2.
void tenca_untangle(float *spectrum, const float *real, const float *imaginary, long half);

// power[i] = |pairs[i]|^2 of `bins` pairs (real, imaginary).
void tenca_power(const float *pairs, float *power, long bins);

// The weights of a band: blocks of TENCA_BAND_LANES floats, for as many bins from first_bin on.
#define TENCA_BAND_LANES 8
struct tenca_band {
  int32_t first_bin;
  int32_t blocks;
};

// result[b] = the sum of weights times power over the bins of bands[b], whose weights follow those
// of bands[b - 1]. `power` is read up to the end of each band's last block.
void tenca_bands(
    const float *power, const struct tenca_band *bands, const float *weights, float *result,
    long count);

// output[o] = the sum over i of input[i] * matrix[i][o]. Rows of the matrix are `outputs` floats,
// padded to a multiple of TENCA_MATRIX_LANES.
#define TENCA_MATRIX_LANES 16
void tenca_combine(
    const float *input, const float *matrix, float *output, long inputs, long outputs);

// One step of phase recovery over a frame of `bins` pairs: with d = pairs + momentum * (pairs -
// previous), pairs becomes magnitudes * d / |d| and previous what pairs was. `previous` may be null
// where momentum is 0. Returns twice the sum of (|pairs| - magnitudes)^2 before the step.
float tenca_rephase(
    float *pairs, float *previous, const float *magnitudes, float momentum, long bins);

#endif
