public import TencaMarkov
internal import TencaNumerics

/// Coordinates: coefficients in units of the columns' spreads, Cholesky factors of covariances likewise
/// with the logarithms of their diagonals, and the shape of errors: ln ν, or the logit of the tail's share
/// and the logarithm of its scale.
extension RegimeEmission: DifferentiableEmission {
  /// The unit of a coefficient.
  private func unit(_ series: Int, term: Int) -> Double {
    term == 0 ? spreads[series] : spreads[series] / spreads[layout.series + term - 1]
  }

  private var units: [Double] {
    var units = [Double](repeating: 1, count: layout.coefficientCount)
    for regime in 0..<layout.regimes {
      for series in 0..<layout.series {
        for term in 0...layout.regressors {
          units[layout.coefficient(regime, series, term: term)] = unit(series, term: term)
        }
      }
    }
    return units
  }

  private func factor(of regime: Int) -> NDArray<Double> {
    let d = layout.series
    let scaled = NDArray<Double>(shape: [d, d]) { target in
      for i in 0..<d {
        for j in 0..<d {
          target[i * d + j] = covariances[[regime, i, j]] / (spreads[i] * spreads[j])
        }
      }
    }
    // A covariance that was checked, or learned, has a factor.
    return try! choleskyFactor(scaled)
  }

  /// Where the parameters are.
  public var coordinates: [Double] {
    var result = zip(coefficients, units).map { $0 / $1 }
    for regime in 0..<layout.covarianceCount {
      if let loadings {
        result += FactorCovariance(loadings.row(regime), of: covariances.row(regime))
          .coordinates(spreads)
        continue
      }
      let factor = factor(of: regime)
      result += (0..<layout.series).flatMap { i in
        (0...i).map { i == $0 ? logarithm(factor[i, i]) : factor[i, $0] }
      }
    }
    switch layout.errors {
    case .gaussian: break
    case .studentT: result.append(logarithm(shape[0]))
    case .mixture:
      result += [logarithm(shape[0]) - logarithmOfOnePlus(-shape[0]), logarithm(shape[1])]
    }
    return result
  }

  /// The emission at other coordinates; nil where a variance falls below the least.
  public func moved(to coordinates: [Double]) -> RegimeEmission? {
    let (k, d) = (layout.regimes, layout.series)
    let split = layout.coefficientCount
    guard coordinates.allSatisfy(\.isFinite) else { return nil }
    let coefficients = zip(coordinates[..<split], units).map { $0 * $1 }
    var place = split
    var (matrices, newLoadings) = ([NDArray<Double>](), [NDArray<Double>]())
    for _ in 0..<layout.covarianceCount {
      if let factors = layout.factors {
        guard
          let found = FactorCovariance(
            at: coordinates[place..<place + layout.covarianceCoordinates], factors: factors,
            spreads: spreads, series: d, floor: Self.varianceFloor)
        else { return nil }
        matrices.append(found.covariance)
        newLoadings.append(found.loadings)
        place += layout.covarianceCoordinates
        continue
      }
      var factor = NDArray<Double>(zeros: [d, d])
      for i in 0..<d {
        for j in 0...i {
          factor[i, j] = i == j ? exponential(coordinates[place]) : coordinates[place]
          place += 1
        }
        // Variance that is left once the columns before are known.
        guard factor[i, i] * factor[i, i] >= Self.varianceFloor * (1 - 1e-9),
          factor[i, i] < 1e100
        else { return nil }
      }
      let scaled = matrixProduct(factor, factor.transposed())
      matrices.append(
        NDArray(shape: [d, d]) { target in
          for i in 0..<d {
            for j in 0..<d { target[i * d + j] = scaled[i, j] * spreads[i] * spreads[j] }
          }
        })
    }
    func all(_ parts: [NDArray<Double>]) -> NDArray<Double> {
      .concatenated((0..<k).map { parts[layout.switchesVariance ? $0 : 0] })
    }
    var shape = shape
    switch layout.errors {
    case .gaussian: break
    case .studentT:
      guard logarithm(0.1)...logarithm(1e4) ~= coordinates[place] else { return nil }
      shape[0] = exponential(coordinates[place])
    case .mixture:
      guard abs(coordinates[place]) < 14, 0...logarithm(1e6) ~= coordinates[place + 1] else {
        return nil
      }
      shape = [
        1 / (1 + exponential(-coordinates[place])), exponential(coordinates[place + 1]),
      ]
    }
    return RegimeEmission(
      layout, intercepts, slopes, all(matrices).reshaped([k, d, d]), shape,
      loadings: loadings.map { all(newLoadings).reshaped($0.shape) }, centers: centers,
      spreads: spreads
    ).withCoefficients(coefficients)
  }

  /// The slope of the expected log-likelihood in every coordinate.
  public func gradient(_ statistics: Statistics) -> [Double] {
    let (d, m) = (layout.series, layout.regressors)
    var coefficientSlopes = [Double](repeating: 0, count: layout.coefficientCount)
    var factorSlopes = [Double](
      repeating: 0, count: layout.covarianceCount * layout.covarianceCoordinates)
    for state in 0..<stateCount {
      let regime = layout.regime(of: state)
      let inverse = try! inverseOfSymmetricPositiveDefinite(covariances.row(regime))
      // Σ w z·(y - c - Bx), a row a series.
      let residuals = (0..<d).map { series -> [Double] in
        let line = line(of: state, series)
        return (0...m).map { i in
          (0...m).reduce(product(statistics.products, state, i, 1 + m + series)) {
            $0 - line[$1] * product(statistics.products, state, i, $1)
          }
        }
      }
      for series in 0..<d {
        let slope = (0...m).map { i in
          (0..<d).reduce(0.0) { $0 + inverse[series, $1] * residuals[$1][i] }
        }
        add(slope, regime, series, state, to: &coefficientSlopes)
      }
      addFactorSlope(statistics, state, regime, inverse, to: &factorSlopes)
    }
    for (index, unit) in units.enumerated() { coefficientSlopes[index] *= unit }
    return coefficientSlopes + factorSlopes + shapeSlopes(statistics)
  }

