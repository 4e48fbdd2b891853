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
}
