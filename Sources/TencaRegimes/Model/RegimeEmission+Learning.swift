internal import TencaMarkov
internal import TencaNumerics

/// Maximisation, in parts none of which lowers the likelihood.
extension RegimeEmission {
  /// The emission under which rows with these statistics are more likely: coefficients first, then, with
  /// these, covariances, then the shape of errors (X. Meng, D. Rubin, "ECM", 1993).
  public func maximized(_ statistics: Statistics) throws -> RegimeEmission {
    let fitted =
      layout.memory == 0
      ? withCoefficients(solved(statistics.products))
      : withSlopesOfMeanForm(statistics.products).withMeansOfMeanForm(statistics.products)
    return fitted.withCovariances(statistics).withShape(statistics, before: self)
  }

  /// The inverse of every regime's covariance.
  private var precisions: [NDArray<Double>] {
    (0..<layout.regimes).map {
      // A covariance that was checked, or learned, has an inverse.
      try! inverseOfSymmetricPositiveDefinite(covariances.row($0))
    }
  }

  /// Generalised least squares over all regimes together.
  private func solved(_ products: [Double]) -> [Double] {
    let (d, m) = (layout.series, layout.regressors)
    let count = layout.coefficientCount
    var (system, right) = (
      NDArray<Double>(zeros: [count, count]), [Double](repeating: 0, count: count)
    )
    for (regime, precision) in precisions.enumerated() {
      for a in 0..<d {
        for i in 0...m {
          let row = layout.coefficient(regime, a, term: i)
          for b in 0..<d {
            right[row] += precision[a, b] * product(products, regime, i, 1 + m + b)
            for j in 0...m {
              system[row, layout.coefficient(regime, b, term: j)] +=
                precision[a, b] * product(products, regime, i, j)
            }
          }
        }
      }
    }
    return solve(system, right, keeping: coefficients)
  }

  /// The solution of normal equations; what they do not tell stays what it was.
  func solve(
    _ system: NDArray<Double>, _ right: [Double], keeping old: [Double]
  ) -> [Double] {
    let scales = right.indices.map { max(system[$0, $0], 0).squareRoot() }
    let told = right.indices.filter { scales[$0] > 1e-150 }
    let scaled = NDArray<Double>(shape: [told.count, told.count]) { target in
      for (a, i) in told.enumerated() {
        for (b, j) in told.enumerated() {
          // The tiniest ridge keeps equations solvable.
          target[a * told.count + b] =
            system[i, j] / (scales[i] * scales[j]) + (i == j ? 1e-12 : 0)
        }
      }
    }
    var result = old
    guard
      let solution = try? TencaNumerics.solve(
        scaled, NDArray(told.map { right[$0] / scales[$0] }))
    else { return old }
    for (place, index) in told.enumerated() where solution[place].isFinite {
      result[index] = solution[place] / scales[index]
    }
    return result
  }

  /// All coefficients that differ, in the layout's order.
  var coefficients: [Double] {
    var result = [Double](repeating: 0, count: layout.coefficientCount)
    for regime in 0..<layout.regimes {
      for series in 0..<layout.series {
        result[layout.coefficient(regime, series, term: 0)] = intercepts[regime, series]
        for term in 0..<layout.regressors {
          result[layout.coefficient(regime, series, term: term + 1)] =
            slopes[[regime, series, term]]
        }
      }
    }
    return result
  }

  /// The emission with other coefficients.
  func withCoefficients(_ values: [Double]) -> RegimeEmission {
    let (d, m) = (layout.series, layout.regressors)
    return RegimeEmission(
      layout,
      NDArray(shape: intercepts.shape) { target in
        for index in target.indices {
          target[index] = values[layout.coefficient(index / d, index % d, term: 0)]
        }
      },
      NDArray(shape: slopes.shape) { target in
        for index in target.indices {
          let (regime, series, term) = (index / m / d, index / m % d, index % m)
          target[index] = values[layout.coefficient(regime, series, term: term + 1)]
        }
      }, covariances, shape, loadings: loadings, centers: centers, spreads: spreads)
  }

