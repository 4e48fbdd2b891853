public import TencaNumerics

/// States that emit a number each which depends on the numbers before, one column:
/// x[t] = c + φ₁·x[t - 1] + … + φₚ·x[t - p] + noise of variance σ², with c, φ and σ² of the state.
///
/// The first p rows of a sequence are given, and count for nothing; so does a row that is missing,
/// or that misses one of the p before it.
public struct AutoregressiveEmission: Emission, Equatable {
  /// c, φ₁, …, φₚ of every state, states × (1 + order).
  public let coefficients: NDArray<Double>
  /// σ² of every state.
  public let variances: [Double]
  /// The variance of the data; 1 before they are known.
  let dataVariance: Double

  /// The least variance as a share of the data's own.
  static let varianceFloor = 1e-6

  /// Makes an emission of known parameters.
  ///
  /// - Throws: ``MarkovError/invalidModel(problem:)`` for parameters that do not fit or are none.
  public init(coefficients: NDArray<Double>, variances: [Double]) throws {
    guard coefficients.rank == 2, !coefficients.isEmpty, coefficients.firstNonFinite() == nil,
      coefficients.rows == variances.count
    else {
      throw MarkovError.invalidModel(
        problem: "coefficients of shape \(coefficients.shape) with \(variances.count) variances")
    }
    if let bad = variances.firstIndex(where: { !($0 > 0 && $0.isFinite) }) {
      throw MarkovError.invalidModel(
        problem: "the variance of state \(bad) is \(variances[bad]), not positive")
    }
    self.init(unchecked: coefficients, variances, dataVariance: 1)
  }

  /// Makes an emission that is to be learned.
  ///
  /// - Precondition: There is a state, and the order is 0 or more.
  public init(states: Int, order: Int) {
    self.init(
      unchecked: NDArray(zeros: [states, order + 1]), [Double](repeating: 1, count: states),
      dataVariance: 1)
  }

  init(
    unchecked coefficients: NDArray<Double>, _ variances: [Double], dataVariance: Double
  ) {
    self.coefficients = coefficients
    self.variances = variances
    self.dataVariance = dataVariance
  }

  /// p.
  public var order: Int { coefficients.columns - 1 }
  /// The number of states.
  public var stateCount: Int { coefficients.rows }
  /// The number of columns of a row.
  public var columnCount: Int { 1 }
  /// How many rows before a row its density depends on.
  public var contextLength: Int { order }
  /// The number of free parameters.
  public var parameterCount: Int { stateCount * (order + 2) }

  /// c / (1 - Σφ), the long-run mean; c itself where there is none.
  public var means: NDArray<Double> {
    NDArray(
      rows: (0..<stateCount).map { state in
        let row = coefficients.row(state).elements
        let rest = 1 - row.dropFirst().reduce(0, +)
        return [rest > 0 ? row[0] / rest : row[0]]
      })
  }

  /// Weighted least squares of every state: Σ zzᵀ over z = (1, x[t - 1], …, x[t - p], x[t]).
  public struct Statistics: Mergeable, Sendable {
    var products: [Double]

    /// Adds the sums of other rows.
    public mutating func merge(_ other: Statistics) {
      for index in products.indices { products[index] += other.products[index] }
    }
  }

  /// Calls `body` with every row that counts and (1, x[t - 1], …, x[t - p], x[t]).
  private func forEachRow(
    _ rows: RowWindow, _ body: (Int, UnsafeMutableBufferPointer<Double>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: order + 2) { z in
      for row in 0..<rows.count where row + rows.history >= order {
        z[0] = 1
        for lag in 0...order { z[lag == 0 ? order + 1 : lag] = rows.values[row - lag] }
        if z.contains(where: \.isNaN) { continue }
        body(row, z)
      }
    }
  }

