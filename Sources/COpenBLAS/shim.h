// BLAS through its C interface; LAPACK by its Fortran symbols, since OpenBLAS ships without LAPACKE.
#include <cblas.h>

// Every argument by address, matrices column-major, `info` 0 on success (netlib.org/lapack).

// Cholesky factor of a symmetric positive definite matrix, and the inverse from the factor.
void spotrf_(const char *uplo, const int *n, float *a, const int *lda, int *info);
void dpotrf_(const char *uplo, const int *n, double *a, const int *lda, int *info);
void spotri_(const char *uplo, const int *n, float *a, const int *lda, int *info);
void dpotri_(const char *uplo, const int *n, double *a, const int *lda, int *info);

// LU factors with row exchanges, and the solution of op(A) X = B from them.
void sgetrf_(const int *m, const int *n, float *a, const int *lda, int *ipiv, int *info);
void dgetrf_(const int *m, const int *n, double *a, const int *lda, int *ipiv, int *info);
void sgetrs_(
    const char *trans, const int *n, const int *nrhs, const float *a, const int *lda,
    const int *ipiv, float *b, const int *ldb, int *info);
void dgetrs_(
    const char *trans, const int *n, const int *nrhs, const double *a, const int *lda,
    const int *ipiv, double *b, const int *ldb, int *info);

// Eigenvalues and eigenvectors of a symmetric matrix, by divide and conquer.
void ssyevd_(
    const char *jobz, const char *uplo, const int *n, float *a, const int *lda, float *w,
    float *work, const int *lwork, int *iwork, const int *liwork, int *info);
void dsyevd_(
    const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w,
    double *work, const int *lwork, int *iwork, const int *liwork, int *info);

// Singular value decomposition, by divide and conquer.
void sgesdd_(
    const char *jobz, const int *m, const int *n, float *a, const int *lda, float *s, float *u,
    const int *ldu, float *vt, const int *ldvt, float *work, const int *lwork, int *iwork,
    int *info);
void dgesdd_(
    const char *jobz, const int *m, const int *n, double *a, const int *lda, double *s, double *u,
    const int *ldu, double *vt, const int *ldvt, double *work, const int *lwork, int *iwork,
    int *info);

// Least squares of least norm, by singular value decomposition.
void sgelsd_(
    const int *m, const int *n, const int *nrhs, float *a, const int *lda, float *b,
    const int *ldb, float *s, const float *rcond, int *rank, float *work, const int *lwork,
    int *iwork, int *info);
void dgelsd_(
    const int *m, const int *n, const int *nrhs, double *a, const int *lda, double *b,
    const int *ldb, double *s, const double *rcond, int *rank, double *work, const int *lwork,
    int *iwork, int *info);
