// Compiled twice by tensor_loops.c: T is the scalar, NAMED(x) a name of its own, EXP, LOG, TANH, SIN and
// COS its functions. Whatever loops over numbers is inlined into a function with one clone a processor.

#define SIGMOID(x) ((T)1 / ((T)1 + EXP(-(x))))
#define SOFTPLUS(x) (((x) > 0 ? (x) : (T)0) + LOG((T)1 + EXP(-((x) > 0 ? (x) : -(x)))))

#define EACH(expression)                 \
  for (long i = 0; i < count; i++) {     \
    T x = source[i];                     \
    target[i] = (expression);            \
  }                                      \
  return

CLONED static void NAMED(unary)(
    tenca_unary op, const T *source, T *target, long count, T parameter) {
  switch (op) {
    case tenca_unary_negate: EACH(-x);
    case tenca_unary_exp: EACH(EXP(x));
    case tenca_unary_log: EACH(LOG(x));
    case tenca_unary_sqrt: EACH(SQRT(x));
    case tenca_unary_reciprocal: EACH((T)1 / x);
    case tenca_unary_square: EACH(x * x);
    case tenca_unary_tanh: EACH(TANH(x));
    case tenca_unary_sigmoid: EACH(SIGMOID(x));
    case tenca_unary_softplus: EACH(SOFTPLUS(x));
    case tenca_unary_silu: EACH(x * SIGMOID(x));
    // Comparisons that let NaN through, so that it is found where it arises.
    case tenca_unary_relu: EACH(x <= 0 ? (T)0 : x);
    case tenca_unary_leaky_relu: EACH(x < 0 ? x * parameter : x);
    case tenca_unary_absolute: EACH(x < 0 ? -x : x);
    case tenca_unary_sign: EACH((T)((x > 0) - (x < 0)));
    case tenca_unary_sine: EACH(SIN(x));
    case tenca_unary_cosine: EACH(COS(x));
  }
}

#undef EACH

KERNEL T NAMED(sigmoid_slope)(T x) {
  T s = SIGMOID(x);
  return s + x * s * ((T)1 - s);
}

#define PAIRS(expression)                                                \
  for (long o = 0; o < outer; o++) {                                     \
    const T *p = a + o * a_outer, *q = b + o * b_outer;                  \
    T *t = target + o * inner;                                           \
    if (a_inner && b_inner) {                                            \
      for (long i = 0; i < inner; i++) {                                 \
        T x = p[i], y = q[i];                                            \
        t[i] = (expression);                                             \
      }                                                                  \
    } else if (a_inner) {                                                \
      T y = *q;                                                          \
      for (long i = 0; i < inner; i++) {                                 \
        T x = p[i];                                                      \
        t[i] = (expression);                                             \
      }                                                                  \
    } else if (b_inner) {                                                \
      T x = *p;                                                          \
      for (long i = 0; i < inner; i++) {                                 \
        T y = q[i];                                                      \
        t[i] = (expression);                                             \
      }                                                                  \
    } else {                                                             \
      T x = *p, y = *q, z = (expression);                                \
      for (long i = 0; i < inner; i++) t[i] = z;                         \
    }                                                                    \
  }                                                                      \
  return

CLONED static void NAMED(binary)(
    tenca_binary op, const T *a, const T *b, T *target, long outer, long inner, long a_outer,
    long a_inner, long b_outer, long b_inner, T parameter) {
  switch (op) {
    case tenca_binary_add: PAIRS(x + y);
    case tenca_binary_subtract: PAIRS(x - y);
    case tenca_binary_multiply: PAIRS(x * y);
    case tenca_binary_divide: PAIRS(x / y);
    case tenca_binary_maximum: PAIRS(x < y ? y : x);
    case tenca_binary_minimum: PAIRS(x > y ? y : x);
    case tenca_binary_first: PAIRS(((void)y, x));
    case tenca_binary_greater: PAIRS((T)(x > y));
    case tenca_binary_equal: PAIRS((T)(x == y));
    case tenca_binary_relu_gradient: PAIRS(y > 0 ? x : (T)0);
    case tenca_binary_leaky_relu_gradient: PAIRS(y > 0 ? x : x * parameter);
    case tenca_binary_tanh_gradient: PAIRS(x * ((T)1 - y * y));
    case tenca_binary_sigmoid_gradient: PAIRS(x * y * ((T)1 - y));
    case tenca_binary_silu_gradient: PAIRS(x * NAMED(sigmoid_slope)(y));
    case tenca_binary_softplus_gradient: PAIRS(x * SIGMOID(y));
  }
}

