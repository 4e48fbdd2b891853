#include "COneDNN.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

static tenca_onednn table;
static const char *failure = NULL;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  // Waiting threads of OpenMP would spin on cores that the rest of the program uses. OpenMP reads
  // this once, when it is loaded; whoever has set it otherwise is left his choice.
  setenv("OMP_WAIT_POLICY", "PASSIVE", 0);
  void *library = dlopen("libdnnl.so.2", RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    failure = dlerror();
    return;
  }
#define TENCA_FIND_CALL(name)                         \
  *(void **)(&table.name) = dlsym(library, #name);    \
  if (!table.name) {                                  \
    failure = "libdnnl.so.2 has no function " #name;  \
    return;                                           \
  }
  TENCA_ONEDNN_CALLS(TENCA_FIND_CALL)
  TENCA_FIND_CALL(omp_set_num_threads)
}

const tenca_onednn *tenca_onednn_load(const char **problem) {
  pthread_once(&once, load);
  *problem = failure;
  return failure ? NULL : &table;
}
