internal import TencaNumerics

/// What an M-step needs to know of the data, under the responsibilities of an E-step: statistics
/// that add.
struct MixtureStatistics: Mergeable, Sendable {
  /// Σ γₖ φ(z), components × width: the sums of z, of z², and the occupancy.
  private(set) var sums: [Double]
  /// Σ ln p(z).
  private(set) var logLikelihood: Double
  /// The number of rows.
  private(set) var count: Int

  mutating func merge(_ other: MixtureStatistics) {
    for index in sums.indices { sums[index] += other.sums[index] }
    logLikelihood += other.logLikelihood
    count += other.count
  }

  /// So many rows go through one matrix product; few enough for their features to stay in the
  /// cache.
  private static let chunk = 512

  /// The E-step of a range of rows.
  ///
  /// In double precision: with single precision the variances of narrow bells, differences of
  /// much larger numbers, lose their digits, and the likelihood seems to fall.
  ///
  /// - Parameter parameters: θ, width × components.
  init(_ range: Range<Int>, of rows: StandardizedRows, under parameters: NDArray<Double>) {
    let (width, components) = (parameters.rows, parameters.columns)
    let buffers = ScoringBuffers<Double>(
      chunk: min(Self.chunk, range.count), width: width, components: components)
    var sums = [Double](repeating: 0, count: components * width)
    var logLikelihood = 0.0
    for first in stride(from: range.lowerBound, to: range.upperBound, by: Self.chunk) {
      let size = min(Self.chunk, range.upperBound - first)
      buffers.score(first..<first + size, of: rows, by: parameters, padded: size)
      Double._softmaxRows(buffers.terms, buffers.logDensities, count: size, width: components)
      for row in 0..<size { logLikelihood += buffers.logDensities[row] }
      Double._gemm(
        transposeA: true, transposeB: false, m: components, n: width, k: size, alpha: 1,
        a: buffers.terms, lda: components, b: buffers.features, ldb: width, beta: 1, c: &sums,
        ldc: width)
    }
    self.sums = sums
    self.logLikelihood = logLikelihood
    count = range.count
  }

  /// The statistics of rows that belong to one component each.
  init(labels: [Int32], components: Int, rows: StandardizedRows) {
    let columns = rows.columns
    let width = DiagonalFeatures.width(columns: columns)
    sums = [Double](repeating: 0, count: components * width)
    logLikelihood = 0
    count = labels.count
    var features = [Double](repeating: 0, count: width)
    for (row, label) in labels.enumerated() {
      DiagonalFeatures.write(row..<row + 1, of: rows, into: &features)
      let base = Int(label) * width
      for index in 0..<width { sums[base + index] += features[index] }
    }
  }

  /// The outcome of an M-step.
  struct Maximum {
    let mixture: GaussianMixture
    let removed: Int
    let floored: Int
  }

  /// The parameters that make these statistics most likely (A. Dempster, N. Laird, D. Rubin,
  /// 1977), none of whose variances is below `floor`, without components that explain fewer rows
  /// than `occupancy`.
  ///
  /// With occupancy n and sums s and q: w = n / N, μ = s / n, σ² = max(q / n - μ², floor), which
  /// is the maximum among all variances that the floor allows.
  func maximum(columns: Int, floor: Double, occupancy: Double) -> Maximum {
    let width = DiagonalFeatures.width(columns: columns)
    let occupancies = stride(from: width - 1, to: sums.count, by: width).map { sums[$0] }
    // One row explained wholly may come out as a little less; the fullest component stays anyway.
    let least = min(occupancy * (1 - 1e-4), occupancies.max()!)
    let kept = occupancies.indices.filter { occupancies[$0] > 0 && occupancies[$0] >= least }
    let total = kept.reduce(0.0) { $0 + occupancies[$1] }
    var floored = 0
    var means = NDArray<Double>(zeros: [kept.count, columns])
    var variances = means
    for (component, source) in kept.enumerated() {
      for column in 0..<columns {
        let mean = sums[source * width + column] / occupancies[source]
        let square = sums[source * width + columns + column] / occupancies[source]
        let variance = square - mean * mean
        if variance < floor { floored += 1 }
        means[component, column] = mean
        variances[component, column] = max(variance, floor)
      }
    }
    let mixture = GaussianMixture(
      uncheckedWeights: kept.map { occupancies[$0] / total }, meanVectors: means,
      variances: variances)
    return Maximum(
      mixture: mixture, removed: occupancies.count - kept.count, floored: floored)
  }
}
