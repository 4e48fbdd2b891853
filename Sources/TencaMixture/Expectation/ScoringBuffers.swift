package import TencaNumerics

/// The memory that scoring a chunk of rows needs.
package struct ScoringBuffers<Scalar: NumericScalar>: ~Copyable {
  /// z, chunk × columns.
  package let values: UnsafeMutablePointer<Double>
  /// φ(z), chunk × width.
  package let features: UnsafeMutablePointer<Scalar>
  /// ln(wₖ N(z; …)), then perhaps responsibilities, chunk × components.
  package let terms: UnsafeMutablePointer<Scalar>
  /// ln p(z) of each row.
  let logDensities: UnsafeMutablePointer<Scalar>

  @specialized(where Scalar == Double)
  package init(chunk: Int, parameters: NaturalParameters<Scalar>) {
    values = .allocate(capacity: chunk * parameters.columns)
    features = .allocate(capacity: chunk * parameters.width)
    terms = .allocate(capacity: chunk * parameters.components)
    logDensities = .allocate(capacity: chunk)
    values.initialize(repeating: 0, count: chunk * parameters.columns)
  }

  deinit {
    values.deallocate()
    features.deallocate()
    terms.deallocate()
    logDensities.deallocate()
  }

  /// Fills `features` with φ of the first `count` rows of `values`, and `terms` with φ·θ.
  @specialized(where Scalar == Double)
  package func score(_ count: Int, by parameters: NaturalParameters<Scalar>) {
    parameters.kind.writeFeatures(
      values, count: count, columns: parameters.columns, whitening: parameters.whitening,
      into: features)
    let (width, components) = (parameters.width, parameters.components)
    parameters.theta.withUnsafeBuffer { theta in
      Scalar._slimProduct(
        transposeA: false, m: count, n: components, k: width, a: features, b: theta.baseAddress!,
        c: terms)
    }
  }
}
