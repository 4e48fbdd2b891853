// BLAS through its C interface; LAPACK by its Fortran symbols, since OpenBLAS ships without LAPACKE.
#include <cblas.h>

// Every argument by address, matrices column-major, `info` 0 on success (netlib.org/lapack).
void spotrf_(const char *uplo, const int *n, float *a, const int *lda, int *info);
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info);
