// Every multiplication and addition rounds by itself, so that all processors give the same numbers.
#pragma STDC FP_CONTRACT OFF

#include "CKernels.h"
#include "elementary_float.h"
#include <string.h>

// One round of Philox4x32 (J. Salmon, M. Moraes, R. Dror, D. Shaw, "Parallel random numbers: as easy
// as 1, 2, 3", SC11, 2011) on words 0 to 3 of a counter.
KERNEL void philox_round(
    uint32_t *w0, uint32_t *w1, uint32_t *w2, uint32_t *w3, uint32_t key0, uint32_t key1) {
  uint64_t product0 = (uint64_t)0xd2511f53 * *w0;
  uint64_t product1 = (uint64_t)0xcd9e8d57 * *w2;
  *w0 = (uint32_t)(product1 >> 32) ^ *w1 ^ key0;
  *w1 = (uint32_t)product1;
  *w2 = (uint32_t)(product0 >> 32) ^ *w3 ^ key1;
  *w3 = (uint32_t)product0;
}

enum { ROUNDS = 10 };
static const uint32_t key_step0 = 0x9e3779b9, key_step1 = 0xbb67ae85;

void tenca_philox_block(const uint32_t counter[4], const uint32_t key[2], uint32_t words[4]) {
  for (int i = 0; i < 4; i++) words[i] = counter[i];
  for (uint32_t round = 0; round < ROUNDS; round++) {
    philox_round(
        &words[0], &words[1], &words[2], &words[3], key[0] + round * key_step0,
        key[1] + round * key_step1);
  }
}

// Two independent normal numbers from two words (G. Box, M. Muller, 1958).
KERNEL void box_muller(
    uint32_t radial, uint32_t angular, float deviation, float *first, float *second) {
  // In (0, 1]: both conversions are of at most 17 bits and exact, their sum rounds once.
  float uniform = (float)(int32_t)(radial >> 16) * 0x1p-16f
      + (float)(int32_t)((radial & 0xffff) + 1) * 0x1p-32f;
  // Not sqrtf, which may set errno and so keeps the loop from becoming vector code.
  float radius = deviation * __builtin_elementwise_sqrt(-2.0f * log_float(uniform));
  // The angle as a number of quarter turns and a rest of at most an eighth turn.
  uint32_t quarter = (angular + 0x20000000u) >> 30;
  float rest = (float)(int32_t)(angular - (quarter << 30)) * 0x1.921fb6p-30f;
  float square = rest * rest;
  float s = -0x1.9ac9bp-13f;
  s = s * square + 0x1.110c28p-7f;
  s = s * square + -0x1.555552p-3f;
  s = rest + rest * square * s;
  float c = 0x1.9bd89cp-16f;
  c = c * square + -0x1.6c12d2p-10f;
  c = c * square + 0x1.555554p-5f;
  c = 1.0f - 0.5f * square + square * square * c;
  float cosine = quarter & 1 ? s : c;
  float sine = quarter & 1 ? c : s;
  *first = radius * ((quarter + 1) & 2 ? -cosine : cosine);
  *second = radius * (quarter & 2 ? -sine : sine);
}

enum { GROUP = 64 };

CLONED void tenca_philox_normal_float(
    float *target, long count, uint64_t seed, uint64_t stream, uint64_t first, float deviation) {
  uint32_t w0[GROUP], w1[GROUP], w2[GROUP], w3[GROUP];
  float n0[GROUP], n1[GROUP], n2[GROUP], n3[GROUP];
  for (long start = 0; start < count; start += 4 * GROUP) {
    for (int j = 0; j < GROUP; j++) {
      uint64_t block = first + (uint64_t)(start / 4 + j);
      w0[j] = (uint32_t)block;
      w1[j] = (uint32_t)(block >> 32);
      w2[j] = (uint32_t)stream;
      w3[j] = (uint32_t)(stream >> 32);
    }
    for (uint32_t round = 0; round < ROUNDS; round++) {
      uint32_t key0 = (uint32_t)seed + round * key_step0;
      uint32_t key1 = (uint32_t)(seed >> 32) + round * key_step1;
      for (int j = 0; j < GROUP; j++) philox_round(&w0[j], &w1[j], &w2[j], &w3[j], key0, key1);
    }
    for (int j = 0; j < GROUP; j++) {
      box_muller(w0[j], w1[j], deviation, &n0[j], &n1[j]);
      box_muller(w2[j], w3[j], deviation, &n2[j], &n3[j]);
    }
    long size = count - start < 4 * GROUP ? count - start : 4 * GROUP;
    float numbers[4 * GROUP];
    for (int j = 0; j < GROUP; j++) {
      numbers[4 * j] = n0[j];
      numbers[4 * j + 1] = n1[j];
      numbers[4 * j + 2] = n2[j];
      numbers[4 * j + 3] = n3[j];
    }
    memcpy(target + start, numbers, (size_t)size * sizeof *target);
  }
}
