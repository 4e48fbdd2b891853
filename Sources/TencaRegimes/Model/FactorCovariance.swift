internal import TencaNumerics

/// A covariance that a few factors give its correlations: Σ = ΛΛᵀ + Ψ, Ψ diagonal.
struct FactorCovariance {
  /// Λ, series × factors.
  var loadings: NDArray<Double>
  /// The diagonal of Ψ.
  var rests: [Double]

  private var series: Int { rests.count }
  private var factors: Int { loadings.columns }

  init(_ loadings: NDArray<Double>, rests: [Double]) {
    (self.loadings, self.rests) = (loadings, rests)
  }

  /// The parts of a covariance whose loadings are known.
  init(_ loadings: NDArray<Double>, of covariance: NDArray<Double>) {
    self.loadings = loadings
    rests = (0..<loadings.rows).map { i in
      (0..<loadings.columns).reduce(covariance[i, i]) { $0 - loadings[i, $1] * loadings[i, $1] }
    }
  }

  /// Σ.
  var covariance: NDArray<Double> {
    var result = matrixProduct(loadings, loadings.transposed())
    for i in 0..<series { result[i, i] += rests[i] }
    return result
  }

  /// Loadings and rests under which rows of this covariance are more likely: twenty steps of expectation
  /// and maximisation (D. Rubin, D. Thayer, 1982), none of which lowers their likelihood.
  ///
  /// - Parameter floors: The least rest of each series.
  func fitted(to scatter: NDArray<Double>, floors: [Double]) -> FactorCovariance {
    var own = self
    for _ in 0..<20 {
      guard
        let weights = try? solve(own.covariance, own.loadings).transposed(),
        // E[f fᵀ] over rows.
        case let seen = matrixProduct(weights, scatter),
        case let moments = NDArray<Double>.identity(factors)
          - matrixProduct(weights, own.loadings)
          + matrixProduct(seen, weights.transposed()),
        let moved = try? solve(moments.transposed(), seen).transposed()
      else { return own }
      let explained = matrixProduct(moved, seen)
      own = FactorCovariance(
        moved.contiguous(),
        rests: (0..<series).map { max(scatter[$0, $0] - explained[$0, $0], floors[$0]) })
    }
    return own
  }

  /// Λ in units of the columns' spreads, row by row, then the logarithms of the rests.
  func coordinates(_ spreads: [Double]) -> [Double] {
    (0..<series).flatMap { i in (0..<factors).map { loadings[i, $0] / spreads[i] } }
      + (0..<series).map { logarithm(rests[$0] / (spreads[$0] * spreads[$0])) }
  }

  /// The covariance at coordinates; nil where a rest falls below the least.
  init?(
    at coordinates: ArraySlice<Double>, factors: Int, spreads: [Double], series: Int, floor: Double
  ) {
    let numbers = Array(coordinates)
    let rests = numbers[(series * factors)...].map(exponential)
    guard rests.allSatisfy({ $0 >= floor * (1 - 1e-9) && $0 < 1e100 }) else { return nil }
    self.init(
      NDArray(shape: [series, factors]) { target in
        for index in target.indices { target[index] = numbers[index] * spreads[index / factors] }
      }, rests: zip(rests, spreads).map { $0 * $1 * $1 })
  }

  /// From the slope H/2 in Σ to that in coordinates: HΛ in Λ, and half of H's diagonal in the rests.
  func slopes(_ inner: NDArray<Double>, _ spreads: [Double]) -> [Double] {
    let moved = matrixProduct(inner, loadings)
    return (0..<series).flatMap { i in (0..<factors).map { moved[i, $0] * spreads[i] } }
      + (0..<series).map { 0.5 * inner[$0, $0] * rests[$0] }
  }
}
