#include "CKernels.h"
#include "clones.h"

// Inlined functions take the clone's instructions, but their own rule for fused operations.
#pragma clang fp contract(fast)

#define SCALAR float
#define LANES 16
#define NAMED(function) function##_float
#include "slim_product.h"
#undef SCALAR
#undef LANES
#undef NAMED

#define SCALAR double
#define LANES 8
#define NAMED(function) function##_double
#include "slim_product.h"
