import TencaMixture
import TencaNumerics

#if canImport(Glibc)
  import Glibc
#endif

/// A Gaussian mixture of any covariance in plain loops over nested arrays: slow, obvious, and
/// sharing no code with the one it checks. NaN in a row is a missing cell.
struct PlainMixture {
  var kind: CovarianceKind
  var weights: [Double]
  var means: [[Double]]
  /// One matrix a component, whatever the kind.
  var covariances: [[[Double]]]

  init(_ mixture: GaussianMixture) {
    kind = mixture.covarianceKind
    weights = mixture.weights
    means = (0..<mixture.components).map { mixture.meanVectors.row($0).elements }
    covariances = (0..<mixture.components).map { component in
      let matrix = mixture.covarianceMatrix(component)
      return (0..<matrix.rows).map { matrix.row($0).elements }
    }
  }

  /// ln(wₖ N(x; μₖ, Σₖ)) of every component, over the cells that x has.
  func terms(_ x: [Double]) -> [Double] {
    let seen = x.indices.filter { !x[$0].isNaN }
    return weights.indices.map { k in
      let (inverse, logDeterminant) = invert(submatrix(covariances[k], seen, seen))
      var sum = log(weights[k])
      sum -= 0.5 * (Double(seen.count) * log(2 * Double.pi) + logDeterminant)
      for (i, row) in seen.enumerated() {
        for (j, column) in seen.enumerated() {
          sum -= 0.5 * (x[row] - means[k][row]) * inverse[i][j] * (x[column] - means[k][column])
        }
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

  /// The mean log-density of rows that count as much as `rowWeights` says.
  func meanLogDensity(_ data: [[Double]], rowWeights: [Double]? = nil) -> Double {
    let counts = rowWeights ?? data.map { _ in 1 }
    return zip(data, counts).reduce(0) { $0 + $1.1 * logDensity($1.0) } / counts.reduce(0, +)
  }

  /// One step of expectation and maximisation.
  func step(_ data: [[Double]], rowWeights: [Double]? = nil) -> PlainMixture {
    let counts = rowWeights ?? data.map { _ in 1 }
    let shares = zip(data, counts).map { x, count in responsibilities(x).map { $0 * count } }
    let columns = data[0].indices
    var next = self
    var scatters: [[[Double]]] = []
    var occupancies: [Double] = []
    for k in weights.indices {
      let completed = data.map { complete($0, component: k) }
      let occupancy = shares.reduce(0) { $0 + $1[k] }
      let mean = columns.map { d in
        zip(shares, completed).reduce(0) { $0 + $1.0[k] * $1.1.mean[d] } / occupancy
      }
      var scatter = columns.map { _ in columns.map { _ in 0.0 } }
      for (share, row) in zip(shares, completed) {
        for i in columns {
          for j in columns {
            scatter[i][j] +=
              share[k]
              * ((row.mean[i] - mean[i]) * (row.mean[j] - mean[j]) + row.covariance[i][j])
          }
        }
      }
      next.weights[k] = occupancy / counts.reduce(0, +)
      next.means[k] = mean
      scatters.append(scatter)
      occupancies.append(occupancy)
    }
    next.covariances = restricted(scatters, occupancies)
    return next
  }

  /// The covariances that the kind allows, from the scatter of every component.
  private func restricted(
    _ scatters: [[[Double]]], _ occupancies: [Double]
  ) -> [[[Double]]] {
    let columns = scatters[0].indices
    return scatters.indices.map { k in
      columns.map { i in
        columns.map { j in
          switch kind {
          case .full: return scatters[k][i][j] / occupancies[k]
          case .tied:
            return scatters.reduce(0) { $0 + $1[i][j] } / occupancies.reduce(0, +)
          case .diagonal: return i == j ? scatters[k][i][i] / occupancies[k] : 0
          case .spherical:
            let sum = columns.reduce(0) { $0 + scatters[k][$1][$1] }
            return i == j ? sum / occupancies[k] / Double(columns.count) : 0
          }
        }
      }
    }
  }

  /// What a component expects of a row, and the covariance of what it lacks.
  private func complete(
    _ x: [Double], component k: Int
  ) -> (mean: [Double], covariance: [[Double]]) {
    let seen = x.indices.filter { !x[$0].isNaN }
    let lost = x.indices.filter { x[$0].isNaN }
    let inverse = invert(submatrix(covariances[k], seen, seen)).inverse
    var mean = x
    var covariance = x.map { _ in x.map { _ in 0.0 } }
    for row in lost {
      mean[row] = means[k][row]
      for (i, a) in seen.enumerated() {
        for (j, b) in seen.enumerated() {
          mean[row] += covariances[k][row][a] * inverse[i][j] * (x[b] - means[k][b])
        }
      }
      for column in lost {
        covariance[row][column] = covariances[k][row][column]
        for (i, a) in seen.enumerated() {
          for (j, b) in seen.enumerated() {
            covariance[row][column] -=
              covariances[k][row][a] * inverse[i][j] * covariances[k][b][column]
          }
        }
      }
    }
    return (mean, covariance)
  }
}

private func submatrix(_ matrix: [[Double]], _ rows: [Int], _ columns: [Int]) -> [[Double]] {
  rows.map { row in columns.map { matrix[row][$0] } }
}

/// The inverse and the logarithm of the determinant of a positive definite matrix, by Gauss and
/// Jordan.
private func invert(_ matrix: [[Double]]) -> (inverse: [[Double]], logDeterminant: Double) {
  var left = matrix
  var right = matrix.indices.map { i in matrix.indices.map { $0 == i ? 1.0 : 0 } }
  var logDeterminant = 0.0
  for pivot in matrix.indices {
    let value = left[pivot][pivot]
    logDeterminant += log(value)
    for j in matrix.indices {
      left[pivot][j] /= value
      right[pivot][j] /= value
    }
    for i in matrix.indices where i != pivot {
      let factor = left[i][pivot]
      for j in matrix.indices {
        left[i][j] -= factor * left[pivot][j]
        right[i][j] -= factor * right[pivot][j]
      }
    }
  }
  return (right, logDeterminant)
}

/// The rows of a matrix as plain arrays in double precision.
func nested(_ data: NDArray<some NumericScalar>) -> [[Double]] {
  (0..<data.rows).map { data.row($0).elements.map { Double($0) } }
}
