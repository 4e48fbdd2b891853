internal import CKernels
package import TencaNumerics

/// The coordinates that a fit computes in: z = T·((x - centre) · scale).
///
/// The data have mean zero there and a spread of one, so squares and products of z lose nothing to
/// offsets, units or correlations, and a floor under a component's covariance is relative to the
/// data's own. Spherical mixtures take one scale for all columns, diagonal ones a scale a column;
/// for tied and full ones T turns the data's covariance into the identity, which makes their fits
/// the same whatever linear change the columns went through.
///
/// Parts of a distributed fit share one frame, made from their merged ``RowMoments``.
public struct MixtureFrame: Sendable, Equatable {
  let centres: [Double]
  package let scales: [Double]
  /// T, columns × columns and symmetric; nil is the identity.
  let whitening: NDArray<Double>?
  /// T⁻¹.
  let coloring: NDArray<Double>?
  /// ln |dz/dx|.
  package let logVolume: Double
  /// The number of directions in which the data do not spread at all, beyond constant columns.
  let dependentDirections: Int

  /// A direction whose variance is below this share of one column's holds rounding errors only; it
  /// counts as if it had this share.
  private static let leastDirection = 1e-10

  /// The frame of data with these moments.
  ///
  /// - Parameters:
  ///   - moments: Of all rows. Without products, columns are scaled but not whitened.
  ///   - covariance: What is to be fitted in it.
  /// - Complexity: O(columns), for tied and full covariance O(columns³).
  public init(_ moments: RowMoments, covariance: CovarianceKind) {
    let total = moments.weights.first ?? 1
    self.init(
      means: moments.means, variances: moments.variances,
      covariance: moments.products.isEmpty
        ? nil
        : NDArray(
          moments.products.map { $0 / total }, shape: [moments.columns, moments.columns]),
      kind: covariance)
  }

  /// The frame of a density with this mean and this covariance (nil where only variances count).
  init(means: [Double], variances: [Double], covariance: NDArray<Double>?, kind: CovarianceKind) {
    centres = means
    if kind == .spherical {
      // Constant columns count by their size only where nothing else gives a scale.
      let mean = variances.reduce(0, +) / Double(variances.count)
      let size = means.reduce(0) { max($0, abs($1)) }
      let scale = 1 / (mean > 0 ? mean.squareRoot() : size > 0 ? size : 1)
      scales = [Double](repeating: scale, count: means.count)
    } else {
      scales = zip(means, variances).map { mean, variance in
        1 / (variance > 0 ? variance.squareRoot() : mean == 0 ? 1 : abs(mean))
      }
    }
    var volume = scales.reduce(0.0) { $0 + logarithm($1) }
    guard kind.isCorrelated, let covariance, let eigen = Self.correlations(covariance, scales)
    else {
      (whitening, coloring, logVolume, dependentDirections) = (nil, nil, volume, 0)
      return
    }
    let values = eigen.values.elements
    let deviations = values.map { max($0, Self.leastDirection).squareRoot() }
    volume -= deviations.reduce(0.0) { $0 + logarithm($1) }
    whitening = Self.recomposed(eigen.vectors, deviations.map { 1 / $0 })
    coloring = Self.recomposed(eigen.vectors, deviations)
    logVolume = volume
    dependentDirections = values.count { $0 < Self.leastDirection }
  }

  private init(whitening: NDArray<Double>?, coloring: NDArray<Double>?, columns: Int) {
    centres = [Double](repeating: 0, count: columns)
    scales = [Double](repeating: 1, count: columns)
    self.whitening = whitening
    self.coloring = coloring
    logVolume = 0
    dependentDirections = 0
  }

  /// From columns that are centred and scaled already into this frame.
  var withoutScaling: MixtureFrame {
    MixtureFrame(whitening: whitening, coloring: coloring, columns: columns)
  }

  /// This frame without T.
  var withoutWhitening: MixtureFrame {
    MixtureFrame(centres: centres, scales: scales)
  }

  /// Centres and scales alone.
  init(centres: [Double], scales: [Double]) {
    self.centres = centres
    self.scales = scales
    (whitening, coloring, dependentDirections) = (nil, nil, 0)
    logVolume = scales.reduce(0.0) { $0 + logarithm($1) }
  }

  /// The number of columns.
  public var columns: Int { centres.count }

  /// The eigenvalues and vectors of the correlations; a column that does not vary correlates with
  /// itself alone.
  private static func correlations(
    _ covariance: NDArray<Double>, _ scales: [Double]
  ) -> SymmetricEigen<Double>? {
    var matrix = covariance
    for i in scales.indices {
      for j in scales.indices { matrix[i, j] *= scales[i] * scales[j] }
      if matrix[i, i] == 0 { matrix[i, i] = 1 }
    }
    return try? symmetricEigen(matrix)
  }

  /// V·diag(values)·Vᵀ.
  private static func recomposed(
    _ vectors: NDArray<Double>, _ values: [Double]
  ) -> NDArray<Double> {
    var scaled = vectors
    for i in 0..<vectors.rows {
      for j in values.indices { scaled[i, j] *= values[j] }
    }
    return matrixProduct(scaled, vectors.transposed())
  }
}

extension MixtureFrame {
  /// Brings rows into the frame, in place.
  ///
  /// - Parameter values: count × columns.
  package func enter(_ values: UnsafeMutablePointer<Double>, count: Int) {
    let columns = columns
    tenca_standardize_rows(values, centres, scales, count, columns)
    guard let whitening else { return }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count * columns) { scratch in
      whitening.withUnsafeBuffer { matrix in
        Double._slimProduct(
          transposeA: false, m: count, n: columns, k: columns, a: values, b: matrix.baseAddress!,
          c: scratch.baseAddress!)
      }
      values.update(from: scratch.baseAddress!, count: count * columns)
    }
  }

  /// Brings mean vectors, components × columns, into the frame.
  package func enter(means: NDArray<Double>) -> NDArray<Double> {
    var result = means
    result.withUnsafeMutableBuffer { enter($0.baseAddress!, count: means.rows) }
    return result
  }

  /// Brings mean vectors out of the frame.
  package func leave(means: NDArray<Double>) -> NDArray<Double> {
    var result = coloring.map { matrixProduct(means, $0) } ?? means
    for component in 0..<means.rows {
      for column in centres.indices {
        result[component, column] = result[component, column] / scales[column] + centres[column]
      }
    }
    return result
  }

  /// Brings covariances of x into the frame; T, where there is one, needs tied or full ones.
  package func enter(_ covariances: Covariances) -> Covariances {
    let scaled = covariances.scaled(by: scales)
    return whitening.map { scaled.transformed(by: $0) } ?? scaled
  }

  /// Brings covariances of z out of the frame.
  package func leave(_ covariances: Covariances) -> Covariances {
    let colored = coloring.map { covariances.transformed(by: $0) } ?? covariances
    return colored.scaled(by: scales.map { 1 / $0 })
  }
}
