#include "CKernels.h"
#include "clones.h"

CLONED void tenca_standardize_rows(
    double *restrict rows, const double *restrict centres, const double *restrict scales,
    long count, long columns) {
  for (long row = 0; row < count; row++, rows += columns) {
    for (long i = 0; i < columns; i++) rows[i] = (rows[i] - centres[i]) * scales[i];
  }
}

// A vector holds one number of each row of a group.
enum { group = 16 };
typedef float lanes __attribute__((vector_size(64), aligned(4)));
typedef int32_t integers __attribute__((vector_size(64), aligned(4)));

#define ALL(value) ((lanes){0} + (value))

// How many rows ahead are asked for, and the numbers of a line of the cache.
enum { ahead = 24, line = 16 };

CLONED void tenca_pack_rows(
    const float *restrict rows, const int32_t *restrict chosen, float *restrict packed, long count,
    long columns) {
  for (long first = 0; first < count; first += group, packed += group * columns) {
    long size = count - first < group ? count - first : group;
    for (long r = 0; r < size; r++) {
      const float *row = rows + chosen[first + r] * columns;
      // Rows far apart come late; those of the next groups are asked for in time.
      if (first + r + ahead < count) {
        const float *later = rows + chosen[first + r + ahead] * columns;
        for (long i = 0; i < columns; i += line) __builtin_prefetch(later + i);
        __builtin_prefetch(later + columns - 1);
      }
      for (long i = 0; i < columns; i++) packed[i * group + r] = row[i];
    }
    for (long i = 0; i < columns; i++) {
      for (long r = size; r < group; r++) packed[i * group + r] = 0;
    }
  }
}

// The least and the second least score of each row of a group, and whose the least is.
struct scores {
  lanes least, second;
  integers label;
};

// So many centroids are scored at once: their sums stay in registers.
enum { block = 6 };

KERNEL void score(
    const float *restrict rows, const float *restrict factors, long columns, long first, int size,
    struct scores *scores) {
  const float *own = factors + first * (columns + 1);
  lanes sum[block];
  for (int c = 0; c < size; c++) sum[c] = ALL(own[c * (columns + 1) + columns]);
  for (long i = 0; i < columns; i++) {
    lanes row = *(const lanes *)(rows + i * group);
    for (int c = 0; c < size; c++) sum[c] += own[c * (columns + 1) + i] * row;
  }
  for (int c = 0; c < size; c++) {
    integers nearer = sum[c] < scores->least;
    integers label = (integers){0} + (int32_t)(first + c);
    lanes larger = __builtin_elementwise_max(sum[c], scores->least);
    scores->least = __builtin_elementwise_min(sum[c], scores->least);
    scores->second = __builtin_elementwise_min(larger, scores->second);
    scores->label = (scores->label & ~nearer) | (label & nearer);
  }
}

// Squares beyond this share of the largest float could overflow in a score.
static const float safe_square = 0x1p120f;
// One and a few units in the last place, for what the last operations round.
static const float outwards = 1 + 0x1p-21f, inwards = 1 - 0x1p-21f;

CLONED void tenca_nearest_rows(
    const float *restrict packed, long count, long columns, const float *restrict factors,
    long centroids, float largest, float error, int32_t *restrict labels, float *restrict upper,
    float *restrict lower) {
  for (long start = 0; start < count; start += group, packed += group * columns) {
    struct scores scores = {ALL(__builtin_inff()), ALL(__builtin_inff()), {0}};
    lanes norm = {0};
    for (long i = 0; i < columns; i++) {
      lanes row = *(const lanes *)(packed + i * group);
      norm += row * row;
    }
    long c = 0;
    for (; c + block <= centroids; c += block) score(packed, factors, columns, c, block, &scores);
    // Constant numbers of centroids, so that each keeps its sum in a register.
    switch (centroids - c) {
      case 1: score(packed, factors, columns, c, 1, &scores); break;
      case 2: score(packed, factors, columns, c, 2, &scores); break;
      case 3: score(packed, factors, columns, c, 3, &scores); break;
      case 4: score(packed, factors, columns, c, 4, &scores); break;
      case 5: score(packed, factors, columns, c, 5, &scores); break;
    }
    lanes size = norm + largest, doubt = error * size;
    integers sure = (scores.second - scores.least > 2 * doubt) & (size < safe_square);
    integers label = (scores.label & sure) | ~sure;
    lanes zero = {0};
    lanes far = __builtin_elementwise_max(norm + scores.least + doubt, zero);
    lanes near = __builtin_elementwise_max(norm + scores.second - doubt, zero);
    far = __builtin_elementwise_sqrt(far) * outwards;
    near = __builtin_elementwise_sqrt(near) * inwards;
    long rows = count - start < group ? count - start : group;
    for (long r = 0; r < rows; r++) {
      labels[start + r] = label[r];
      upper[start + r] = far[r];
      lower[start + r] = near[r];
    }
  }
}

CLONED long tenca_shift_bounds(
    const int32_t *restrict labels, float *restrict upper, float *restrict lower, long count,
    const float *restrict own, const float *restrict others, int32_t *restrict open) {
  for (long i = 0; i < count; i++) {
    upper[i] = (upper[i] + own[labels[i]]) * outwards;
    float left = lower[i] - others[labels[i]];
    lower[i] = left * (left > 0 ? inwards : outwards);
  }
  // Not `upper >= lower`, so that a bound that is no number leaves its row open.
  long found = 0;
  for (long i = 0; i < count; i++) {
    open[found] = (int32_t)i;
    found += !(upper[i] < lower[i]);
  }
  return found;
}
