public import TencaNumerics

/// The means and the scatter of features of samples: statistics that add.
///
/// Samples may come in batches, so as many as wanted can be measured without holding any.
///
/// ```swift
/// var statistics = try FeatureStatistics(firstBatch)
/// statistics.merge(try FeatureStatistics(secondBatch))
/// let distance = try frechetDistance(statistics, real)
/// ```
public struct FeatureStatistics: Mergeable, Sendable, Equatable {
  /// The number of samples.
  public private(set) var count: Int
  /// The mean of each feature.
  public private(set) var means: NDArray<Double>
  /// Σ (x − mean)(x − mean)ᵀ, features × features.
  public private(set) var scatter: NDArray<Double>

  /// The number of features.
  public var features: Int { means.count }

  /// The statistics of some samples.
  ///
  /// Deviations are taken from the first sample before they are from the mean, so a feature that never
  /// changes, a dead unit of a network, has a variance of exactly 0.
  ///
  /// - Parameters:
  ///   - samples: samples × features, at least one sample.
  ///   - set: Whose features they are, for messages.
  ///   - execution: On how many threads; the result is the same for any number.
  /// - Throws: ``GenerativeError``: `badFeatures`, `tooFewSamples`, `featureNotFinite`.
  /// - Complexity: O(samples · features²).
  public init(
    _ samples: NDArray<Double>, set: String = "samples", execution: Execution = .serial
  ) throws {
    try samples.requireFeatures(set, atLeast: 1)
    self = try execution.reduce(count: samples.rows, block: 1024) { rows in
      FeatureStatistics(block: samples.rows(rows))
    }!
  }

  private init(block: NDArray<Double>) {
    let origin = block.row(0).contiguous()
    let deviations = block.subtractingFromRows(origin)
    let ones = NDArray<Double>(repeating: 1 / Double(block.rows), shape: [1, block.rows])
    let shift = matrixProduct(ones, deviations).reshaped([block.columns])
    let centred = deviations.subtractingFromRows(shift)
    count = block.rows
    means = origin + shift
    scatter = matrixProduct(centred.transposed(), centred)
  }

  /// Adds the statistics of other samples (T. Chan, G. Golub, R. LeVeque, 1979).
  ///
  /// - Precondition: They have as many features.
  public mutating func merge(_ other: FeatureStatistics) {
    precondition(features == other.features, "statistics of \(features) and \(other.features)")
    let (own, added) = (Double(count), Double(other.count))
    let difference = other.means - means
    let column = difference.reshaped([features, 1])
    scatter = scatter + other.scatter
    matrixProduct(
      column, column.transposed(), into: &scatter, alpha: own * added / (own + added), beta: 1)
    means = means + difference * (added / (own + added))
    count += other.count
  }

  /// The unbiased covariance, Σ (x − mean)(x − mean)ᵀ / (n − 1); zeros of a single sample.
  public var covariance: NDArray<Double> { scatter * (1 / Double(max(count - 1, 1))) }

  /// The unbiased variance of each feature, the diagonal of ``covariance``.
  public var variances: [Double] {
    (0..<features).map { scatter[$0, $0] / Double(max(count - 1, 1)) }
  }

  /// Samples in units of these: (x − mean) / standard deviation. A feature that never changes here is
  /// only centred, so a sample in which it does still shows it.
  ///
  /// - Parameter samples: samples × features.
  /// - Returns: The shape of `samples`.
  /// - Complexity: O(samples · features).
  public func standardize(_ samples: NDArray<Double>) -> NDArray<Double> {
    precondition(samples.rank == 2 && samples.columns == features, "other features")
    let scales = variances.map { $0 > 0 ? 1 / $0.squareRoot() : 1 }
    var result = samples.subtractingFromRows(means)
    result.withUnsafeMutableBuffer { values in
      for i in values.indices { values[i] *= scales[i % features] }
    }
    return result
  }
}

extension NDArray<Double> {
  /// Every row less a vector as long.
  fileprivate func subtractingFromRows(_ vector: NDArray<Double>) -> NDArray<Double> {
    let columns = self.columns
    return withUnsafeBuffer { source in
      vector.withUnsafeBuffer { vector in
        NDArray(shape: shape) { target in
          for row in stride(from: 0, to: source.count, by: columns) {
            for column in 0..<columns {
              target[row + column] = source[row + column] - vector[column]
            }
          }
        }
      }
    }
  }
}
