public import TencaNumerics

/// How surprising each cell is given the rows before it, on the scale of standard normal numbers:
/// forecast pseudo-residuals (W. Zucchini, I. MacDonald, R. Langrock, "Hidden Markov models for time
/// series", 2016, section 6.2.3). Under the true model they are independent and normal.
public struct PseudoResiduals: Sendable, Equatable {
  /// Φ⁻¹(p(cell ≤ its value | rows before)), rows × columns. Of whole numbers, from the middle between
  /// ``lower`` and ``upper``'s probabilities. NaN where the cell is missing, or the rows before do not
  /// tell.
  public let values: NDArray<Double>
  /// Of whole numbers, Φ⁻¹(p(cell < its value | rows before)); as ``values`` for others.
  public let lower: NDArray<Double>
  /// Of whole numbers, Φ⁻¹(p(cell ≤ its value | rows before)); as ``values`` for others.
  public let upper: NDArray<Double>

  /// What a column's residuals are like; 0, 1, 0 and a high p under the true model.
  public struct Summary: Sendable, Equatable, Codable {
    /// How many cells there are.
    public let count: Int
    /// The mean.
    public let mean: Double
    /// The variance.
    public let variance: Double
    /// The correlation of neighbouring residuals.
    public let autocorrelation: Double
    /// Skewness and kurtosis in one number (C. Jarque, A. Bera, 1980).
    public let jarqueBera: Double
    /// The probability of one as large under a normal distribution, for many rows.
    public let pValue: Double
  }

  /// A summary of each column; nil where fewer than 3 cells differ.
  public var summaries: [Summary?] {
    (0..<values.columns).map { column in
      let all = (0..<values.rows).map { values[$0, column] }
      let there = all.filter(\.isFinite)
      let count = Double(there.count)
      guard there.count >= 3 else { return nil }
      let mean = there.reduce(0, +) / count
      func moment(_ power: Int) -> Double {
        there.reduce(0.0) { sum, value in
          sum + (0..<power).reduce(1.0) { product, _ in product * (value - mean) }
        } / count
      }
      let variance = moment(2)
      guard variance > 0 else { return nil }
      let skewness = moment(3) / (variance * variance.squareRoot())
      let excess = moment(4) / (variance * variance) - 3
      let pairs = zip(all, all.dropFirst()).filter { $0.isFinite && $1.isFinite }
      let products = pairs.reduce(0.0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
      let jarqueBera = count / 6 * (skewness * skewness + excess * excess / 4)
      return Summary(
        count: there.count, mean: mean, variance: variance,
        autocorrelation: products / (count * variance), jarqueBera: jarqueBera,
        pValue: exponential(-jarqueBera / 2))
    }
  }
}

extension HiddenMarkovModel where E: ForecastableEmission {
  /// How surprising each cell is given the rows before it.
  ///
  /// - Parameters:
  ///   - data: rows × columns, sequences one after another.
  ///   - lengths: The rows of each sequence; nil is one sequence.
  ///   - execution: How the work is carried out.
  /// - Throws: As ``filtered(_:lengths:execution:)``.
  /// - Complexity: O(rows · states · (states + columns)).
  public func pseudoResiduals(
    of data: some RowSource, lengths: [Int]? = nil, execution: Execution = .serial
  ) throws -> PseudoResiduals {
    try emission.pseudoResiduals(
      of: data, lengths: lengths,
      predicted: filtered(data, lengths: lengths, execution: execution).predicted,
      execution: execution)
  }
}

extension HiddenSemiMarkovModel where E: ForecastableEmission {
  /// How surprising each cell is given the rows before it.
  ///
  /// - Parameters:
  ///   - data: rows × columns, sequences one after another.
  ///   - lengths: The rows of each sequence; nil is one sequence.
  ///   - execution: How the work is carried out.
  /// - Throws: As ``filtered(_:lengths:execution:)``.
  /// - Complexity: O(rows · states · (states + longest duration + columns)).
  public func pseudoResiduals(
    of data: some RowSource, lengths: [Int]? = nil, execution: Execution = .serial
  ) throws -> PseudoResiduals {
    try emission.pseudoResiduals(
      of: data, lengths: lengths,
      predicted: filtered(data, lengths: lengths, execution: execution).predicted,
      execution: execution)
  }
}

extension ForecastableEmission {
  /// How surprising each cell is.
  ///
  /// - Parameter predicted: p(state | rows before) of every row, rows × states.
  fileprivate func pseudoResiduals(
    of data: some RowSource, lengths: [Int]?, predicted: NDArray<Double>, execution: Execution
  ) throws -> PseudoResiduals {
    let plan = try FramePlan(frames: data.rowCount, lengths: lengths, states: stateCount)
    let columns = data.columnCount
    let rows = EmissionRows(data, plan)
    let blocks = FramePlan.blocks(0..<data.rowCount)
    let parts = try execution.map(blocks.count) { index in
      var cells: [(Double, Double, Double)] = []
      try rows.read(blocks[index], context: contextLength) { window in
        for row in 0..<window.count {
          let shares = predicted.row(window.firstRow + row).elements
          let reach = min(contextLength, window.history + row)
          let previous = (row - reach..<row).map { earlier in
            (0..<columns).map { window[earlier, $0] }
          }
          for column in 0..<columns {
            cells.append(residual(window[row, column], column, shares, previous))
          }
        }
      }
      return cells
    }
    let cells = parts.flatMap { $0 }
    let shape = [data.rowCount, columns]
    return PseudoResiduals(
      values: NDArray(cells.map(\.0), shape: shape), lower: NDArray(cells.map(\.1), shape: shape),
      upper: NDArray(cells.map(\.2), shape: shape))
  }

  private func residual(
    _ value: Double, _ column: Int, _ shares: [Double], _ previous: [[Double]]
  ) -> (Double, Double, Double) {
    guard value.isFinite else { return (.nan, .nan, .nan) }
    func cumulative(_ value: Double) -> Double {
      shares.indices.reduce(0.0) { sum, state in
        guard shares[state] > 0 else { return sum }
        let own = cumulativeProbability(
          of: value, column: column, state: state, after: previous)
        return sum + shares[state] * (own ?? .nan)
      }
    }
    // Beyond eight standard deviations probabilities can no longer be told from 0 and 1.
    func normal(_ p: Double) -> Double {
      p.isNaN ? .nan : min(max(normalQuantile(p), -8.2), 8.2)
    }
    let upper = cumulative(value)
    guard isDiscrete(column) else {
      let residual = normal(upper)
      return (residual, residual, residual)
    }
    let lower = value <= lowest(column) ? 0 : cumulative(value - 1)
    return (normal((lower + upper) / 2), normal(lower), normal(upper))
  }
}
