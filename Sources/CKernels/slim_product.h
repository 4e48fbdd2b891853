// The product of slim matrices for one type. The including file defines SCALAR, LANES (how many fill
// 64 bytes) and NAMED(function), and undefines them afterwards. No include guard: included twice.

typedef SCALAR NAMED(lanes) __attribute__((vector_size(64), aligned(sizeof(SCALAR))));

// So many rows of C are summed at once: their sums stay in registers.
enum { NAMED(block_rows) = 6, NAMED(block_depth) = 256 };

// Adds up `rows` rows of one panel of C, as many columns as a vector has.
KERNEL void NAMED(panel)(
    const SCALAR *restrict a, long row_stride, long column_stride, const SCALAR *restrict b,
    long b_stride, SCALAR *restrict c, long c_stride, int rows, long depth, long width, int adds) {
  NAMED(lanes) sum[NAMED(block_rows)];
  for (int r = 0; r < rows; r++) {
    sum[r] = (NAMED(lanes)){0};
    if (adds && width == LANES) {
      sum[r] = *(const NAMED(lanes) *)(c + r * c_stride);
    } else if (adds) {
      for (long j = 0; j < width; j++) sum[r][j] = c[r * c_stride + j];
    }
  }
  for (long p = 0; p < depth; p++) {
    NAMED(lanes) row = *(const NAMED(lanes) *)(b + p * b_stride);
    for (int r = 0; r < rows; r++) sum[r] += a[r * row_stride + p * column_stride] * row;
  }
  for (int r = 0; r < rows; r++) {
    if (width == LANES) {
      *(NAMED(lanes) *)(c + r * c_stride) = sum[r];
    } else {
      for (long j = 0; j < width; j++) c[r * c_stride + j] = sum[r][j];
    }
  }
}

KERNEL void NAMED(panels)(
    const SCALAR *restrict a, long row_stride, long column_stride, const SCALAR *restrict b,
    long b_stride, SCALAR *restrict c, long c_stride, long rows, long depth, long width, int adds) {
  long i = 0;
  for (; i + NAMED(block_rows) <= rows; i += NAMED(block_rows)) {
    NAMED(panel)(
        a + i * row_stride, row_stride, column_stride, b, b_stride, c + i * c_stride, c_stride,
        NAMED(block_rows), depth, width, adds);
  }
  // Constant numbers of rows, so that each keeps its sums in registers.
#define REST(count)                                                                              \
  case count:                                                                                    \
    NAMED(panel)(                                                                                \
        a + i * row_stride, row_stride, column_stride, b, b_stride, c + i * c_stride, c_stride,  \
        count, depth, width, adds);                                                              \
    break
  switch (rows - i) {
    REST(1);
    REST(2);
    REST(3);
    REST(4);
    REST(5);
  }
#undef REST
}

KERNEL void NAMED(product)(
    const SCALAR *restrict a, long row_stride, long column_stride, const SCALAR *restrict b,
    SCALAR *restrict c, long rows, long columns, long depth) {
  SCALAR tail[NAMED(block_depth) * LANES];
  long whole = columns / LANES * LANES, rest = columns - whole;
  if (depth == 0) {
    for (long i = 0; i < rows * columns; i++) c[i] = 0;
  }
  for (long p = 0; p < depth; p += NAMED(block_depth)) {
    long size = depth - p < NAMED(block_depth) ? depth - p : NAMED(block_depth);
    const SCALAR *left = a + p * column_stride, *right = b + p * columns;
    for (long j = 0; j < whole; j += LANES) {
      NAMED(panels)(
          left, row_stride, column_stride, right + j, columns, c + j, columns, rows, size, LANES,
          p > 0);
    }
    if (rest == 0) continue;
    // The last columns are copied, so that vectors do not reach beyond the matrix.
    for (long q = 0; q < size; q++) {
      for (long j = 0; j < LANES; j++) {
        tail[q * LANES + j] = j < rest ? right[q * columns + whole + j] : 0;
      }
    }
    NAMED(panels)(
        left, row_stride, column_stride, tail, LANES, c + whole, columns, rows, size, rest, p > 0);
  }
}

CLONED void NAMED(tenca_slim_product)(
    const SCALAR *a, const SCALAR *b, SCALAR *c, long rows, long columns, long depth) {
  NAMED(product)(a, depth, 1, b, c, rows, columns, depth);
}

CLONED void NAMED(tenca_slim_transposed_product)(
    const SCALAR *a, const SCALAR *b, SCALAR *c, long rows, long columns, long depth) {
  NAMED(product)(a, 1, rows, b, c, rows, columns, depth);
}
