import TencaMixture
import TencaNumerics

/// Rows around `clusters` random centres, of unlike sizes and spreads.
func clusteredData(
  rows: Int, columns: Int, clusters: Int, seed: UInt64, offset: Double = 0
) -> NDArray<Float> {
  var random = RandomStream(seed: seed)
  let centres = (0..<clusters * columns).map { _ in 4 * random.normal() }
  let spreads = (0..<clusters).map { _ in random.uniform(in: 0.3..<1.5) }
  return NDArray(shape: [rows, columns]) { target in
    for row in 0..<rows {
      let cluster = random.integer(below: clusters)
      for column in 0..<columns {
        target[row * columns + column] = Float(
          offset + centres[cluster * columns + column] + spreads[cluster] * random.normal())
      }
    }
  }
}

/// The same rows with NaN in about this share of the cells, though never in a whole row.
func withMissingCells(
  _ data: NDArray<Float>, share: Double, using random: inout RandomStream
) -> NDArray<Float> {
  var data = data
  for row in 0..<data.rows {
    let kept = random.integer(below: data.columns)
    for column in 0..<data.columns where column != kept && random.uniform() < share {
      data[row, column] = .nan
    }
  }
  return data
}

/// A mixture with random rows of the data as means and random covariances of a kind.
func randomMixture(
  _ components: Int, near data: NDArray<Float>, covariance: CovarianceKind, seed: UInt64
) throws -> GaussianMixture {
  var random = RandomStream(seed: seed)
  let rows = nested(data)
  let columns = data.columns
  func matrix() -> NDArray<Double> {
    // A random matrix times its transpose, and something on the diagonal.
    let root = NDArray<Double>(
      (0..<columns * columns).map { _ in random.normal() }, shape: [columns, columns])
    return matrixProduct(root, root.transposed()) + NDArray.identity(columns)
  }
  let means = (0..<components).map { _ in rows[random.integer(below: rows.count)] }
  let variances = (0..<components * columns).map { _ in random.uniform(in: 1..<9) }
  let covariances: Covariances =
    switch covariance {
    case .spherical: .spherical(NDArray(variances[..<components]))
    case .diagonal: .diagonal(NDArray(variances, shape: [components, columns]))
    case .tied: .tied(matrix())
    case .full:
      .full(
        NDArray.concatenated((0..<components).map { _ in matrix() })
          .reshaped([components, columns, columns]))
    }
  return try GaussianMixture(
    weights: [Double](repeating: 1 / Double(components), count: components),
    meanVectors: NDArray(rows: means), covariances: covariances)
}

/// The data of the comparisons with scikit-learn:
///
///     r = np.random.RandomState(0)
///     X = np.round(np.vstack([r.normal([0, 10, 5], [1, 3, .5], (12, 3)),
///                             r.normal([3, 4, 5], [.7, 2, 1], (12, 3))]), 2).astype(np.float32)
let referenceData = NDArray<Float>(rows: [
  [1.76, 11.2, 5.49], [2.24, 15.6, 4.51], [0.95, 9.55, 4.95], [0.41, 10.43, 5.73],
  [0.76, 10.37, 5.22], [0.33, 14.48, 4.9], [0.31, 7.44, 3.72], [0.65, 12.59, 4.63],
  [2.27, 5.64, 5.02], [-0.19, 14.6, 5.73], [0.15, 11.13, 4.56], [-1.98, 8.96, 5.08],
  [3.86, 6.4, 4.61], [2.79, 1.9, 3.58], [1.81, 7.9, 4.49], [2.69, 1.49, 5.78],
  [1.87, 3.57, 4.1], [3.27, 2.98, 3.82], [2.98, 4.86, 5.07], [3.21, 2.73, 4.64],
  [2.53, 3.28, 4.19], [1.79, 4.35, 4.6], [1.86, 4.93, 4.09], [3.04, 5.46, 5.13],
])

/// The largest difference between two arrays, relative to the larger of 1 and the number itself.
func largestDifference(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).reduce(0) { largest, pair in
    let difference = abs(pair.0 - pair.1) / max(1, abs(pair.1))
    return difference <= largest ? largest : difference.isNaN ? .infinity : difference
  }
}
