import TencaMixture
import TencaNumerics

#if canImport(Glibc)
  import Glibc
#endif

/// A diagonal Gaussian mixture in plain loops over nested arrays: slow, obvious, and sharing no
/// code with the one it checks.
struct PlainMixture {
  var weights: [Double]
  var means: [[Double]]
  var variances: [[Double]]

  init(_ mixture: GaussianMixture) {
    weights = mixture.weights
    means = (0..<mixture.components).map { mixture.meanVectors.row($0).elements }
    variances = (0..<mixture.components).map { mixture.variances.row($0).elements }
  }

  var model: GaussianMixture {
    get throws {
      try GaussianMixture(
        weights: weights, meanVectors: NDArray(rows: means), variances: NDArray(rows: variances))
    }
  }

  /// ln(wₖ N(x; μₖ, σ²ₖ)) of every component.
  func terms(_ x: [Double]) -> [Double] {
    weights.indices.map { k in
      var sum = log(weights[k])
      for d in x.indices {
        let deviation = x[d] - means[k][d]
        sum -=
          0.5 * (log(2 * Double.pi * variances[k][d]) + deviation * deviation / variances[k][d])
      }
      return sum
    }
  }

  func logDensity(_ x: [Double]) -> Double {
    let terms = terms(x)
    let largest = terms.max()!
    return largest + log(terms.reduce(0) { $0 + exp($1 - largest) })
  }

  func responsibilities(_ x: [Double]) -> [Double] {
    let density = logDensity(x)
    return terms(x).map { exp($0 - density) }
  }

  /// One step of expectation and maximisation.
  func step(_ data: [[Double]]) -> PlainMixture {
    let shares = data.map(responsibilities)
    var next = self
    for k in weights.indices {
      let occupancy = shares.reduce(0) { $0 + $1[k] }
      next.weights[k] = occupancy / Double(data.count)
      for d in data[0].indices {
        let mean = zip(shares, data).reduce(0) { $0 + $1.0[k] * $1.1[d] } / occupancy
        next.means[k][d] = mean
        next.variances[k][d] =
          zip(shares, data).reduce(0) { $0 + $1.0[k] * ($1.1[d] - mean) * ($1.1[d] - mean) }
          / occupancy
      }
    }
    return next
  }
}

/// The rows of a matrix as plain arrays in double precision.
func nested(_ data: NDArray<Float>) -> [[Double]] {
  (0..<data.rows).map { data.row($0).elements.map(Double.init) }
}