#undef PAIRS

CLONED static void NAMED(affine)(const T *source, T *target, long count, T scale, T shift) {
  for (long i = 0; i < count; i++) target[i] = scale * source[i] + shift;
}

CLONED static void NAMED(accumulate)(const T *source, T *target, long count, T scale) {
  for (long i = 0; i < count; i++) target[i] += scale * source[i];
}

// Sixteen sums at once, so that a long row keeps its digits and the processor is busy.
KERNEL T NAMED(row_sum)(const T *row, long count) {
  T lanes[16] = {0};
  long i = 0;
  for (; i + 16 <= count; i += 16)
    for (int l = 0; l < 16; l++) lanes[l] += row[i + l];
  for (; i < count; i++) lanes[i % 16] += row[i];
  for (int step = 8; step > 0; step /= 2)
    for (int l = 0; l < step; l++) lanes[l] += lanes[l + step];
  return lanes[0];
}

// Rows of a matrix are added in blocks whose sums are added in turn.
#define BLOCK 256

CLONED static void NAMED(sum)(const T *source, T *target, long outer, long middle, long inner) {
  for (long o = 0; o < outer; o++) {
    const T *from = source + o * middle * inner;
    T *to = target + o * inner;
    if (inner == 1) {
      T total = 0;
      for (long m = 0; m < middle; m += 4096)
        total += NAMED(row_sum)(from + m, middle - m < 4096 ? middle - m : 4096);
      *to = total;
      continue;
    }
    for (long i = 0; i < inner; i++) to[i] = 0;
    for (long c = 0; c < inner; c += 64) {
      long width = inner - c < 64 ? inner - c : 64;
      for (long m = 0; m < middle; m += BLOCK) {
        long end = m + BLOCK < middle ? m + BLOCK : middle;
        T part[64] = {0};
        for (long r = m; r < end; r++) {
          const T *row = from + r * inner + c;
          for (long i = 0; i < width; i++) part[i] += row[i];
        }
        for (long i = 0; i < width; i++) to[c + i] += part[i];
      }
    }
  }
}

CLONED static void NAMED(maximum)(const T *source, T *target, long outer, long middle, long inner) {
  for (long o = 0; o < outer; o++) {
    const T *from = source + o * middle * inner;
    T *to = target + o * inner;
    for (long i = 0; i < inner; i++) to[i] = from[i];
    for (long m = 1; m < middle; m++)
      for (long i = 0; i < inner; i++) {
        T x = from[m * inner + i];
        to[i] = x > to[i] ? x : to[i];
      }
  }
}

static void NAMED(copy_strided)(
    const T *source, T *target, int rank, const long *shape, const long *steps, int writes) {
  if (rank == 0) {
    *target = *source;
    return;
  }
  long contiguous = 1;
  for (int axis = 1; axis < rank; axis++) contiguous *= shape[axis];
  if (rank == 1) {
    long step = steps[0];
    if (step == 1) memcpy(target, source, shape[0] * sizeof(T));
    else if (writes) for (long i = 0; i < shape[0]; i++) target[i * step] = source[i];
    else for (long i = 0; i < shape[0]; i++) target[i] = source[i * step];
    return;
  }
  for (long i = 0; i < shape[0]; i++) {
    if (writes)
      NAMED(copy_strided)(
          source + i * contiguous, target + i * steps[0], rank - 1, shape + 1, steps + 1, 1);
    else
      NAMED(copy_strided)(
          source + i * steps[0], target + i * contiguous, rank - 1, shape + 1, steps + 1, 0);
  }
}

