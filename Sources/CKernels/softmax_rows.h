// The row kernels for one type. The including file defines SCALAR, LANES (how many fill 64 bytes),
// EXP, LOG and NAMED(function), and undefines them afterwards. No include guard: included twice.

// Sums run over LANES partial sums, each in row order, so a result does not depend on how the
// compiler vectorises. A short last chunk is padded with -inf, whose exponential is 0.

KERNEL SCALAR NAMED(largest_lane)(const SCALAR *lane) {
  SCALAR part[LANES];
  for (int j = 0; j < LANES; j++) part[j] = lane[j];
  for (int span = LANES / 2; span > 0; span /= 2) {
    for (int j = 0; j < span; j++) part[j] = part[j + span] > part[j] ? part[j + span] : part[j];
  }
  return part[0];
}

KERNEL SCALAR NAMED(sum_of_lanes)(const SCALAR *lane) {
  SCALAR part[LANES];
  for (int j = 0; j < LANES; j++) part[j] = lane[j];
  for (int span = LANES / 2; span > 0; span /= 2) {
    for (int j = 0; j < span; j++) part[j] += part[j + span];
  }
  return part[0];
}

// The largest element of a row, -inf when there is none; NaN is passed over.
KERNEL SCALAR NAMED(row_maximum)(const SCALAR *row, long width) {
  SCALAR lane[LANES];
  for (int j = 0; j < LANES; j++) lane[j] = -INFINITY;
  long i = 0;
  for (; i + LANES <= width; i += LANES) {
    for (int j = 0; j < LANES; j++) lane[j] = row[i + j] > lane[j] ? row[i + j] : lane[j];
  }
  SCALAR largest = NAMED(largest_lane)(lane);
  for (; i < width; i++) largest = row[i] > largest ? row[i] : largest;
  return largest;
}

// exp(x - maximum), 1 where the two are equal: infinities too.
KERNEL SCALAR NAMED(below_maximum)(SCALAR x, SCALAR maximum) {
  return EXP(x == maximum ? (SCALAR)0 : x - maximum);
}

// The sum of exp(row - maximum); the exponentials replace the row where `target` is not null.
KERNEL SCALAR NAMED(row_sum)(const SCALAR *row, SCALAR *target, long width, SCALAR maximum) {
  SCALAR lane[LANES], chunk[LANES];
  for (int j = 0; j < LANES; j++) lane[j] = 0;
  long i = 0;
  for (; i + LANES <= width; i += LANES) {
    for (int j = 0; j < LANES; j++) {
      chunk[j] = NAMED(below_maximum)(row[i + j], maximum);
      lane[j] += chunk[j];
    }
    if (target) {
      for (int j = 0; j < LANES; j++) target[i + j] = chunk[j];
    }
  }
  if (i < width) {
    long rest = width - i;
    for (int j = 0; j < LANES; j++) chunk[j] = 0;
    for (long j = 0; j < rest; j++) chunk[j] = row[i + j];
    for (int j = 0; j < LANES; j++) {
      chunk[j] = NAMED(below_maximum)(chunk[j], maximum);
      lane[j] += j < rest ? chunk[j] : (SCALAR)0;
    }
    if (target) {
      for (long j = 0; j < rest; j++) target[i + j] = chunk[j];
    }
  }
  return NAMED(sum_of_lanes)(lane);
}

// Rows go through in groups, so that their logarithms are taken as one vector.
enum { NAMED(group) = 64 };

KERNEL void NAMED(rows)(
    const SCALAR *rows, SCALAR *targets, SCALAR *result, long count, long width) {
  SCALAR maximum[NAMED(group)], sum[NAMED(group)], scale[NAMED(group)];
  for (long start = 0; start < count; start += NAMED(group)) {
    long size = count - start < NAMED(group) ? count - start : NAMED(group);
    const SCALAR *row = rows + start * width;
    SCALAR *target = targets ? targets + start * width : 0;
    // One step for all rows before the next, so that no row waits for its own last result.
    for (long r = 0; r < size; r++) maximum[r] = NAMED(row_maximum)(row + r * width, width);
    for (long r = 0; r < size; r++) {
      sum[r] = NAMED(row_sum)(row + r * width, target ? target + r * width : 0, width, maximum[r]);
    }
    if (target) {
      for (long r = 0; r < size; r++) scale[r] = 1 / sum[r];
      for (long r = 0; r < size; r++) {
        for (long i = 0; i < width; i++) target[r * width + i] *= scale[r];
      }
    }
    for (long r = 0; r < size; r++) result[start + r] = maximum[r] + LOG(sum[r]);
  }
}

CLONED void NAMED(tenca_log_sum_exp_rows)(
    const SCALAR *rows, SCALAR *result, long count, long width) {
  NAMED(rows)(rows, 0, result, count, width);
}

CLONED void NAMED(tenca_softmax_rows)(SCALAR *rows, SCALAR *result, long count, long width) {
  NAMED(rows)(rows, rows, result, count, width);
}
