public import TencaMarkov
public import TencaNumerics

extension RegimeEmission {
  /// Weighted products of z = (1, x, y) in every state.
  public struct Statistics: Mergeable, Sendable {
    /// Σ γ u zzᵀ, states × n × n, where u is the precision of the row's error; upper triangles alone.
    var products: [Double]
    /// Σ γ p(tail) zzᵀ, as the others; empty unless errors are a mixture.
    var tailProducts: [Double]
    /// Σ γ and Σ γ ln u, states × 2.
    var weights: [Double]

    /// Adds to all of them, where they lie.
    fileprivate mutating func add(
      _ body: (
        _ products: UnsafeMutablePointer<Double>, _ tails: UnsafeMutablePointer<Double>,
        _ weights: UnsafeMutablePointer<Double>
      ) -> Void
    ) {
      products.withUnsafeMutableBufferPointer { products in
        tailProducts.withUnsafeMutableBufferPointer { tails in
          weights.withUnsafeMutableBufferPointer { weights in
            // There are no products of tails where errors are no mixture, and none are added.
            body(
              products.baseAddress!, tails.baseAddress ?? products.baseAddress!,
              weights.baseAddress!)
          }
        }
      }
    }

    /// Adds the sums of other rows.
    public mutating func merge(_ other: Statistics) {
      for index in products.indices { products[index] += other.products[index] }
      for index in tailProducts.indices { tailProducts[index] += other.tailProducts[index] }
      for index in weights.indices { weights[index] += other.weights[index] }
    }
  }

  /// The length of z.
  var termCount: Int { 1 + layout.regressors + layout.series }

  /// Writes ln p(row | state) of every row in every state, rows × states.
  public func writeLogLikelihoods(
    of rows: RowWindow, into target: UnsafeMutablePointer<Double>
  ) throws {
    for index in 0..<rows.count * rows.columns where rows.values[index].isInfinite {
      throw MarkovError.invalidValue(
        row: rows.firstRow + index / rows.columns, column: index % rows.columns,
        value: rows.values[index], limit: "a finite number, or NaN where it is missing")
    }
    for state in 0..<stateCount {
      RegimeDensity(self, state: state).write(
        rows.values, count: rows.count, columns: rows.columns, into: target + state,
        step: stateCount)
    }
  }

  /// The statistics of rows under the probabilities of their states.
  public func statistics(
    of rows: RowWindow, posteriors: UnsafePointer<Double>
  ) throws -> Statistics {
    let (states, n, d) = (stateCount, termCount, layout.series)
    let densities = (0..<states).map { RegimeDensity(self, state: $0) }
    let isMixture = layout.errors == .mixture
    var statistics = Statistics(
      products: [Double](repeating: 0, count: states * n * n),
      tailProducts: [Double](repeating: 0, count: isMixture ? states * n * n : 0),
      weights: [Double](repeating: 0, count: 2 * states))
    let isGaussian = layout.errors == .gaussian
    withUnsafeTemporaryAllocation(of: Double.self, capacity: n) { z in
      statistics.add { products, tails, weights in
        z[0] = 1
        for row in 0..<rows.count {
          let cells = rows.values + row * rows.columns
          var sum = 0.0
          for term in 1..<n {
            z[term] = term < n - d ? cells[d + term - 1] : cells[term - n + d]
            sum += z[term]
          }
          if sum.isNaN { continue }
          for state in 0..<states {
            let weight = posteriors[row * states + state]
            if weight == 0 { continue }
            weights[2 * state] += weight
            var (share, tail) = (weight, 0.0)
            if !isGaussian {
              let latent = densities[state].latent(densities[state].distance(cells))
              (share, tail) = (weight * latent.precision, weight * latent.tail)
              weights[2 * state + 1] += weight * latent.logarithm
            }
            var target = products + state * n * n
            for i in 0..<n {
              let own = share * z[i]
              for j in i..<n { target[j] += own * z[j] }
              target += n
            }
            guard isMixture else { continue }
            target = tails + state * n * n
            for i in 0..<n {
              let own = tail * z[i]
              for j in i..<n { target[j] += own * z[j] }
              target += n
            }
          }
        }
      }
    }
    return statistics
  }

  /// An entry of the products of a state, in either order.
  func product(_ products: [Double], _ state: Int, _ i: Int, _ j: Int) -> Double {
    products[(state * termCount + min(i, j)) * termCount + max(i, j)]
  }

  /// Σ w (y - c - Bx)(y - c - Bx)ᵀ of a state, series × series.
  func scatter(_ products: [Double], _ state: Int) -> NDArray<Double> {
    let (d, n) = (layout.series, termCount)
    let changes = (0..<d).map { series -> [Double] in
      line(of: state, series).map { -$0 } + (0..<d).map { $0 == series ? 1 : 0 }
    }
    return NDArray(shape: [d, d]) { target in
      for a in 0..<d {
        for b in 0..<d {
          var sum = 0.0
          for i in 0..<n where changes[a][i] != 0 {
            for j in 0..<n where changes[b][j] != 0 {
              sum += changes[a][i] * changes[b][j] * product(products, state, i, j)
            }
          }
          target[a * d + b] = sum
        }
      }
    }
  }

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
  private func solve(
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

  /// The means of a mean form, given its slopes: y - Σφx is Σ over regimes of μ times
  /// (1 where it is the row's own, less φ where it was that of a lag).
  private func withMeansOfMeanForm(_ products: [Double]) -> RegimeEmission {
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
  private func withSlopesOfMeanForm(_ products: [Double]) -> RegimeEmission {
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