static void NAMED(gather)(
    const T *source, const int32_t *indices, T *target, long rows, long width) {
  if (width == 1) {
    for (long r = 0; r < rows; r++) target[r] = source[indices[r]];
    return;
  }
  for (long r = 0; r < rows; r++)
    memcpy(target + r * width, source + indices[r] * width, width * sizeof(T));
}

static void NAMED(scatter_add)(
    const T *source, const int32_t *indices, T *target, long rows, long width) {
  for (long r = 0; r < rows; r++) {
    T *row = target + indices[r] * width;
    const T *from = source + r * width;
    for (long i = 0; i < width; i++) row[i] += from[i];
  }
}

static void NAMED(unfold)(
    const T *images, T *columns, const tenca_windows *w, long first, long count) {
  long row = w->width * w->channels;
  for (long n = first; n < first + count; n++)
    for (long oy = 0; oy < w->out_height; oy++)
      for (long ox = 0; ox < w->out_width; ox++)
        for (long ky = 0; ky < w->kernel_height; ky++) {
          long y = oy * w->stride_height - w->padding_top + ky * w->dilation_height;
          for (long kx = 0; kx < w->kernel_width; kx++, columns += w->channels) {
            long x = ox * w->stride_width - w->padding_left + kx * w->dilation_width;
            if (y < 0 || y >= w->height || x < 0 || x >= w->width)
              memset(columns, 0, w->channels * sizeof(T));
            else
              memcpy(
                  columns, images + (n * w->height + y) * row + x * w->channels,
                  w->channels * sizeof(T));
          }
        }
}

CLONED static void NAMED(fold)(
    const T *columns, T *images, const tenca_windows *w, long first, long count) {
  long row = w->width * w->channels;
  memset(
      images + first * w->height * row, 0, count * w->height * row * sizeof(T));
  for (long n = first; n < first + count; n++)
    for (long oy = 0; oy < w->out_height; oy++)
      for (long ox = 0; ox < w->out_width; ox++)
        for (long ky = 0; ky < w->kernel_height; ky++) {
          long y = oy * w->stride_height - w->padding_top + ky * w->dilation_height;
          if (w->channels == 1 && w->dilation_width == 1) {
            // Taps are neighbours, so bounds are looked at once a row of them.
            long left = ox * w->stride_width - w->padding_left;
            long from = left < 0 ? -left : 0;
            long end = w->width - left < w->kernel_width ? w->width - left : w->kernel_width;
            T *to = images + (n * w->height + y) * row + left;
            if (y >= 0 && y < w->height)
              for (long k = from; k < end; k++) to[k] += columns[k];
            columns += w->kernel_width;
            continue;
          }
          for (long kx = 0; kx < w->kernel_width; kx++, columns += w->channels) {
            long x = ox * w->stride_width - w->padding_left + kx * w->dilation_width;
            if (y < 0 || y >= w->height || x < 0 || x >= w->width) continue;
            T *to = images + (n * w->height + y) * row + x * w->channels;
            for (long c = 0; c < w->channels; c++) to[c] += columns[c];
          }
        }
}

CLONED static void NAMED(moments)(
    const T *source, long rows, long channels, const T *pivot, double *sums, double *squares) {
  for (long c = 0; c < channels; c += 64) {
    long width = channels - c < 64 ? channels - c : 64;
    double total[64] = {0}, total_squares[64] = {0};
    for (long m = 0; m < rows; m += 64) {
      long end = m + 64 < rows ? m + 64 : rows;
      T part[64] = {0}, part_squares[64] = {0};
      for (long r = m; r < end; r++) {
        const T *row = source + r * channels + c;
        for (long i = 0; i < width; i++) {
          T x = row[i] - pivot[c + i];
          part[i] += x;
          part_squares[i] += x * x;
        }
      }
      for (long i = 0; i < width; i++) {
        total[i] += part[i];
        total_squares[i] += part_squares[i];
      }
    }
    for (long i = 0; i < width; i++) {
      sums[c + i] = total[i];
      squares[c + i] = total_squares[i];
    }
  }
}

