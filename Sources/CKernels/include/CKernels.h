#ifndef CKERNELS_H
#define CKERNELS_H

// The few loops that measured several times faster in C, compiled once for each processor family,
// than in Swift. Pointers need no alignment; counts are never negative.

#include <stdint.h>

#include "chain_kernels.h"
#include "front_end_kernels.h"
#include "pitch_kernels.h"
#include "tensor_kernels.h"

// target[i] = exp(source[i]). The two may be the same memory. Exact at 0 and the infinities, NaN
// stays NaN, results below the normal range are rounded to subnormal. Error below 2 ulp.
void tenca_exp_float(const float *source, float *target, long count);
void tenca_exp_double(const double *source, double *target, long count);

// target[i] = ln(source[i]). The two may be the same memory. -inf for 0, NaN below 0, subnormal
// arguments are honoured. Error below 2 ulp.
void tenca_log_float(const float *source, float *target, long count);
void tenca_log_double(const double *source, double *target, long count);

// result[r] = ln sum_c exp(rows[r * width + c]). -inf for an empty row or one of -inf alone, +inf
// where a row holds +inf, NaN where it holds NaN.
void tenca_log_sum_exp_rows_float(const float *rows, float *result, long count, long width);
void tenca_log_sum_exp_rows_double(const double *rows, double *result, long count, long width);

// As above, and every row becomes exp(row - result[r]), which sums to one. Elements that share an
// infinite maximum share the row equally: the limit of equal elements that grow without bound.
void tenca_softmax_rows_float(float *rows, float *result, long count, long width);
void tenca_softmax_rows_double(double *rows, double *result, long count, long width);

// C = A B for matrices of which one side is short, where packing would cost more than it gains. A is
// rows x depth, B depth x columns, each row after row. Every cell is summed in order of depth, so it
// does not depend on what else is computed with it.
void tenca_slim_product_float(
    const float *a, const float *b, float *c, long rows, long columns, long depth);
void tenca_slim_product_double(
    const double *a, const double *b, double *c, long rows, long columns, long depth);

// The same where A is stored transposed, depth x rows.
void tenca_slim_transposed_product_float(
    const float *a, const float *b, float *c, long rows, long columns, long depth);
void tenca_slim_transposed_product_double(
    const double *a, const double *b, double *c, long rows, long columns, long depth);

// target[i] = source[i], rounded where it is narrowed.
void tenca_widen(const float *source, double *target, long count);
void tenca_narrow(const double *source, float *target, long count);

// powers[r] = rows[r], its squares and a 1, count rows of 2 * columns + 1.
void tenca_powers_float(const double *rows, float *powers, long count, long columns);
void tenca_powers_double(const double *rows, double *powers, long count, long columns);

// Adds w to weights[i] and w (x - origin[i]) to sums[i] for each row's x in column i that is not NaN.
// Row weights w may be null: all 1.
void tenca_add_deviations(
    const double *rows, const double *row_weights, const double *origin, double *weights,
    double *sums, long count, long columns);

// Turns each x into sqrt(w) (x - means[i]), NaN into 0, and adds its square to squares[i].
void tenca_add_squares(
    double *rows, const double *row_weights, const double *means, double *squares, long count,
    long columns);

// rows[r][i] = (rows[r][i] - centres[i]) * scales[i], every operation rounded by itself.
void tenca_standardize_rows(
    double *rows, const double *centres, const double *scales, long count, long columns);

// Packs chosen rows of `columns` numbers in groups of 16: the first numbers of a group's rows, then the
// second ones, and so on. A last group that lacks rows is filled up with zeros.
void tenca_pack_rows(
    const float *rows, const int32_t *chosen, float *packed, long count, long columns);

// The nearest of at least one centroid for packed rows; factors are -2c and |c|^2 behind it, centroids x
// (columns + 1). Scores |c|^2 - 2 r.c, norms and their sums may be wrong by `error` times |r|^2 +
// `largest`, the largest |c|^2. labels[r] is the nearest centroid, or -1 where error leaves that open;
// the distance to it is at most upper[r], that to any other at least lower[r].
void tenca_nearest_rows(
    const float *packed, long count, long columns, const float *factors, long centroids,
    float largest, float error, int32_t *labels, float *upper, float *lower);

// Adds own[label] to upper bounds and takes others[label] from lower ones, rounded outwards. Lists the
// rows whose upper bound is not below the lower one in `open`, room for `count`; returns how many.
long tenca_shift_bounds(
    const int32_t *labels, float *upper, float *lower, long count, const float *own,
    const float *others, int32_t *open);

// One block of Philox4x32-10 (Salmon et al. 2011): four words from a 128-bit counter and a 64-bit
// key, least significant word first.
void tenca_philox_block(const uint32_t counter[4], const uint32_t key[2], uint32_t words[4]);

// Normal numbers from the blocks (first, stream), (first + 1, stream), ... under the key `seed`:
// four a block, by Box and Muller. The same bytes on every processor.
void tenca_philox_normal_float(
    float *target, long count, uint64_t seed, uint64_t stream, uint64_t first, float deviation);

#endif
