#include "CKernels.h"
#include "clones.h"
#include "lanes.h"

// Mel filters are about ten bins wide, so they are stored in shorter blocks.
typedef float band_vector __attribute__((vector_size(4 * TENCA_BAND_LANES), aligned(4)));

CLONED float tenca_scale(const float *source, float factor, float *target, long count) {
  vector sum = {0};
  float rest = 0;
  long i = 0;
  for (; i + LANES <= count; i += LANES) {
    vector value = LOAD(source + i) * factor;
    STORE(value, target + i);
    sum += value;
  }
  for (; i < count; i++) {
    target[i] = source[i] * factor;
    rest += target[i];
  }
  SUM_LANES(sum, LANES);
  return sum[0] + rest;
}

CLONED struct tenca_energies tenca_window(
    const float *samples, float mean, float coefficient, const float *window, float *target,
    long count) {
  vector raw = {0}, windowed = {0};
  struct tenca_energies rest = {0, 0};
  // The first sample stands in for the one before it.
  vector before = (vector){0} + (samples[0] - mean);
  long i = 0;
  for (; i + LANES <= count; i += LANES) {
    vector value = LOAD(samples + i) - mean;
    vector previous = __builtin_shufflevector(
        before, value, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
    vector shaped = (value - previous * coefficient) * LOAD(window + i);
    STORE(shaped, target + i);
    raw += value * value;
    windowed += shaped * shaped;
    before = value;
  }
  float last = before[LANES - 1];
  for (; i < count; i++) {
    float value = samples[i] - mean;
    target[i] = (value - last * coefficient) * window[i];
    rest.raw += value * value;
    rest.windowed += target[i] * target[i];
    last = value;
  }
  SUM_LANES(raw, LANES);
  SUM_LANES(windowed, LANES);
  rest.raw += raw[0];
  rest.windowed += windowed[0];
  return rest;
}

// One bin of a real transform from those of the complex transform of half its length, and its
// mirror: X[k] = S + D and X[half - k] = conj(S - D), where S = (Z[k] + conj Z[half - k]) / 2 and
// D = W (Z[k] - conj Z[half - k]) / 2.
KERNEL void untangle_bin(
    float *spectrum, const float *real, const float *imaginary, long half, long k) {
  float *low = spectrum + 2 * k, *high = spectrum + 2 * (half - k);
  float sum_real = 0.5f * (low[0] + high[0]), sum_imaginary = 0.5f * (low[1] - high[1]);
  float t_real = low[0] - high[0], t_imaginary = low[1] + high[1];
  float d_real = t_real * real[2 * k] + t_imaginary * imaginary[2 * k];
  float d_imaginary = t_imaginary * real[2 * k + 1] + t_real * imaginary[2 * k + 1];
  low[0] = sum_real + d_real;
  low[1] = sum_imaginary + d_imaginary;
  // In the middle a bin is its own mirror.
  if (low == high) return;
  high[0] = sum_real - d_real;
  high[1] = d_imaginary - sum_imaginary;
}

CLONED void tenca_untangle(
    float *spectrum, const float *real, const float *imaginary, long half) {
  const vector conjugate = {1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1};
  float first = spectrum[0], second = spectrum[1];
  const long pairs = LANES / 2;
  long k = 1;
  for (; k + pairs - 1 < half - k - (pairs - 1); k += pairs) {
    float *low = spectrum + 2 * k, *high = spectrum + 2 * (half - k - (pairs - 1));
    vector z = LOAD(low), mirror = LOAD(high);
    mirror = conjugate * __builtin_shufflevector(
        mirror, mirror, 14, 15, 12, 13, 10, 11, 8, 9, 6, 7, 4, 5, 2, 3, 0, 1);
    vector sum = 0.5f * (z + mirror), t = z - mirror;
    vector swapped = __builtin_shufflevector(
        t, t, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);
    vector d = t * LOAD(real + 2 * k) + swapped * LOAD(imaginary + 2 * k);
    STORE(sum + d, low);
    mirror = conjugate * (sum - d);
    STORE(__builtin_shufflevector(
        mirror, mirror, 14, 15, 12, 13, 10, 11, 8, 9, 6, 7, 4, 5, 2, 3, 0, 1), high);
  }
  for (; k <= half - k; k++) untangle_bin(spectrum, real, imaginary, half, k);
  spectrum[0] = first + second;
  spectrum[1] = 0;
  spectrum[2 * half] = first - second;
  spectrum[2 * half + 1] = 0;
}

CLONED void tenca_power(const float *restrict pairs, float *restrict power, long bins) {
  for (long i = 0; i < bins; i++) {
    power[i] = pairs[2 * i] * pairs[2 * i] + pairs[2 * i + 1] * pairs[2 * i + 1];
  }
}

CLONED void tenca_bands(
    const float *power, const struct tenca_band *bands, const float *weights, float *result,
    long count) {
  for (long band = 0; band < count; band++) {
    const float *bins = power + bands[band].first_bin;
    band_vector sum = {0};
    for (int block = 0; block < bands[band].blocks; block++) {
      sum += *(const band_vector *)weights * *(const band_vector *)bins;
      weights += TENCA_BAND_LANES;
      bins += TENCA_BAND_LANES;
    }
    SUM_LANES(sum, TENCA_BAND_LANES);
    result[band] = sum[0];
  }
}

CLONED void tenca_combine(
    const float *input, const float *matrix, float *output, long inputs, long outputs) {
  long width = (outputs + LANES - 1) / LANES * LANES;
  for (long first = 0; first < outputs; first += LANES) {
    // Two sums at a time, since each must wait for its last addition.
    vector even = {0}, odd = {0};
    const float *row = matrix + first;
    long i = 0;
    for (; i + 2 <= inputs; i += 2, row += 2 * width) {
      even += LOAD(row) * input[i];
      odd += LOAD(row + width) * input[i + 1];
    }
    if (i < inputs) even += LOAD(row) * input[i];
    even += odd;
    for (long j = 0; j < LANES && first + j < outputs; j++) output[first + j] = even[j];
  }
}

// Pairs (real, imaginary) that stand where the other of each pair stood.
#define SWAP_PAIRS(v) \
  __builtin_shufflevector(v, v, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14)

typedef int word_vector __attribute__((vector_size(4 * LANES), aligned(4)));
typedef float half_vector __attribute__((vector_size(2 * LANES), aligned(4)));

// As many pairs as a half vector holds; vectors go by pointer, as their passing differs between clones.
KERNEL void rephase_pairs(
    float *pairs, float *previous, const float *magnitudes, float momentum, vector *mismatch) {
  half_vector half = *(const half_vector *)magnitudes;
  vector magnitude =
      __builtin_shufflevector(half, half, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
  vector z = LOAD(pairs), square = z * z;
  vector difference = __builtin_elementwise_sqrt(square + SWAP_PAIRS(square)) - magnitude;
  *mismatch += difference * difference;
  vector moved = z;
  if (previous) {
    moved += momentum * (z - LOAD(previous));
    STORE(z, previous);
  }
  square = moved * moved;
  vector power = square + SWAP_PAIRS(square);
  // What is nothing has no phase: it gets phase 0, and keeps its magnitude.
  const vector one = {1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0};
  word_vector heard = power > 0;
  word_vector direction = (word_vector)(moved / __builtin_elementwise_sqrt(power));
  STORE((vector)((heard & direction) | (~heard & (word_vector)one)) * magnitude, pairs);
}

CLONED float tenca_rephase(
    float *pairs, float *previous, const float *magnitudes, float momentum, long bins) {
  const long step = LANES / 2;
  vector mismatch = {0};
  long k = 0;
  for (; k + step <= bins; k += step) {
    rephase_pairs(
        pairs + 2 * k, previous ? previous + 2 * k : 0, magnitudes + k, momentum, &mismatch);
  }
  if (k < bins) {
    // Bins of magnitude 0 stand in for those that are missing.
    float rest[LANES] = {0}, before[LANES] = {0}, wanted[LANES / 2] = {0};
    long count = bins - k;
    __builtin_memcpy(rest, pairs + 2 * k, 8 * count);
    __builtin_memcpy(wanted, magnitudes + k, 4 * count);
    if (previous) __builtin_memcpy(before, previous + 2 * k, 8 * count);
    rephase_pairs(rest, previous ? before : 0, wanted, momentum, &mismatch);
    __builtin_memcpy(pairs + 2 * k, rest, 8 * count);
    if (previous) __builtin_memcpy(previous + 2 * k, before, 8 * count);
  }
  SUM_LANES(mismatch, LANES);
  return mismatch[0];
}
