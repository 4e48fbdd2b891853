#ifndef TENCA_TENSOR_KERNELS_H
#define TENCA_TENSOR_KERNELS_H

// Loops of differentiable tensors. Memory is untyped: `is_double` says whether it holds doubles or
// floats, so that one name serves both. Arrays are row after row; counts are never negative. Sums run
// in an order that depends on the sizes alone.

#include <stdint.h>

typedef enum {
  tenca_unary_negate,
  tenca_unary_exp,
  tenca_unary_log,
  tenca_unary_sqrt,
  tenca_unary_reciprocal,
  tenca_unary_square,
  tenca_unary_tanh,
  tenca_unary_sigmoid,
  tenca_unary_softplus,
  tenca_unary_silu,
  tenca_unary_relu,
  tenca_unary_leaky_relu,
  tenca_unary_absolute,
  tenca_unary_sign,
  tenca_unary_sine,
  tenca_unary_cosine,
} tenca_unary;

typedef enum {
  tenca_binary_add,
  tenca_binary_subtract,
  tenca_binary_multiply,
  tenca_binary_divide,
  tenca_binary_maximum,
  tenca_binary_minimum,
  tenca_binary_first,
  tenca_binary_greater,
  tenca_binary_equal,
  // Gradients: a is the one that arrives, b what the comment says.
  tenca_binary_relu_gradient,        // the result
  tenca_binary_leaky_relu_gradient,  // the result
  tenca_binary_tanh_gradient,        // the result
  tenca_binary_sigmoid_gradient,     // the result
  tenca_binary_silu_gradient,        // the argument
  tenca_binary_softplus_gradient,    // the argument
} tenca_binary;

// target[i] = op(source[i]). The two may be the same memory. `parameter` is the slope of the leaky ReLU.
void tenca_tensor_unary(
    tenca_unary op, int is_double, const void *source, void *target, long count, double parameter);

// target[o][i] = op(a[o * a_outer + i * a_inner], b[o * b_outer + i * b_inner]); inner steps are 0 or 1.
// target may be a or b where that is read step by step.
void tenca_tensor_binary(
    tenca_binary op, int is_double, const void *a, const void *b, void *target, long outer,
    long inner, long a_outer, long a_inner, long b_outer, long b_inner, double parameter);

// target[i] = scale * source[i] + shift.
void tenca_tensor_affine(
    int is_double, const void *source, void *target, long count, double scale, double shift);

// target[i] += scale * source[i].
void tenca_tensor_accumulate(
    int is_double, const void *source, void *target, long count, double scale);

// target[o][i] = sum or maximum over m of source[o][m][i].
void tenca_tensor_sum(
    int is_double, const void *source, void *target, long outer, long middle, long inner);
void tenca_tensor_maximum(
    int is_double, const void *source, void *target, long outer, long middle, long inner);

// target, without gaps, = source read with the given steps; at most 8 axes.
void tenca_tensor_copy_strided(
    int is_double, const void *source, void *target, int rank, const long *shape, const long *steps);

// target read with the given steps = source, without gaps.
void tenca_tensor_write_strided(
    int is_double, const void *source, void *target, int rank, const long *shape, const long *steps);

// target[r] = source[indices[r]], rows of `width`.
void tenca_tensor_gather(
    int is_double, const void *source, const int32_t *indices, void *target, long rows, long width);

// target[indices[r]] += source[r], rows of `width`.
void tenca_tensor_scatter_add(
    int is_double, const void *source, const int32_t *indices, void *target, long rows, long width);

// The geometry of a two-dimensional convolution over images x height x width x channels.
typedef struct {
  long images, height, width, channels;
  long out_height, out_width;
  long kernel_height, kernel_width;
  long stride_height, stride_width;
  long padding_top, padding_left;
  long dilation_height, dilation_width;
} tenca_windows;

// columns[image, out row, out column][kernel row, kernel column, channel] = the number of the image
// under that place of the window, 0 outside. From `first` on, `count` images are taken.
void tenca_tensor_unfold(
    int is_double, const void *images, void *columns, const tenca_windows *windows, long first,
    long count);

// The transpose of that: every number of a column is added to its place in the images, which are set.
void tenca_tensor_fold(
    int is_double, const void *columns, void *images, const tenca_windows *windows, long first,
    long count);

// indices[image, out row, out column, channel] = where in all images the first largest number of the
// window lies. Every window must touch its image.
void tenca_tensor_largest_in_windows(
    int is_double, const void *images, int32_t *indices, const tenca_windows *windows, long first,
    long count);

// Statistics of rows x channels: sums[c] and squares[c] of x - pivot[c].
void tenca_tensor_moments(
    int is_double, const void *source, long rows, long channels, const void *pivot, double *sums,
    double *squares);

// target[r][c] = activation(source[r][c] * scale[c] + shift[c]); the activation is relu, leaky relu,
// tanh, sigmoid or silu, or -1 for none.
void tenca_tensor_scale_shift(
    int is_double, const void *source, void *target, long rows, long channels, const void *scale,
    const void *shift, int activation, double parameter);

// Sums over rows of g and of g * x, where g = gradient * activation'(result). Result is read only for
// an activation, which must be one whose derivative follows from its result, or -1.
void tenca_tensor_gradient_moments(
    int is_double, const void *gradient, const void *source, const void *result, long rows,
    long channels, int activation, double parameter, double *sums, double *products);

// target = a[c] * g + b[c] * source + d[c], g as above.
void tenca_tensor_gradient_combine(
    int is_double, const void *gradient, const void *source, const void *result, void *target,
    long rows, long channels, int activation, double parameter, const void *a, const void *b,
    const void *d);

// One step of Adam: moments are moved, and weights change by
// -rate * (first / correction1 / (sqrt(second / correction2) + epsilon) + decay * weight).
void tenca_tensor_adam(
    int is_double, void *weights, const void *gradient, void *first, void *second, long count,
    double rate, double beta1, double beta2, double epsilon, double decay, double correction1,
    double correction2);

// target[i] = the bfloat16 nearest to source[i], as a float or in 16 bits.
void tenca_round_to_bfloat16(const float *source, float *target, long count);
void tenca_store_bfloat16(const float *source, uint16_t *target, long count);

// The sum of squares, and whether all numbers are finite.
double tenca_tensor_sum_of_squares(int is_double, const void *source, long count);
int tenca_tensor_is_finite(int is_double, const void *source, long count);

#endif
