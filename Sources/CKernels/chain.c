#include "CKernels.h"
#include "clones.h"
#include "elementary_double.h"

// Bodies are inlined with constant numbers of states, so that small matrices stay in registers; the
// vectors of 8 doubles become as many instructions as the processor's own take.
typedef double vector2 __attribute__((vector_size(16), aligned(8)));
typedef double vector4 __attribute__((vector_size(32), aligned(8)));
typedef double vector8 __attribute__((vector_size(64), aligned(8)));
typedef int64_t integer2 __attribute__((vector_size(16), aligned(8)));
typedef int64_t integer4 __attribute__((vector_size(32), aligned(8)));
typedef int64_t integer8 __attribute__((vector_size(64), aligned(8)));

KERNEL long lanes(long states) { return states == 2 ? 2 : states == 3 || states == 4 ? 4 : 8; }

KERNEL long padded(long states) {
  long size = lanes(states);
  return (states + size - 1) / size * size;
}

long tenca_chain_width(long states) { return padded(states); }

// y = x m for a dense matrix. Two sums at a time, since each must wait for its last addition.
#define DENSE_PRODUCT(L)                                                                       \
  KERNEL void dense_product##L(                                                                \
      const double *restrict x, const double *restrict m, double *restrict y, long states) {   \
    const long width = padded(states);                                                         \
    for (long j = 0; j < width; j += L) {                                                      \
      vector##L even = {0}, odd = {0};                                                         \
      long i = 0;                                                                              \
      for (; i + 2 <= states; i += 2) {                                                        \
        even += x[i] * *(const vector##L *)(m + i * width + j);                                \
        odd += x[i + 1] * *(const vector##L *)(m + (i + 1) * width + j);                       \
      }                                                                                        \
      if (i < states) even += x[i] * *(const vector##L *)(m + i * width + j);                  \
      *(vector##L *)(y + j) = even + odd;                                                      \
    }                                                                                          \
  }
DENSE_PRODUCT(2)
DENSE_PRODUCT(4)
DENSE_PRODUCT(8)

KERNEL void product(
    const struct tenca_transition *m, const double *values, const double *restrict x,
    double *restrict y, enum tenca_transition_kind kind, long states) {
  if (kind == TENCA_DENSE) {
    if (lanes(states) == 2) dense_product2(x, values, y, states);
    if (lanes(states) == 4) dense_product4(x, values, y, states);
    if (lanes(states) == 8) dense_product8(x, values, y, states);
  } else if (kind == TENCA_BANDED) {
    for (long j = 0; j < states; j++) y[j] = 0;
    for (long d = 0; d < m->bands; d++) {
      const double *band = values + d * padded(states);
      long shift = d - m->lower;
      long first = shift < 0 ? -shift : 0, last = shift > 0 ? states - shift : states;
      for (long j = first; j < last; j++) y[j] += x[j + shift] * band[j];
    }
  } else {
    for (long j = 0; j < states; j++) {
      double sum = 0;
      for (int32_t e = m->starts[j]; e < m->starts[j + 1]; e++) sum += x[m->indices[e]] * values[e];
      y[j] = sum;
    }
  }
}

// The largest element, -inf when there is none; `bad` becomes NaN where one is. Compilers leave such
// loops to single numbers, as neither the order nor NaN may change.
KERNEL double largest_of(const double *x, double *bad, long states) {
  double largest = -INFINITY;
  long k = 0;
  if (states >= 8) {
    vector8 top = (vector8){0} - INFINITY;
    integer8 odd = {0};
    for (; k + 8 <= states; k += 8) {
      vector8 part = *(const vector8 *)(x + k);
      odd |= part != part;
      integer8 more = part > top;
      top = (vector8)((more & (integer8)part) | (~more & (integer8)top));
    }
    for (int span = 4; span > 0; span /= 2) {
      for (int j = 0; j < span; j++) {
        top[j] = top[j + span] > top[j] ? top[j + span] : top[j];
        odd[j] |= odd[j + span];
      }
    }
    largest = top[0];
    if (odd[0]) *bad = NAN;
  }
  for (; k < states; k++) {
    if (x[k] != x[k]) *bad = NAN;
    largest = x[k] > largest ? x[k] : largest;
  }
  return largest;
}

KERNEL void likelihood_rows(double *restrict rows, double *restrict shifts, long count, long states) {
  for (long t = 0; t < count; t++) {
    double *row = rows + t * states;
    double bad = 0, maximum = largest_of(row, &bad, states);
    shifts[t] = maximum + bad;
    // Infinities would give NaN; the shift tells of them.
    double shift = maximum - maximum == 0 ? maximum : 0;
    for (long k = 0; k < states; k++) row[k] -= shift;
  }
  for (long i = 0; i < count * states; i++) {
    double value = exp_double(rows[i]);
    value = value > 0x1p-1074 ? value : 0x1p-1074;
    rows[i] = rows[i] == -INFINITY ? 0.0 : value;
  }
}

CLONED void tenca_likelihoods(double *rows, double *shifts, long count, long states) {
  // Rows in groups that stay in the nearest cache.
  long group = 1024 / states + 1;
  for (long t = 0; t < count; t += group) {
    long size = count - t < group ? count - t : group;
    double *from = rows + t * states;
    switch (states) {
      case 2: likelihood_rows(from, shifts + t, size, 2); break;
      case 3: likelihood_rows(from, shifts + t, size, 3); break;
      case 4: likelihood_rows(from, shifts + t, size, 4); break;
      case 8: likelihood_rows(from, shifts + t, size, 8); break;
      case 16: likelihood_rows(from, shifts + t, size, 16); break;
      default: likelihood_rows(from, shifts + t, size, states);
    }
  }
}

KERNEL long forward(
    const struct tenca_transition *m, double *restrict rows, double *restrict predicted,
    double *restrict filtered, double *restrict sums, long count, int advances, double least,
    int watches, enum tenca_transition_kind kind, long states) {
#pragma clang fp reassociate(on) contract(fast)
  for (long t = 0; t < count; t++) {
    double *b = rows + t * states, *f = filtered + t * states;
    double sum = 0;
    for (long k = 0; k < states; k++) {
      f[k] = predicted[k] * b[k];
      sum += f[k];
    }
    if (!(sum >= least && sum < INFINITY)) return t;
    double scale = 1 / sum;
    if (watches) {
      int lost = 0;
      for (long k = 0; k < states; k++) {
        lost |= (b[k] > 0) & (predicted[k] > 0) & (f[k] < least * sum);
        lost |= (predicted[k] > 0) & (predicted[k] < least * least);
      }
      if (lost) return t;
    }
    sums[t] = sum;
    for (long k = 0; k < states; k++) b[k] = predicted[k];
    // The product does not wait for the division.
    if (t + 1 < count || advances) {
      product(m, m->values + t * m->step, f, predicted, kind, states);
      for (long k = 0; k < states; k++) predicted[k] *= scale;
    }
    for (long k = 0; k < states; k++) f[k] *= scale;
  }
  return count;
}

// `call` with constants for the usual small dense matrices.
#define BY_STATES(m, call)                                    \
  switch ((m)->kind) {                                        \
    case TENCA_BANDED: return call(TENCA_BANDED, (m)->states); \
    case TENCA_SPARSE: return call(TENCA_SPARSE, (m)->states); \
    case TENCA_DENSE: break;                                  \
  }                                                           \
  switch ((m)->states) {                                      \
    case 2: return call(TENCA_DENSE, 2);                      \
    case 3: return call(TENCA_DENSE, 3);                      \
    case 4: return call(TENCA_DENSE, 4);                      \
    case 8: return call(TENCA_DENSE, 8);                      \
    case 16: return call(TENCA_DENSE, 16);                    \
    default: return call(TENCA_DENSE, (m)->states);           \
  }

CLONED long tenca_forward(
    const struct tenca_transition *m, double *rows, double *predicted, double *filtered,
    double *sums, long count, int advances, double least, int watches) {
#define FORWARD(kind, states) \
  forward(m, rows, predicted, filtered, sums, count, advances, least, watches, kind, states)
  BY_STATES(m, FORWARD)
}

KERNEL void backward(
    const struct tenca_transition *m, double *restrict rows, const double *restrict filtered,
    double *restrict smoothed, double *restrict weights, double *restrict scratch, long count,
    int continues, enum tenca_transition_kind kind, long states) {
#pragma clang fp reassociate(on) contract(fast)
  for (long t = count - 1; t >= 0; t--) {
    double *p = rows + t * states, *s = smoothed + t * states;
    const double *f = filtered + t * states;
    if (continues || t < count - 1) {
      product(m, m->values + t * m->step, weights, scratch, kind, states);
      double sum = 0;
      for (long k = 0; k < states; k++) {
        scratch[k] = f[k] > 0 ? f[k] * scratch[k] : 0;
        sum += scratch[k];
      }
      double scale = 1 / sum;
      for (long k = 0; k < states; k++) s[k] = scratch[k] * scale;
    } else {
      for (long k = 0; k < states; k++) s[k] = scratch[k] = f[k];
    }
    // The sum is 1 but for rounding, so what goes on need not wait for the division by it.
    for (long k = 0; k < states; k++) {
      double inverse = p[k] > 0 ? 1 / p[k] : 0;
      weights[k] = scratch[k] * inverse;
      p[k] = weights[k];
    }
  }
}

CLONED void tenca_backward(
    const struct tenca_transition *m, double *rows, const double *filtered, double *smoothed,
    double *weights, double *scratch, long count, int continues) {
#define BACKWARD(kind, states) \
  backward(m, rows, filtered, smoothed, weights, scratch, count, continues, kind, states)
  BY_STATES(m, BACKWARD)
}

// y[j] = max_i x[i] + m[i][j], and the first i that gives it. The two halves of i are taken at a
// time; the later one wins only where it is truly larger.
#define DENSE_MAXIMUM(L)                                                                       \
  KERNEL void dense_maximum##L(                                                                \
      const double *restrict x, const double *restrict m, double *restrict y,                  \
      int64_t *restrict which, long states) {                                                  \
    const long width = padded(states), half = (states + 1) / 2;                                \
    for (long j = 0; j < width; j += L) {                                                      \
      vector##L low = (vector##L){0} - INFINITY, high = low;                                   \
      integer##L from_low = {0}, from_high = {0};                                              \
      for (long i = 0; i < half; i++) {                                                        \
        vector##L a = x[i] + *(const vector##L *)(m + i * width + j);                          \
        integer##L better = a > low;                                                           \
        low = (vector##L)((better & (integer##L)a) | (~better & (integer##L)low));             \
        from_low = (better & i) | (~better & from_low);                                        \
        if (half + i >= states) break;                                                         \
        vector##L b = x[half + i] + *(const vector##L *)(m + (half + i) * width + j);          \
        better = b > high;                                                                     \
        high = (vector##L)((better & (integer##L)b) | (~better & (integer##L)high));           \
        from_high = (better & (half + i)) | (~better & from_high);                             \
      }                                                                                        \
      integer##L better = high > low;                                                          \
      low = (vector##L)((better & (integer##L)high) | (~better & (integer##L)low));            \
      from_low = (better & from_high) | (~better & from_low);                                  \
      *(vector##L *)(y + j) = low;                                                             \
      *(integer##L *)(which + j) = from_low;                                                   \
    }                                                                                          \
  }
DENSE_MAXIMUM(2)
DENSE_MAXIMUM(4)
DENSE_MAXIMUM(8)

KERNEL void maximum(
    const struct tenca_transition *m, const double *values, const double *restrict x,
    double *restrict y, int64_t *restrict which, enum tenca_transition_kind kind, long states) {
  if (kind == TENCA_DENSE) {
    if (lanes(states) == 2) dense_maximum2(x, values, y, which, states);
    if (lanes(states) == 4) dense_maximum4(x, values, y, which, states);
    if (lanes(states) == 8) dense_maximum8(x, values, y, which, states);
    return;
  }
  for (long j = 0; j < states; j++) {
    y[j] = -INFINITY;
    which[j] = 0;
  }
  if (kind == TENCA_BANDED) {
    for (long d = 0; d < m->bands; d++) {
      const double *band = values + d * padded(states);
      long shift = d - m->lower;
      long first = shift < 0 ? -shift : 0, last = shift > 0 ? states - shift : states;
      for (long j = first; j < last; j++) {
        double a = x[j + shift] + band[j];
        which[j] = a > y[j] ? j + shift : which[j];
        y[j] = a > y[j] ? a : y[j];
      }
    }
  } else {
    for (long j = 0; j < states; j++) {
      for (int32_t e = m->starts[j]; e < m->starts[j + 1]; e++) {
        double a = x[m->indices[e]] + values[e];
        if (a > y[j]) {
          y[j] = a;
          which[j] = m->indices[e];
        }
      }
    }
  }
}

KERNEL long best_path(
    const struct tenca_transition *m, const double *restrict rows, double *restrict scores,
    double *restrict scratch, int64_t *restrict which, uint8_t *restrict bytes,
    uint16_t *restrict shorts, double *restrict total, long count, int continues,
    enum tenca_transition_kind kind, long states) {
  double taken = *total;
  for (long t = 0; t < count; t++) {
    const double *l = rows + t * states;
    int steps = continues || t > 0;
    if (steps) {
      // The matrix that leads to frame t is that of the frame before.
      maximum(m, m->values + (t - 1) * m->step, scores, scratch, which, kind, states);
    } else {
      for (long k = 0; k < states; k++) {
        scratch[k] = scores[k];
        which[k] = 0;
      }
    }
    for (long k = 0; k < states; k++) scratch[k] += l[k];
    double bad = 0, largest = largest_of(scratch, &bad, states);
    if (!(largest + bad > -INFINITY && largest < INFINITY)) {
      *total = taken;
      return t;
    }
    taken += largest;
    for (long k = 0; k < states; k++) scores[k] = scratch[k] - largest;
    if (bytes) {
      for (long k = 0; k < states; k++) bytes[t * states + k] = (uint8_t)which[k];
    } else if (shorts) {
      for (long k = 0; k < states; k++) shorts[t * states + k] = (uint16_t)which[k];
    }
  }
  *total = taken;
  return count;
}

CLONED long tenca_best_path(
    const struct tenca_transition *m, const double *rows, double *scores, double *scratch,
    uint8_t *bytes, uint16_t *shorts, double *total, long count, int continues) {
  // The sources of the maxima follow the padded scratch.
  int64_t *which = (int64_t *)(scratch + padded(m->states));
#define BEST_PATH(kind, states)                                                             \
  best_path(                                                                                \
      m, rows, scores, scratch, which, bytes, shorts, total, count, continues, kind, states)
  BY_STATES(m, BEST_PATH)
}
