#ifndef TENCA_ELEMENTARY_FLOAT_H
#define TENCA_ELEMENTARY_FLOAT_H

#include "clones.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

// Branch-free exp and ln of one float, written so that loops over them become vector code. The
// polynomials interpolate at Chebyshev nodes.

KERNEL int32_t bits_of_float(float x) {
  int32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

KERNEL float float_of_bits(int32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

// exp(x) = 2^n exp(r), |r| <= ln(2)/2.
KERNEL float exp_float(float x) {
  // Beyond these bounds the result is 0 or infinite anyway; NaN passes both comparisons.
  float bounded = x < -104.0f ? -104.0f : x;
  bounded = bounded > 89.0f ? 89.0f : bounded;
  // Adding 1.5 * 2^23 rounds to an integer and leaves it in the low bits.
  const float magic = 0x1.8p23f;
  float shifted = bounded * 0x1.715476p0f + magic;
  float n = shifted - magic;
  int32_t exponent = bits_of_float(shifted) - bits_of_float(magic);
  // ln 2 in two parts; n times the first is exact.
  float r = bounded - n * 0x1.62e4p-1f;
  r = r - n * 0x1.7f7d1cp-20f;
  float q = 0x1.6d1254p-10f;
  q = q * r + 0x1.120cbap-7f;
  q = q * r + 0x1.555518p-5f;
  q = q * r + 0x1.5554dcp-3f;
  q = q * r + 0.5f;
  float power = 1.0f + (r + (r * r) * q);
  // In two steps, since 2^n itself may be subnormal or infinite where the result is not.
  int32_t half = exponent >> 1;
  float first = float_of_bits((int32_t)((uint32_t)(half + 127) << 23));
  float second = float_of_bits((int32_t)((uint32_t)(exponent - half + 127) << 23));
  return power * first * second;
}

// ln(x) = e ln(2) + ln(1 + f), 1 + f in [sqrt(1/2), sqrt(2)).
KERNEL float log_float(float x) {
  float normal = x < 0x1p-126f ? x * 0x1p23f : x;
  float offset = x < 0x1p-126f ? -23.0f : 0.0f;
  const int32_t root = 0x3f3504f3;  // the bits of sqrt(1/2)
  int32_t bits = bits_of_float(normal);
  int32_t exponent = (int32_t)((uint32_t)bits - (uint32_t)root) >> 23;
  float f = float_of_bits((int32_t)((uint32_t)bits - ((uint32_t)exponent << 23))) - 1.0f;
  float e = (float)exponent + offset;
  float q = 0x1.1d8ea6p-4f;
  q = q * f + -0x1.d635bcp-4f;
  q = q * f + 0x1.dea282p-4f;
  q = q * f + -0x1.fcf4c6p-4f;
  q = q * f + 0x1.23d21ap-3f;
  q = q * f + -0x1.555b4ap-3f;
  q = q * f + 0x1.999d5ap-3f;
  q = q * f + -0x1.fffffcp-3f;
  q = q * f + 0x1.555554p-2f;
  float square = f * f;
  float tail = (square * f) * q + e * 0x1.7f7d1cp-20f;
  tail = tail - 0.5f * square;
  float result = e * 0x1.62e4p-1f + (f + tail);
  result = x == INFINITY ? INFINITY : result;
  float outside = x == 0.0f ? -INFINITY : NAN;
  return x > 0.0f ? result : outside;
}

#endif
