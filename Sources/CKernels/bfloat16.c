#include <string.h>

#include "clones.h"
#include "tensor_kernels.h"

// The upper half of a float, rounded to nearest, ties to even. What is no number keeps its upper bits and
// a bit that says so; infinities, and what is rounded up to them, come out by themselves.
KERNEL uint32_t upper_half(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  uint32_t rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
  return (bits & 0x7fffffff) > 0x7f800000 ? (bits >> 16) | 0x40 : rounded;
}

CLONED void tenca_round_to_bfloat16(const float *source, float *target, long count) {
  for (long i = 0; i < count; i++) {
    uint32_t bits = upper_half(source[i]) << 16;
    memcpy(target + i, &bits, sizeof bits);
  }
}

CLONED void tenca_store_bfloat16(const float *source, uint16_t *target, long count) {
  for (long i = 0; i < count; i++) target[i] = (uint16_t)upper_half(source[i]);
}