  private func withCovariances(_ statistics: Statistics) -> RegimeEmission {
    let (k, d) = (layout.regimes, layout.series)
    var sums = [NDArray<Double>](repeating: NDArray(zeros: [d, d]), count: k)
    var weights = [Double](repeating: 0, count: k)
    for state in 0..<stateCount {
      let regime = layout.switchesVariance ? layout.regime(of: state) : 0
      sums[regime] = sums[regime] + scatter(statistics.products, state)
      weights[regime] += statistics.weights[2 * state]
    }
    var (matrices, newLoadings) = ([NDArray<Double>](), [NDArray<Double>]())
    for regime in 0..<k {
      let source = layout.switchesVariance ? regime : 0
      guard weights[source] > 1e-8 else {
        matrices.append(covariances.row(regime))
        if let loadings { newLoadings.append(loadings.row(regime)) }
        continue
      }
      let scatter = sums[source] * (1 / weights[source])
      guard let loadings else {
        matrices.append(floored(scatter))
        continue
      }
      let found = FactorCovariance(loadings.row(regime), of: covariances.row(regime))
        .fitted(to: scatter, floors: spreads.prefix(d).map { Self.varianceFloor * $0 * $0 })
      matrices.append(found.covariance)
      newLoadings.append(found.loadings)
    }
    return RegimeEmission(
      layout, intercepts, slopes, NDArray.concatenated(matrices).reshaped([k, d, d]), shape,
      loadings: loadings.map { NDArray.concatenated(newLoadings).reshaped($0.shape) },
      centers: centers, spreads: spreads)
  }

  /// A covariance with no less than the least variance in any direction, in units of the data.
  private func floored(_ matrix: NDArray<Double>) -> NDArray<Double> {
    let d = matrix.rows
    let scaled = NDArray<Double>(shape: [d, d]) { target in
      for i in 0..<d {
        for j in 0..<d { target[i * d + j] = matrix[i, j] / (spreads[i] * spreads[j]) }
      }
    }
    guard let eigen = try? symmetricEigen(scaled) else { return matrix }
    if eigen.values[0] >= Self.varianceFloor { return matrix }
    return NDArray(shape: [d, d]) { target in
      for i in 0..<d {
        for j in 0..<d {
          target[i * d + j] =
            (0..<d).reduce(0.0) { sum, c in
              sum + eigen.vectors[i, c] * max(eigen.values[c], Self.varianceFloor)
                * eigen.vectors[j, c]
            } * spreads[i] * spreads[j]
        }
      }
    }
  }

  /// The shape of errors, given everything else.
  private func withShape(_ statistics: Statistics, before: RegimeEmission) -> RegimeEmission {
    let weight = (0..<stateCount).reduce(0.0) { $0 + statistics.weights[2 * $1] }
    var shape = shape
    switch layout.errors {
    case .gaussian: return self
    case .studentT:
      let (precision, logarithm) = (0..<stateCount).reduce((0.0, 0.0)) {
        ($0.0 + product(statistics.products, $1, 0, 0), $0.1 + statistics.weights[2 * $1 + 1])
      }
      shape[0] = min(max(2 * gammaShape(precision / weight - logarithm / weight - 1), 0.1), 1e4)
    case .mixture:
      var (tail, distance) = (0.0, 0.0)
      let precisions = precisions
      for state in 0..<stateCount {
        tail += product(statistics.tailProducts, state, 0, 0)
        let scatter = scatter(statistics.tailProducts, state)
        distance += zip(scatter.elements, precisions[layout.regime(of: state)].elements)
          .reduce(0.0) { $0 + $1.0 * $1.1 }
      }
      shape[0] = min(max(tail / weight, 1e-6), 1 - 1e-6)
      if tail > 1e-8 { shape[1] = min(max(distance / (tail * Double(layout.series)), 1), 1e6) }
    }
    return RegimeEmission(
      layout, intercepts, slopes, covariances, shape, loadings: loadings, centers: centers,
      spreads: spreads)
  }
}