  /// Writes ln p(row | state) of every row in every state, rows × states.
  public func writeLogLikelihoods(
    of rows: RowWindow, into target: UnsafeMutablePointer<Double>
  ) throws {
    let states = stateCount
    if let bad = (0..<rows.count).first(where: { rows.values[$0].isInfinite }) {
      throw MarkovError.invalidValue(
        row: rows.firstRow + bad, column: 0, value: rows.values[bad],
        limit: "a finite number, or NaN where it is missing")
    }
    target.update(repeating: 0, count: rows.count * states)
    let constants = variances.map { -0.5 * logarithm(2 * .pi * $0) }
    coefficients.withUnsafeBuffer { coefficients in
      forEachRow(rows) { row, z in
        for state in 0..<states {
          var residual = z[order + 1]
          for index in 0...order {
            residual -= coefficients[state * (order + 1) + index] * z[index]
          }
          target[row * states + state] =
            constants[state] - 0.5 * residual * residual / variances[state]
        }
      }
    }
  }

  /// The statistics of rows under the probabilities of their states.
  public func statistics(
    of rows: RowWindow, posteriors: UnsafePointer<Double>
  ) throws -> Statistics {
    let (states, width) = (stateCount, order + 2)
    var products = [Double](repeating: 0, count: states * width * width)
    forEachRow(rows) { row, z in
      for state in 0..<states {
        let weight = posteriors[row * states + state]
        if weight == 0 { continue }
        for i in 0..<width {
          for j in i..<width {
            products[(state * width + i) * width + j] += weight * z[i] * z[j]
          }
        }
      }
    }
    return Statistics(products: products)
  }

  /// The emission under which rows with these statistics are most likely.
  public func maximized(_ statistics: Statistics) throws -> AutoregressiveEmission {
    let width = order + 2
    var (coefficients, variances) = (coefficients, variances)
    for state in 0..<stateCount {
      func product(_ i: Int, _ j: Int) -> Double {
        statistics.products[(state * width + min(i, j)) * width + max(i, j)]
      }
      let weight = product(0, 0)
      guard weight > 1e-8 else { continue }
      // Columns brought to one size, and the tiniest ridge, keep the equations solvable.
      let scales = (0...order).map { max(product($0, $0), .leastNormalMagnitude).squareRoot() }
      let system = NDArray<Double>(shape: [order + 1, order + 1]) { target in
        for i in 0...order {
          for j in 0...order {
            target[i * (order + 1) + j] =
              product(i, j) / (scales[i] * scales[j]) + (i == j ? 1e-12 : 0)
          }
        }
      }
      let right = NDArray((0...order).map { product($0, order + 1) / scales[$0] })
      guard let solution = try? solve(system, right) else { continue }
      let row = (0...order).map { solution[$0] / scales[$0] }
      var squares = product(order + 1, order + 1)
      for i in 0...order {
        squares -= 2 * row[i] * product(i, order + 1)
        for j in 0...order { squares += row[i] * row[j] * product(i, j) }
      }
      for i in 0...order { coefficients[state, i] = row[i] }
      variances[state] = max(squares / weight, Self.varianceFloor * dataVariance)
    }
    return AutoregressiveEmission(
      unchecked: coefficients, variances, dataVariance: dataVariance)
  }

  /// The emission made ready to learn from some data.
  public func prepared(
    for data: any RowSource, execution: Execution
  ) throws -> AutoregressiveEmission {
    let spread = try columnSpreads(of: data, execution: execution)[0]
    return AutoregressiveEmission(
      unchecked: coefficients, variances, dataVariance: spread * spread)
  }

  /// The emission with the states in another order: state `order[k]` becomes state k.
  public func reordered(_ order: [Int]) -> AutoregressiveEmission {
    AutoregressiveEmission(
      unchecked: NDArray(
        order.flatMap { coefficients.row($0).elements }, shape: coefficients.shape),
      order.map { variances[$0] }, dataVariance: dataVariance)
  }

  /// A row drawn from a state; rows that are not there count as the state's mean.
  public func sample(
    _ state: Int, after previous: [[Double]], using random: inout RandomStream
  ) -> [Double] {
    let mean = means[state, 0]
    var value = coefficients[state, 0]
    for lag in 0..<order {
      let earlier = lag < previous.count ? previous[previous.count - 1 - lag][0] : mean
      value += coefficients[state, lag + 1] * earlier
    }
    return [value + variances[state].squareRoot() * random.normal()]
  }
}
