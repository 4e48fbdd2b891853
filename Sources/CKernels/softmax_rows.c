#include "CKernels.h"
#include "elementary_double.h"
#include "elementary_float.h"

#define SCALAR float
#define LANES 16
#define EXP exp_float
#define LOG log_float
#define NAMED(function) function##_float
#include "softmax_rows.h"
#undef SCALAR
#undef LANES
#undef EXP
#undef LOG
#undef NAMED

#define SCALAR double
#define LANES 8
#define EXP exp_double
#define LOG log_double
#define NAMED(function) function##_double
#include "softmax_rows.h"
