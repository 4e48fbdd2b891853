#ifndef TENCA_CHAIN_KERNELS_H
#define TENCA_CHAIN_KERNELS_H

// The recursions of hidden Markov models over consecutive frames of one sequence. A frame's result
// depends on the frame and the state before it alone, not on how many frames one call takes.
// Padded vectors and matrices have rows of tenca_chain_width(K) doubles; what is in the padding of a
// matrix must be 0 (-inf for the best path), and that of vectors is never read.

#include <stdint.h>

enum tenca_transition_kind {
  TENCA_DENSE = 0,
  TENCA_BANDED = 1,
  TENCA_SPARSE = 2,
};

// Numbers m[i][j] by which x becomes y[j] = sum_i x[i] m[i][j], or their logarithms.
struct tenca_transition {
  enum tenca_transition_kind kind;
  long states;
  // Dense: rows i, padded. Banded: row d holds m[j - lower + d][j] for all j (d = 0 ... bands - 1), 0
  // where that i does not exist. Sparse: the entries of column 0, then of column 1, ...
  const double *values;
  // Dense: how far apart the matrices of consecutive frames are; 0 where there is one for all.
  long step;
  // Banded: row 0 holds i = j - lower.
  long lower;
  long bands;
  // Sparse: where the entries of each column start (K + 1 numbers), and the i of each entry,
  // ascending.
  const int32_t *starts;
  const int32_t *indices;
};

// The length of padded rows for K states.
long tenca_chain_width(long states);

// Each row of `rows` becomes exp(row - maximum of the row), and shifts[r] that maximum. What would
// underflow becomes the least positive number, so that 0 stands for exp(-inf) alone. A row of -inf
// gives zeros and the shift -inf; a row with NaN gives the shift NaN.
void tenca_likelihoods(double *rows, double *shifts, long count, long states);

// Forward: f[t] = p[t] b[t] / c[t] with c[t] = sum p[t] b[t], and p[t + 1] = f[t] m.
//   rows      count x K: b, replaced by p
//   predicted padded: p of the first frame, then of the frame after the last
//   filtered  count x K: f
//   sums      count: c
//   advances  whether the last frame has a matrix; without, `predicted` stays as it was
//   least     a frame whose c is below is not done
//   watches   whether a frame is not done either where some f falls below `least`, or some p below
//             its square, without being 0: what is lost there could matter later
// Returns the number of frames done; the first that was not is as it was given.
long tenca_forward(
    const struct tenca_transition *m, double *rows, double *predicted, double *filtered,
    double *sums, long count, int advances, double least, int watches);

// Backward: s[t] = f[t] b[t], with b[t] = m w[t + 1] and w[t] = s[t] / p[t].
//   transposed the transposed matrix; of step as in forward
//   rows      count x K: p, replaced by w
//   filtered  count x K: f
//   smoothed  count x K: s, each row summing to 1
//   weights   K: w of the frame after the last, where `continues`; receives that of the first
//   scratch   padded
void tenca_backward(
    const struct tenca_transition *transposed, double *rows, const double *filtered,
    double *smoothed, double *weights, double *scratch, long count, int continues);

// Best path: d[t][j] = l[t][j] + max_i (d[t - 1][i] + m[i][j]), with logarithms in m; the first
// frame of a sequence (`continues` 0) takes d[t][j] = l[t][j] + scores[j].
//   m         where it differs by frame, `values` is that of the first frame; the one before it is
//             read too where `continues`
//   rows      count x K: l
//   scores    padded: ln of the initial distribution or d of the frame before; receives d of the
//             last frame, less its maximum
//   scratch   twice padded
//   bytes     count x K: the i of each maximum, the first among equals; or null, and
//   shorts    count x K: the same
//   total     grows by what was taken off d, so that scores + total is the truth
// Returns the number of frames done: fewer than count where all d are -inf, or one is NaN or +inf.
long tenca_best_path(
    const struct tenca_transition *m, const double *rows, double *scores, double *scratch,
    uint8_t *bytes, uint16_t *shorts, double *total, long count, int continues);

#endif
