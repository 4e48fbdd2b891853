#include "CKernels.h"
#include "elementary_double.h"
#include "elementary_float.h"

CLONED void tenca_exp_float(const float *source, float *target, long count) {
  for (long i = 0; i < count; i++) target[i] = exp_float(source[i]);
}

CLONED void tenca_exp_double(const double *source, double *target, long count) {
  for (long i = 0; i < count; i++) target[i] = exp_double(source[i]);
}

CLONED void tenca_log_float(const float *source, float *target, long count) {
  for (long i = 0; i < count; i++) target[i] = log_float(source[i]);
}

CLONED void tenca_log_double(const double *source, double *target, long count) {
  for (long i = 0; i < count; i++) target[i] = log_double(source[i]);
}
