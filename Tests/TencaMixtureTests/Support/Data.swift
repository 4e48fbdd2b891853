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
