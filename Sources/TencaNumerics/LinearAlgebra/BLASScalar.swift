internal import COpenBLAS

/// The BLAS and LAPACK calls that a scalar type takes; see ``matrixProduct(_:_:)`` and its
/// neighbours for the names that code uses.
public protocol BLASScalar {
  /// C ← α·op(A)·op(B) + β·C, row-major (netlib `?gemm`). C need not be set where β is 0.
  static func _gemm(
    transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Self,
    a: UnsafePointer<Self>, lda: Int, b: UnsafePointer<Self>, ldb: Int, beta: Self,
    c: UnsafeMutablePointer<Self>, ldc: Int)

  /// B ← op(A)⁻¹·B for a triangular A, row-major (netlib `?trsm`).
  static func _trsm(
    upper: Bool, transposed: Bool, m: Int, n: Int, a: UnsafePointer<Self>, lda: Int,
    b: UnsafeMutablePointer<Self>, ldb: Int)

  /// Σ x·y over strided vectors (netlib `?dot`).
  static func _dot(
    n: Int, x: UnsafePointer<Self>, strideX: Int, y: UnsafePointer<Self>, strideY: Int
  ) -> Self

  /// y ← α·x + y over strided vectors (netlib `?axpy`).
  static func _axpy(
    n: Int, alpha: Self, x: UnsafePointer<Self>, strideX: Int, y: UnsafeMutablePointer<Self>,
    strideY: Int)

  /// The LAPACK routines of this precision.
  static var _lapack: LAPACKRoutines<Self> { get }
}

/// OpenBLAS keeps to one thread: work is spread over threads a level higher, in a fixed order
/// (see ``Execution``), and two pools would fight for the cores.
let singleThreadedBLAS: Void = openblas_set_num_threads(1)

private func operation(_ transposed: Bool) -> CBLAS_TRANSPOSE {
  transposed ? CblasTrans : CblasNoTrans
}

// The protocol documents these.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Float: BLASScalar {
  public static func _gemm(
    transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float,
    a: UnsafePointer<Float>, lda: Int, b: UnsafePointer<Float>, ldb: Int, beta: Float,
    c: UnsafeMutablePointer<Float>, ldc: Int
  ) {
    singleThreadedBLAS
    cblas_sgemm(
      CblasRowMajor, operation(transposeA), operation(transposeB), blasint(m), blasint(n),
      blasint(k), alpha, a, blasint(lda), b, blasint(ldb), beta, c, blasint(ldc))
  }

  public static func _trsm(
    upper: Bool, transposed: Bool, m: Int, n: Int, a: UnsafePointer<Float>, lda: Int,
    b: UnsafeMutablePointer<Float>, ldb: Int
  ) {
    singleThreadedBLAS
    cblas_strsm(
      CblasRowMajor, CblasLeft, upper ? CblasUpper : CblasLower, operation(transposed),
      CblasNonUnit, blasint(m), blasint(n), 1, a, blasint(lda), b, blasint(ldb))
  }

  public static func _dot(
    n: Int, x: UnsafePointer<Float>, strideX: Int, y: UnsafePointer<Float>, strideY: Int
  ) -> Float {
    singleThreadedBLAS
    return cblas_sdot(blasint(n), x, blasint(strideX), y, blasint(strideY))
  }

  public static func _axpy(
    n: Int, alpha: Float, x: UnsafePointer<Float>, strideX: Int, y: UnsafeMutablePointer<Float>,
    strideY: Int
  ) {
    singleThreadedBLAS
    cblas_saxpy(blasint(n), alpha, x, blasint(strideX), y, blasint(strideY))
  }

  public static var _lapack: LAPACKRoutines<Float> {
    singleThreadedBLAS
    return LAPACKRoutines(
      potrf: spotrf_, potri: spotri_, getrf: sgetrf_, getrs: sgetrs_, syevd: ssyevd_,
      gesdd: sgesdd_, gelsd: sgelsd_)
  }
}

// The protocol documents these.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Double: BLASScalar {
  public static func _gemm(
    transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Double,
    a: UnsafePointer<Double>, lda: Int, b: UnsafePointer<Double>, ldb: Int, beta: Double,
    c: UnsafeMutablePointer<Double>, ldc: Int
  ) {
    singleThreadedBLAS
    cblas_dgemm(
      CblasRowMajor, operation(transposeA), operation(transposeB), blasint(m), blasint(n),
      blasint(k), alpha, a, blasint(lda), b, blasint(ldb), beta, c, blasint(ldc))
  }

  public static func _trsm(
    upper: Bool, transposed: Bool, m: Int, n: Int, a: UnsafePointer<Double>, lda: Int,
    b: UnsafeMutablePointer<Double>, ldb: Int
  ) {
    singleThreadedBLAS
    cblas_dtrsm(
      CblasRowMajor, CblasLeft, upper ? CblasUpper : CblasLower, operation(transposed),
      CblasNonUnit, blasint(m), blasint(n), 1, a, blasint(lda), b, blasint(ldb))
  }

  public static func _dot(
    n: Int, x: UnsafePointer<Double>, strideX: Int, y: UnsafePointer<Double>, strideY: Int
  ) -> Double {
    singleThreadedBLAS
    return cblas_ddot(blasint(n), x, blasint(strideX), y, blasint(strideY))
  }

  public static func _axpy(
    n: Int, alpha: Double, x: UnsafePointer<Double>, strideX: Int,
    y: UnsafeMutablePointer<Double>, strideY: Int
  ) {
    singleThreadedBLAS
    cblas_daxpy(blasint(n), alpha, x, blasint(strideX), y, blasint(strideY))
  }

  public static var _lapack: LAPACKRoutines<Double> {
    singleThreadedBLAS
    return LAPACKRoutines(
      potrf: dpotrf_, potri: dpotri_, getrf: dgetrf_, getrs: dgetrs_, syevd: dsyevd_,
      gesdd: dgesdd_, gelsd: dgelsd_)
  }
}
