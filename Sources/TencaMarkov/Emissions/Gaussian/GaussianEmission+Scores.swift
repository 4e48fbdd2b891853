internal import TencaMixture
internal import TencaNumerics

extension GaussianEmission {
  /// Rows go through matrix products of one shape, the last ones padded, so that a row's numbers do
  /// not depend on its neighbours.
  private static let chunk = 64

  /// Writes ln p(row | state) of every row in every state, rows × states.
  public func writeLogLikelihoods(
    of rows: RowWindow, into target: UnsafeMutablePointer<Double>
  ) throws {
    let (columns, gaussians, states) = (columnCount, meanVectors.rows, stateCount)
    let buffers = ScoringBuffers(chunk: Self.chunk, parameters: parameters)
    for first in stride(from: 0, to: rows.count, by: Self.chunk) {
      let size = min(Self.chunk, rows.count - first)
      buffers.values.update(from: rows.values + first * columns, count: size * columns)
      for row in size..<Self.chunk {
        (buffers.values + row * columns).update(from: buffers.values, count: columns)
      }
      frame.enter(buffers.values, count: Self.chunk)
      buffers.score(Self.chunk, by: parameters)
      // One sum tells whether any of them is NaN or infinite.
      var sum = 0.0
      for index in 0..<size * gaussians { sum += buffers.terms[index] }
      if !sum.isFinite { try scoreAlone(rows, first, size, buffers) }
      let output = target + first * states
      if componentsPerState == 1 {
        output.update(from: buffers.terms, count: size * states)
      } else {
        Double._logSumExpRows(
          buffers.terms, output, count: size * states, width: componentsPerState)
      }
      if sum.isFinite { for index in 0..<size * states { output[index] += frame.logVolume } }
      // Rows that lack cells have a volume of their own, which is in their terms already.
      if !sum.isFinite { addVolumes(rows, first, size, output) }
    }
  }

  /// Scores rows that lack cells, or whose squares overflowed, by differences.
  private func scoreAlone(
    _ rows: RowWindow, _ first: Int, _ size: Int, _ buffers: borrowing ScoringBuffers<Double>
  ) throws {
    let (columns, gaussians) = (columnCount, meanVectors.rows)
    var lacking: [IncompleteRows.Row] = []
    for row in 0..<size {
      let terms = UnsafeBufferPointer(start: buffers.terms + row * gaussians, count: gaussians)
      if terms.allSatisfy(\.isFinite) { continue }
      try requireNumbers(rows, first + row)
      let values = (0..<columns).map { buffers.values[row * columns + $0] }
      lacking.append(.init(values: values, weight: 1, index: row))
    }
    for group in incomplete.groups(lacking) {
      for row in group.rows {
        for (index, component) in group.components.enumerated() {
          buffers.terms[row.index * gaussians + index] = component.logDensity(row.values)
        }
      }
    }
  }

  /// Adds ln |dz/dx| over the cells that each row has.
  private func addVolumes(
    _ rows: RowWindow, _ first: Int, _ size: Int, _ output: UnsafeMutablePointer<Double>
  ) {
    for row in 0..<size {
      let volume = (0..<columnCount).reduce(0.0) { sum, column in
        rows[first + row, column].isNaN ? sum : sum + logarithm(frame.scales[column])
      }
      for state in 0..<stateCount { output[row * stateCount + state] += volume }
    }
  }

  /// - Throws: ``MarkovError/invalidValue(row:column:value:limit:)`` for an infinite cell.
  private func requireNumbers(_ rows: RowWindow, _ row: Int) throws {
    for column in 0..<columnCount where rows[row, column].isInfinite {
      throw MarkovError.invalidValue(
        row: rows.firstRow + row, column: column, value: rows[row, column],
        limit: "a finite number, or NaN where it is missing")
    }
  }
}
