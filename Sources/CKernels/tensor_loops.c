#include <math.h>
#include <string.h>

#include "clones.h"
#include "elementary_double.h"
#include "elementary_float.h"
#include "tensor_kernels.h"

// tanh by one exponential, which loses digits near 0: there the first terms of its series are exact to
// the last place.
KERNEL float tanh_float(float x) {
  float s = x * x;
  float near = x * (1.0f + s * (-1.0f / 3 + s * (2.0f / 15 + s * (-17.0f / 315))));
  float far = 1.0f - 2.0f / (exp_float(2.0f * x) + 1.0f);
  return (x < 0.15f && x > -0.15f) ? near : far;
}

#define T float
#define NAMED(name) name##_float
#define EXP exp_float
#define LOG log_float
#define TANH tanh_float
// Without errno, which keeps a loop from becoming vector code.
#define SQRT __builtin_elementwise_sqrt
#define SIN sinf
#define COS cosf
#include "tensor_loops.h"
#undef T
#undef NAMED
#undef EXP
#undef LOG
#undef TANH
#undef SQRT
#undef SIN
#undef COS

#define T double
#define NAMED(name) name##_double
#define EXP exp_double
#define LOG log_double
#define TANH tanh
#define SQRT __builtin_elementwise_sqrt
#define SIN sin
#define COS cos
#include "tensor_loops.h"

#define EITHER(name, ...) \
  if (is_double) name##_double(__VA_ARGS__); else name##_float(__VA_ARGS__)

void tenca_tensor_unary(
    tenca_unary op, int is_double, const void *source, void *target, long count, double parameter) {
  EITHER(unary, op, source, target, count, parameter);
}

void tenca_tensor_binary(
    tenca_binary op, int is_double, const void *a, const void *b, void *target, long outer,
    long inner, long a_outer, long a_inner, long b_outer, long b_inner, double parameter) {
  EITHER(
      binary, op, a, b, target, outer, inner, a_outer, a_inner, b_outer, b_inner, parameter);
}

void tenca_tensor_affine(
    int is_double, const void *source, void *target, long count, double scale, double shift) {
  EITHER(affine, source, target, count, scale, shift);
}

void tenca_tensor_accumulate(
    int is_double, const void *source, void *target, long count, double scale) {
  EITHER(accumulate, source, target, count, scale);
}

void tenca_tensor_sum(
    int is_double, const void *source, void *target, long outer, long middle, long inner) {
  EITHER(sum, source, target, outer, middle, inner);
}

void tenca_tensor_maximum(
    int is_double, const void *source, void *target, long outer, long middle, long inner) {
  EITHER(maximum, source, target, outer, middle, inner);
}

void tenca_tensor_copy_strided(
    int is_double, const void *source, void *target, int rank, const long *shape, const long *steps) {
  EITHER(copy_strided, source, target, rank, shape, steps, 0);
}

void tenca_tensor_write_strided(
    int is_double, const void *source, void *target, int rank, const long *shape, const long *steps) {
  EITHER(copy_strided, source, target, rank, shape, steps, 1);
}

void tenca_tensor_gather(
    int is_double, const void *source, const int32_t *indices, void *target, long rows, long width) {
  EITHER(gather, source, indices, target, rows, width);
}

void tenca_tensor_scatter_add(
    int is_double, const void *source, const int32_t *indices, void *target, long rows, long width) {
  EITHER(scatter_add, source, indices, target, rows, width);
}

void tenca_tensor_unfold(
    int is_double, const void *images, void *columns, const tenca_windows *windows, long first,
    long count) {
  EITHER(unfold, images, columns, windows, first, count);
}

void tenca_tensor_fold(
    int is_double, const void *columns, void *images, const tenca_windows *windows, long first,
    long count) {
  EITHER(fold, columns, images, windows, first, count);
}

void tenca_tensor_largest_in_windows(
    int is_double, const void *images, int32_t *indices, const tenca_windows *windows, long first,
    long count) {
  EITHER(largest_in_windows, images, indices, windows, first, count);
}

void tenca_tensor_moments(
    int is_double, const void *source, long rows, long channels, const void *pivot, double *sums,
    double *squares) {
  EITHER(moments, source, rows, channels, pivot, sums, squares);
}

void tenca_tensor_scale_shift(
    int is_double, const void *source, void *target, long rows, long channels, const void *scale,
    const void *shift, int activation, double parameter) {
  EITHER(scale_shift, source, target, rows, channels, scale, shift, activation, parameter);
}

void tenca_tensor_gradient_moments(
    int is_double, const void *gradient, const void *source, const void *result, long rows,
    long channels, int activation, double parameter, double *sums, double *products) {
  EITHER(
      gradient_moments, gradient, source, result, rows, channels, activation, parameter, sums,
      products);
}

void tenca_tensor_gradient_combine(
    int is_double, const void *gradient, const void *source, const void *result, void *target,
    long rows, long channels, int activation, double parameter, const void *a, const void *b,
    const void *d) {
  EITHER(
      gradient_combine, gradient, source, result, target, rows, channels, activation, parameter, a,
      b, d);
}

void tenca_tensor_adam(
    int is_double, void *weights, const void *gradient, void *first, void *second, long count,
    double rate, double beta1, double beta2, double epsilon, double decay, double correction1,
    double correction2) {
  EITHER(
      adam, weights, gradient, first, second, count, rate, beta1, beta2, epsilon, decay,
      correction1, correction2);
}

double tenca_tensor_sum_of_squares(int is_double, const void *source, long count) {
  return is_double ? sum_of_squares_double(source, count) : sum_of_squares_float(source, count);
}

int tenca_tensor_is_finite(int is_double, const void *source, long count) {
  return is_double ? is_finite_double(source, count) : is_finite_float(source, count);
}
