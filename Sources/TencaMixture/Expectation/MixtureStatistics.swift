public import TencaNumerics

/// What an M-step needs to know of the data, under the responsibilities γ of an E-step: statistics
/// that add.
///
/// Parts of the data give their own, wherever they are; merged, they give the parameters that all
/// rows together would (see ``GaussianMixture/statistics(of:in:weights:missing:execution:)``). Rows are
/// meant in the coordinates of one ``MixtureFrame``.
public struct MixtureStatistics: Mergeable, Sendable, Equatable {
  /// What the components look like.
  public let covariance: CovarianceKind
  /// The number of columns.
  public let columns: Int
  /// Σ γₖ φ(z), components × features: sums of z, of its second moments, and the occupancy.
  public package(set) var sums: [Double]
  /// Σ zzᵀ, columns × columns; empty unless the covariance is tied.
  public package(set) var pooled: [Double]
  /// Σ w ln p(z).
  public internal(set) var logLikelihood: Double
  /// Σ w: the number of rows, where they have no weights.
  public internal(set) var mass: Double

  /// Statistics of no rows.
  package init(_ covariance: CovarianceKind, components: Int, columns: Int) {
    self.covariance = covariance
    self.columns = columns
    sums = [Double](repeating: 0, count: components * covariance.featureCount(columns: columns))
    pooled = [Double](repeating: 0, count: covariance == .tied ? columns * columns : 0)
    logLikelihood = 0
    mass = 0
  }

  /// The length of φ.
  package var width: Int { covariance.featureCount(columns: columns) }
  /// The number of components.
  public var components: Int { sums.count / width }
  /// Σ γₖ of every component.
  public var occupancies: [Double] {
    stride(from: width - 1, to: sums.count, by: width).map { sums[$0] }
  }

  /// The mean log-likelihood of a row.
  var meanLogLikelihood: Double { logLikelihood / mass }

  /// Adds the statistics of other rows.
  public mutating func merge(_ other: MixtureStatistics) {
    precondition(
      covariance == other.covariance && columns == other.columns && sums.count == other.sums.count,
      "statistics of different mixtures")
    for index in sums.indices { sums[index] += other.sums[index] }
    for index in pooled.indices { pooled[index] += other.pooled[index] }
    logLikelihood += other.logLikelihood
    mass += other.mass
  }

  /// The moments of some components.
  package func moments(of kept: [Int]) -> ComponentMoments {
    let width = width
    let occupancies = kept.map { sums[($0 + 1) * width - 1] }
    let means = NDArray<Double>(shape: [kept.count, columns]) { target in
      for (component, source) in kept.enumerated() {
        for column in 0..<columns {
          target[component * columns + column] =
            sums[source * width + column] / occupancies[component]
        }
      }
    }
    return ComponentMoments(
      occupancies: occupancies, means: means,
      moments: kept.flatMap { sums[$0 * width + columns..<($0 + 1) * width - 1] }, pooled: pooled)
  }
}
