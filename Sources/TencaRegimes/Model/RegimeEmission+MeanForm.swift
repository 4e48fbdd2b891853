internal import TencaNumerics

/// Maximisation where values before count by how far they were from the means of their regimes: means and
/// coefficients by turns, each by least squares.
extension RegimeEmission {
  /// The means of a mean form, given its slopes: y - Σφx is Σ over regimes of μ times
  /// (1 where it is the row's own, less φ where it was that of a lag).
  func withMeansOfMeanForm(_ products: [Double]) -> RegimeEmission {
    let m = layout.regressors
    var values = coefficients
    let places = (0..<layout.regimes).map { layout.coefficient($0, 0, term: 0) }
    let count = places.max()! + 1
    var (system, right) = (
      NDArray<Double>(zeros: [count, count]), [Double](repeating: 0, count: count)
    )
    for state in 0..<stateCount {
      let regime = layout.regime(of: state)
      var design = [Double](repeating: 0, count: count)
      design[places[regime]] += 1
      for lag in 0..<layout.memory {
        design[places[layout.regime(of: state, back: lag + 1)]] -= slopes[[regime, 0, lag]]
      }
      let precision = 1 / covariances[[regime, 0, 0]]
      var rest = product(products, state, 0, 1 + m)
      for term in 0..<m {
        rest -= slopes[[regime, 0, term]] * product(products, state, 0, 1 + term)
      }
      for i in 0..<count {
        right[i] += precision * design[i] * rest
        for j in 0..<count {
          system[i, j] += precision * design[i] * design[j] * product(products, state, 0, 0)
        }
      }
    }
    let solution = solve(system, right, keeping: Array(values[..<count]))
    for index in 0..<count { values[index] = solution[index] }
    return withCoefficients(values)
  }

  /// The slopes of a mean form, given its means: those of y - μ on lags less the means they had.
  func withSlopesOfMeanForm(_ products: [Double]) -> RegimeEmission {
    let m = layout.regressors
    let first = layout.switchesIntercept ? layout.regimes : 1
    var values = coefficients
    let count = values.count - first
    if count == 0 { return self }
    var (system, right) = (
      NDArray<Double>(zeros: [count, count]), [Double](repeating: 0, count: count)
    )
    for state in 0..<stateCount {
      let regime = layout.regime(of: state)
      let precision = 1 / covariances[[regime, 0, 0]]
      // What is taken off each term of z.
      let offsets = (0...m + 1).map { term -> Double in
        if term == 0 { return 0 }
        if term == m + 1 { return intercepts[regime, 0] }
        return term <= layout.memory
          ? intercepts[layout.regime(of: state, back: term), 0] : 0
      }
      func shifted(_ i: Int, _ j: Int) -> Double {
        product(products, state, i, j) - offsets[i] * product(products, state, 0, j)
          - offsets[j] * product(products, state, 0, i)
          + offsets[i] * offsets[j] * product(products, state, 0, 0)
      }
      for i in 1..<m + 1 {
        let row = layout.coefficient(regime, 0, term: i) - first
        right[row] += precision * shifted(i, m + 1)
        for j in 1..<m + 1 {
          system[row, layout.coefficient(regime, 0, term: j) - first] += precision * shifted(i, j)
        }
      }
    }
    let solution = solve(system, right, keeping: Array(values[first...]))
    for index in 0..<count { values[first + index] = solution[index] }
    return withCoefficients(values)
  }
}
