#ifndef TENCA_LANES_H
#define TENCA_LANES_H

// Sums run over the lanes of one vector, in one fixed order, and what is left over after the last
// whole vector is added at the end: a frame's result depends on nothing but the frame. Vectors of
// these lengths become as many instructions as the processor's own take.
#define LANES TENCA_MATRIX_LANES
typedef float vector __attribute__((vector_size(4 * LANES), aligned(4)));

#define LOAD(pointer) (*(const vector *)(pointer))
#define STORE(value, pointer) (*(vector *)(pointer) = (value))

// Halves are added until one number is left.
#define SUM_LANES(sum, lanes)                                   \
  for (int span = (lanes) / 2; span > 0; span /= 2) {           \
    for (int j = 0; j < span; j++) (sum)[j] += (sum)[j + span]; \
  }

#endif