  /// From the slope in a state's line to that in coefficients.
  private func add(
    _ slope: [Double], _ regime: Int, _ series: Int, _ state: Int, to result: inout [Double]
  ) {
    result[layout.coefficient(regime, series, term: 0)] += slope[0]
    for term in 0..<layout.regressors {
      let place = layout.coefficient(regime, series, term: term + 1)
      result[place] += slope[term + 1]
      guard term < layout.memory else { continue }
      // The constant of a line holds the means of the regimes before.
      let earlier = layout.regime(of: state, back: term + 1)
      result[place] -= slope[0] * intercepts[earlier, series]
      result[layout.coefficient(earlier, series, term: 0)] -=
        slope[0] * slopes[[regime, series, term]]
    }
  }

  /// (Σ⁻¹RΣ⁻¹ - WΣ⁻¹)·L in scaled columns, of the diagonal in its logarithm.
  private func addFactorSlope(
    _ statistics: Statistics, _ state: Int, _ regime: Int, _ inverse: NDArray<Double>,
    to result: inout [Double]
  ) {
    let d = layout.series
    let scatter = scatter(statistics.products, state)
    let inner =
      matrixProduct(matrixProduct(inverse, scatter), inverse)
      - inverse * statistics.weights[2 * state]
    var place = (layout.switchesVariance ? regime : 0) * layout.covarianceCoordinates
    if let loadings {
      let slopes = FactorCovariance(loadings.row(regime), of: covariances.row(regime))
        .slopes(inner, spreads)
      for (index, slope) in slopes.enumerated() { result[place + index] += slope }
      return
    }
    let scaled = NDArray<Double>(shape: [d, d]) { target in
      for i in 0..<d {
        for j in 0..<d { target[i * d + j] = inner[i, j] * spreads[i] * spreads[j] }
      }
    }
    let factor = factor(of: regime)
    let slope = matrixProduct(scaled, factor)
    for i in 0..<d {
      for j in 0...i {
        result[place] += slope[i, j] * (i == j ? factor[i, i] : 1)
        place += 1
      }
    }
  }

  private func shapeSlopes(_ statistics: Statistics) -> [Double] {
    let weight = (0..<stateCount).reduce(0.0) { $0 + statistics.weights[2 * $1] }
    switch layout.errors {
    case .gaussian: return []
    case .studentT:
      let half = 0.5 * shape[0]
      let (precision, logarithms) = (0..<stateCount).reduce((0.0, 0.0)) {
        ($0.0 + product(statistics.products, $1, 0, 0), $0.1 + statistics.weights[2 * $1 + 1])
      }
      return [half * (weight * (logarithm(half) + 1 - digamma(half)) + logarithms - precision)]
    case .mixture:
      var (tail, distance) = (0.0, 0.0)
      for state in 0..<stateCount {
        tail += product(statistics.tailProducts, state, 0, 0)
        let inverse = try! inverseOfSymmetricPositiveDefinite(
          covariances.row(layout.regime(of: state)))
        distance += zip(scatter(statistics.tailProducts, state).elements, inverse.elements)
          .reduce(0.0) { $0 + $1.0 * $1.1 }
      }
      return [
        tail - weight * shape[0],
        0.5 * (distance / shape[1] - Double(layout.series) * tail),
      ]
    }
  }

  /// Every parameter that differs, those of regimes with their regime as state, lags and other regressors
  /// counted from 0 as columns.
  public var namedParameters: [NamedParameter] {
    let (d, m) = (layout.series, layout.regressors)
    var result: [NamedParameter] = []
    func regimes(_ switches: Bool) -> [Int] { switches ? Array(0..<layout.regimes) : [0] }
    for term in 0...m {
      let switches = term == 0 ? layout.switchesIntercept : layout.switchesSlopes[term - 1]
      for regime in regimes(switches) {
        for series in 0..<d {
          result.append(
            NamedParameter(
              term > 0 ? "coefficient" : layout.memory > 0 ? "mean" : "intercept",
              state: switches ? regime : nil, column: series,
              otherColumn: term > 0 ? d + term - 1 : nil,
              term > 0 ? slopes[[regime, series, term - 1]] : intercepts[regime, series]))
        }
      }
    }
    for regime in regimes(layout.switchesVariance) {
      for i in 0..<d {
        for j in 0...i {
          let value = covariances[[regime, i, j]]
          result.append(
            NamedParameter(
              i == j ? "sigma" : "covariance", state: layout.switchesVariance ? regime : nil,
              column: i, otherColumn: i == j ? nil : j, i == j ? value.squareRoot() : value))
        }
      }
    }
    for (name, value) in zip(layout.shapeNames, shape) {
      result.append(NamedParameter(name, state: nil, value))
    }
    return result
  }
}
