#ifndef CONEDNN_H
#define CONEDNN_H

// oneDNN's C interface, version 2, behind a table of functions that is filled when it is first asked
// for: a program that never runs a network never loads the library.

#include <oneapi/dnnl/dnnl.h>

// The calls that Tenca makes; see oneDNN's own header for what each does.
#define TENCA_ONEDNN_CALLS(CALL)              \
  CALL(dnnl_engine_create)                    \
  CALL(dnnl_stream_create)                    \
  CALL(dnnl_memory_desc_init_by_tag)          \
  CALL(dnnl_memory_desc_init_by_strides)      \
  CALL(dnnl_memory_desc_equal)                \
  CALL(dnnl_memory_desc_get_size)             \
  CALL(dnnl_memory_create)                    \
  CALL(dnnl_memory_destroy)                   \
  CALL(dnnl_memory_set_data_handle)           \
  CALL(dnnl_dilated_convolution_forward_desc_init)          \
  CALL(dnnl_dilated_convolution_backward_data_desc_init)    \
  CALL(dnnl_dilated_convolution_backward_weights_desc_init) \
  CALL(dnnl_matmul_desc_init)                 \
  CALL(dnnl_primitive_desc_create)            \
  CALL(dnnl_primitive_desc_query_md)          \
  CALL(dnnl_primitive_desc_destroy)           \
  CALL(dnnl_primitive_create)                 \
  CALL(dnnl_primitive_execute)                \
  CALL(dnnl_primitive_destroy)                \
  CALL(dnnl_primitive_attr_create)            \
  CALL(dnnl_primitive_attr_destroy)           \
  CALL(dnnl_primitive_attr_set_post_ops)      \
  CALL(dnnl_primitive_attr_set_scratchpad_mode) \
  CALL(dnnl_post_ops_create)                  \
  CALL(dnnl_post_ops_append_eltwise)          \
  CALL(dnnl_post_ops_destroy)                 \
  CALL(dnnl_reorder_primitive_desc_create)    \
  CALL(dnnl_get_effective_cpu_isa)            \
  CALL(dnnl_sgemm)

#define TENCA_DECLARE_CALL(name) __typeof__(&name) name;
typedef struct tenca_onednn {
  TENCA_ONEDNN_CALLS(TENCA_DECLARE_CALL)
  // Sets the number of threads of the OpenMP pool that oneDNN works on.
  void (*omp_set_num_threads)(int);
} tenca_onednn;
#undef TENCA_DECLARE_CALL

// The loaded library. Null, and the loader's words in *problem, where it is not there or is not
// version 2. Safe to call from any thread, as often as one likes.
const tenca_onednn *tenca_onednn_load(const char **problem);

#endif
