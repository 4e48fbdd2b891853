internal import TencaNumerics

/// The memory that scoring a chunk of rows needs.
struct ScoringBuffers<Scalar: NumericScalar>: ~Copyable {
  /// φ(z), chunk × width.
  let features: UnsafeMutablePointer<Scalar>
  /// ln(wₖ N(z; …)), then perhaps responsibilities, chunk × components.
  let terms: UnsafeMutablePointer<Scalar>
  /// ln p(z) of each row.
  let logDensities: UnsafeMutablePointer<Scalar>
  private let width: Int
  private let components: Int

  init(chunk: Int, width: Int, components: Int) {
    self.width = width
    self.components = components
    features = .allocate(capacity: chunk * width)
    terms = .allocate(capacity: chunk * components)
    logDensities = .allocate(capacity: chunk)
    features.initialize(repeating: 0, count: chunk * width)
  }

  deinit {
    features.deallocate()
    terms.deallocate()
    logDensities.deallocate()
  }

  /// Fills `features` with φ of a range of rows and `terms` with φ·θ.
  ///
  /// - Parameter padded: How many rows the product takes, at least those of the range.
  func score(
    _ range: Range<Int>, of rows: StandardizedRows, by parameters: NDArray<Scalar>, padded: Int
  ) {
    DiagonalFeatures.write(range, of: rows, into: features)
    parameters.withUnsafeBuffer { theta in
      Scalar._gemm(
        transposeA: false, transposeB: false, m: padded, n: components, k: width, alpha: 1,
        a: features, lda: width, b: theta.baseAddress!, ldb: components, beta: 0, c: terms,
        ldc: components)
    }
  }
}
