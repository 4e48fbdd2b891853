internal import TencaNumerics

/// The log-likelihood of some data around a maximum, as a function of coordinates without bounds.
///
/// Infinite coordinates are parameters at a bound, and are left alone.
package struct LikelihoodSurface {
  /// The place of the maximum.
  package var coordinates: [Double]
  /// The slope in every coordinate; nil outside the domain.
  package var gradient: ([Double]) throws -> [Double]?
  /// ln p of each row given those before it; nil outside the domain.
  package var rowLogLikelihoods: ([Double]) throws -> [Double]?
  /// The parameters as people name them; nil outside the domain.
  package var parameters: ([Double]) -> [Double]?

  package init(
    coordinates: [Double], gradient: @escaping ([Double]) throws -> [Double]?,
    rowLogLikelihoods: @escaping ([Double]) throws -> [Double]?,
    parameters: @escaping ([Double]) -> [Double]?
  ) {
    self.coordinates = coordinates
    self.gradient = gradient
    self.rowLogLikelihoods = rowLogLikelihoods
    self.parameters = parameters
  }
}

/// What standard errors are made of.
public enum StandardErrorKind: String, Sendable, Equatable, Codable, CaseIterable {
  /// The curvature of the log-likelihood, the observed information: right if the model is.
  case information
  /// Curvature and the spread of the rows' slopes together, H⁻¹SH⁻¹ (P. Huber, 1967; H. White, 1982):
  /// right also where the model is only the nearest to the truth.
  case robust
}

extension LikelihoodSurface {
  /// Coordinates on which the data say less than a thousandth of a row are at a bound.
  private static let leastInformation = 1e-3
  /// Directions with less of the largest curvature than this are flat.
  private static let flatness = 1e-6

  /// The standard error of every parameter; nil where the likelihood does not tell it.
  ///
  /// The information is the fall of exact gradients, by central differences; parameters follow by the
  /// delta method.
  ///
  /// - Throws: What the gradient throws.
  /// - Complexity: Two gradients a coordinate; for robust ones two passes through the data besides.
  package func standardErrors(_ kind: StandardErrorKind) throws -> [Double?] {
    guard let values = parameters(coordinates) else { return [] }
    let nothing = [Double?](repeating: nil, count: values.count)
    let finite = coordinates.indices.filter { coordinates[$0].isFinite }
    guard !finite.isEmpty, let all = try differences(finite, gradient) else { return nothing }
    // Coordinates that tell something, each brought to a curvature of one.
    let kept = finite.indices.filter { -all[$0][finite[$0]] > Self.leastInformation }
    guard !kept.isEmpty else { return nothing }
    let scales = kept.map { (-all[$0][finite[$0]]).squareRoot() }
    let size = kept.count
    let information = NDArray<Double>(shape: [size, size]) { target in
      for a in 0..<size {
        for b in 0..<size {
          let mean = -(all[kept[a]][finite[kept[b]]] + all[kept[b]][finite[kept[a]]]) / 2
          target[a * size + b] = mean / (scales[a] * scales[b])
        }
      }
    }
    guard let eigen = try? symmetricEigen(information) else { return nothing }
    let limit = Self.flatness * max(eigen.values[size - 1], 1)
    let curved = (0..<size).filter { eigen.values[$0] > limit }
    let scores = kind == .robust ? try scoreProducts(kept.map { finite[$0] }, scales) : nil
    let slopes = differencesOfParameters(finite, count: values.count)
    return values.indices.map { parameter in
      let slope = kept.indices.map { slopes[kept[$0]][parameter] / scales[$0] }
      let total = slope.reduce(0.0) { $0 + $1 * $1 }
      // What depends on a coordinate that tells nothing is not known either.
      let lost = finite.indices.reduce(0.0) { sum, index in
        kept.contains(index) ? sum : sum + slopes[index][parameter] * slopes[index][parameter]
      }
      func along(_ direction: Int) -> Double {
        (0..<size).reduce(0.0) { $0 + eigen.vectors[$1, direction] * slope[$1] }
      }
      let seen = curved.reduce(0.0) { $0 + along($1) * along($1) }
      guard total > 0, total - seen <= 1e-6 * total,
        lost.squareRoot() <= 1e-6 * max(abs(values[parameter]), 1e-6)
      else { return nil }
      let solved = (0..<size).map { i in
        curved.reduce(0.0) { $0 + eigen.vectors[i, $1] * along($1) / eigen.values[$1] }
      }
      let variance: Double
      if let scores {
        variance = (0..<size).reduce(0.0) { sum, a in
          (0..<size).reduce(sum) { $0 + solved[a] * scores[a, $1] * solved[$1] }
        }
      } else {
        variance = zip(slope, solved).reduce(0.0) { $0 + $1.0 * $1.1 }
      }
      return variance > 0 && variance.isFinite ? variance.squareRoot() : nil
    }
  }

  private func step(_ coordinate: Int) -> Double { 1e-4 * max(1, abs(coordinates[coordinate])) }

  private func moved(_ coordinate: Int, by step: Double) -> [Double] {
    var place = coordinates
    place[coordinate] += step
    return place
  }

  /// The slope of a vector in some coordinates, by central differences; nil where the domain ends.
  private func differences(
    _ chosen: [Int], _ function: ([Double]) throws -> [Double]?
  ) throws -> [[Double]]? {
    var rows: [[Double]] = []
    for coordinate in chosen {
      let step = step(coordinate)
      guard let above = try function(moved(coordinate, by: step)),
        let below = try function(moved(coordinate, by: -step))
      else { return nil }
      rows.append(zip(above, below).map { ($0 - $1) / (2 * step) })
    }
    return rows
  }

  private func differencesOfParameters(_ chosen: [Int], count: Int) -> [[Double]] {
    // Parameters are elementary functions: four points far apart keep the digits of a small spread
    // around a large mean.
    let step = 1e-2
    return chosen.map { coordinate in
      let places = [2 * step, step, -step, -2 * step].map {
        parameters(moved(coordinate, by: $0)) ?? [Double](repeating: .nan, count: count)
      }
      return (0..<count).map { index in
        (8 * (places[1][index] - places[2][index]) - (places[0][index] - places[3][index]))
          / (12 * step)
      }
    }
  }

  /// Σ sₜsₜᵀ over the slopes of the rows' log-likelihoods, in scaled coordinates.
  private func scoreProducts(_ chosen: [Int], _ scales: [Double]) throws -> NDArray<Double>? {
    guard let slopes = try differences(chosen, rowLogLikelihoods) else { return nil }
    let matrix = NDArray(rows: zip(slopes, scales).map { row, scale in row.map { $0 / scale } })
    return matrixProduct(matrix, matrix.transposed())
  }
}