#define ROWS(expression)                              \
  for (long r = 0; r < rows; r++) {                   \
    const T *from = source + r * channels;            \
    T *to = target + r * channels;                    \
    for (long c = 0; c < channels; c++) {             \
      T x = from[c] * scale[c] + shift[c];            \
      to[c] = (expression);                           \
    }                                                 \
  }                                                   \
  return

CLONED static void NAMED(scale_shift)(
    const T *source, T *target, long rows, long channels, const T *scale, const T *shift,
    int activation, T parameter) {
  switch (activation) {
    case tenca_unary_relu: ROWS(x <= 0 ? (T)0 : x);
    case tenca_unary_leaky_relu: ROWS(x < 0 ? x * parameter : x);
    case tenca_unary_tanh: ROWS(TANH(x));
    case tenca_unary_sigmoid: ROWS(SIGMOID(x));
    case tenca_unary_silu: ROWS(x * SIGMOID(x));
    default: ROWS(x);
  }
}

#undef ROWS

// The gradient behind an activation, from the activation's result y.
KERNEL T NAMED(through)(int activation, T g, T y, T parameter) {
  switch (activation) {
    case tenca_unary_relu: return y > 0 ? g : (T)0;
    case tenca_unary_leaky_relu: return y > 0 ? g : g * parameter;
    case tenca_unary_tanh: return g * ((T)1 - y * y);
    case tenca_unary_sigmoid: return g * y * ((T)1 - y);
    default: return g;
  }
}

// The switch over activations stays outside the loops.
#define BY_ACTIVATION(LOOP)                                    \
  switch (activation) {                                        \
    case tenca_unary_relu: LOOP(tenca_unary_relu); break;      \
    case tenca_unary_leaky_relu: LOOP(tenca_unary_leaky_relu); break; \
    case tenca_unary_tanh: LOOP(tenca_unary_tanh); break;      \
    case tenca_unary_sigmoid: LOOP(tenca_unary_sigmoid); break; \
    default: result = gradient; LOOP(-1); break;               \
  }

#define GRADIENT_MOMENTS(kind)                                              \
  for (long c = 0; c < channels; c += 64) {                                 \
    long width = channels - c < 64 ? channels - c : 64;                     \
    double total[64] = {0}, total_products[64] = {0};                       \
    for (long m = 0; m < rows; m += 64) {                                   \
      long end = m + 64 < rows ? m + 64 : rows;                             \
      T part[64] = {0}, part_products[64] = {0};                            \
      for (long r = m; r < end; r++) {                                      \
        const T *gs = gradient + r * channels + c;                          \
        const T *xs = source + r * channels + c;                            \
        const T *ys = result + r * channels + c;                            \
        for (long i = 0; i < width; i++) {                                  \
          T g = NAMED(through)(kind, gs[i], ys[i], parameter);              \
          part[i] += g;                                                     \
          part_products[i] += g * xs[i];                                    \
        }                                                                   \
      }                                                                     \
      for (long i = 0; i < width; i++) {                                    \
        total[i] += part[i];                                                \
        total_products[i] += part_products[i];                              \
      }                                                                     \
    }                                                                       \
    for (long i = 0; i < width; i++) {                                      \
      sums[c + i] = total[i];                                               \
      products[c + i] = total_products[i];                                  \
    }                                                                       \
  }

