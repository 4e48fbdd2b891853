#ifndef TENCA_ELEMENTARY_DOUBLE_H
#define TENCA_ELEMENTARY_DOUBLE_H

#include "clones.h"
#include <math.h>
#include <stdint.h>
#include <string.h>

// Branch-free exp and ln of one double; see elementary_float.h. 64-bit integers are only added and
// shifted without sign: AVX2 has neither their conversion to double nor their arithmetic shift.

KERNEL uint64_t bits_of_double(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

KERNEL double double_of_bits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

// exp(x) = 2^n exp(r), |r| <= ln(2)/2.
KERNEL double exp_double(double x) {
  double bounded = x < -746.0 ? -746.0 : x;
  bounded = bounded > 710.0 ? 710.0 : bounded;
  const double magic = 0x1.8p52;
  double shifted = bounded * 0x1.71547652b82fep0 + magic;
  double n = shifted - magic;
  uint64_t exponent = bits_of_double(shifted) - bits_of_double(magic);
  double r = bounded - n * 0x1.62e42fefa3p-1;
  r = r - n * 0x1.3de6af278ece6p-42;
  double q = 0x1.af39c20098071p-26;
  q = q * r + 0x1.28926932adb78p-22;
  q = q * r + 0x1.71de0d383914ap-19;
  q = q * r + 0x1.a019b84d17a80p-16;
  q = q * r + 0x1.a01a01a7e29cdp-13;
  q = q * r + 0x1.6c16c178bd6bcp-10;
  q = q * r + 0x1.111111111098cp-7;
  q = q * r + 0x1.5555555553ce3p-5;
  q = q * r + 0x1.5555555555556p-3;
  q = q * r + 0x1.0000000000001p-1;
  double power = 1.0 + (r + (r * r) * q);
  uint64_t half = bits_of_double(n * 0.5 + magic) - bits_of_double(magic);
  double first = double_of_bits((half + 1023) << 52);
  double second = double_of_bits((exponent - half + 1023) << 52);
  return power * first * second;
}

// ln(x) = e ln(2) + ln(1 + f), with ln(1 + f) = 2 artanh(s), s = f / (2 + f): an odd series in s.
KERNEL double log_double(double x) {
  double normal = x < 0x1p-1022 ? x * 0x1p52 : x;
  double offset = x < 0x1p-1022 ? -52.0 : 0.0;
  const uint64_t root = 0x3fe6a09e667f3bcd;  // the bits of sqrt(1/2)
  const uint64_t bias = 1024;                // keeps the shifted exponent positive
  uint64_t bits = bits_of_double(normal);
  uint64_t biased = (bits - root + (bias << 52)) >> 52;
  double f = double_of_bits(bits - ((biased - bias) << 52)) - 1.0;
  // The biased exponent put into the low bits of 2^52 is a double that is that much larger.
  double e = double_of_bits(bits_of_double(0x1p52) | biased) - (0x1p52 + 1024.0) + offset;
  double s = f / (2.0 + f);
  double z = s * s;
  double q = 0x1.2b6776a1bf0b9p-3;
  q = q * z + 0x1.39fd25d62ab23p-3;
  q = q * z + 0x1.7462be245eae3p-3;
  q = q * z + 0x1.c71c62c42db89p-3;
  q = q * z + 0x1.2492492e0b70cp-2;
  q = q * z + 0x1.99999999951f5p-2;
  q = q * z + 0x1.5555555555558p-1;
  // 2s = f - s f and s f = f^2/2 - s f^2/2, which leaves f exact and the corrections small.
  double halved = 0.5 * f * f;
  double correction = s * (halved + z * q) + e * 0x1.3de6af278ece6p-42;
  double result = e * 0x1.62e42fefa3p-1 + (f - (halved - correction));
  result = x == INFINITY ? INFINITY : result;
  double outside = x == 0.0 ? -INFINITY : NAN;
  return x > 0.0 ? result : outside;
}

#endif