CLONED static void NAMED(gradient_moments)(
    const T *gradient, const T *source, const T *result, long rows, long channels, int activation,
    T parameter, double *sums, double *products) {
  BY_ACTIVATION(GRADIENT_MOMENTS)
}

#define GRADIENT_COMBINE(kind)                                          \
  for (long r = 0; r < rows; r++) {                                     \
    const T *gs = gradient + r * channels, *xs = source + r * channels; \
    const T *ys = result + r * channels;                                \
    T *to = target + r * channels;                                      \
    for (long c = 0; c < channels; c++)                                 \
      to[c] = a[c] * NAMED(through)(kind, gs[c], ys[c], parameter) + b[c] * xs[c] + d[c]; \
  }

CLONED static void NAMED(gradient_combine)(
    const T *gradient, const T *source, const T *result, T *target, long rows, long channels,
    int activation, T parameter, const T *a, const T *b, const T *d) {
  BY_ACTIVATION(GRADIENT_COMBINE)
}

#undef GRADIENT_MOMENTS
#undef GRADIENT_COMBINE
#undef BY_ACTIVATION

CLONED static void NAMED(adam)(
    T *weights, const T *gradient, T *first, T *second, long count, T rate, T beta1, T beta2,
    T epsilon, T decay, T correction1, T correction2) {
  T step = rate / correction1, root = (T)1 / SQRT(correction2), kept = (T)1 - rate * decay;
  for (long i = 0; i < count; i++) {
    T g = gradient[i];
    T m = beta1 * first[i] + ((T)1 - beta1) * g;
    T v = beta2 * second[i] + ((T)1 - beta2) * g * g;
    first[i] = m;
    second[i] = v;
    weights[i] = kept * weights[i] - step * m / (SQRT(v) * root + epsilon);
  }
}

CLONED static double NAMED(sum_of_squares)(const T *source, long count) {
  double total = 0;
  for (long m = 0; m < count; m += 1024) {
    long end = m + 1024 < count ? m + 1024 : count;
    T lanes[16] = {0};
    long i = m;
    for (; i + 16 <= end; i += 16)
      for (int l = 0; l < 16; l++) lanes[l] += source[i + l] * source[i + l];
    for (; i < end; i++) lanes[0] += source[i] * source[i];
    for (int l = 0; l < 16; l++) total += lanes[l];
  }
  return total;
}

CLONED static int NAMED(is_finite)(const T *source, long count) {
  // Zero times anything finite is zero; NaN and infinity leave NaN, which survives additions.
  T lanes[16] = {0};
  long i = 0;
  for (; i + 16 <= count; i += 16)
    for (int l = 0; l < 16; l++) lanes[l] += source[i + l] * 0;
  for (; i < count; i++) lanes[0] += source[i] * 0;
  T sum = 0;
  for (int l = 0; l < 16; l++) sum += lanes[l];
  return sum == 0;
}

static void NAMED(largest_in_windows)(
    const T *images, int32_t *indices, const tenca_windows *w, long first, long count) {
  long row = w->width * w->channels;
  indices += first * w->out_height * w->out_width * w->channels;
  for (long n = first; n < first + count; n++)
    for (long oy = 0; oy < w->out_height; oy++)
      for (long ox = 0; ox < w->out_width; ox++)
        for (long c = 0; c < w->channels; c++, indices++) {
          long best = -1;
          for (long ky = 0; ky < w->kernel_height; ky++) {
            long y = oy * w->stride_height - w->padding_top + ky * w->dilation_height;
            if (y < 0 || y >= w->height) continue;
            for (long kx = 0; kx < w->kernel_width; kx++) {
              long x = ox * w->stride_width - w->padding_left + kx * w->dilation_width;
              if (x < 0 || x >= w->width) continue;
              long at = (n * w->height + y) * row + x * w->channels + c;
              if (best < 0 || images[at] > images[best]) best = at;
            }
          }
          *indices = (int32_t)best;
        }
}

#undef BLOCK
#undef SIGMOID
#undef SOFTPLUS
