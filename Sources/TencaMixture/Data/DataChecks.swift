internal import TencaNumerics

extension RowSource {
  /// - Throws: ``MixtureError/wrongColumns(expected:actual:)`` unless there are that many columns.
  func requireColumns(_ expected: Int) throws {
    guard columnCount == expected else {
      throw MixtureError.wrongColumns(expected: expected, actual: columnCount)
    }
  }

  /// - Throws: ``MixtureError/notFinite(row:column:value:)`` for the first number of some rows that
  ///   is not.
  func requireFinite(_ rows: Range<Int>, missing: MissingCells = .refused) throws {
    var values = [Double](repeating: 0, count: rows.count * columnCount)
    try readRows(rows, into: &values)
    try values.withUnsafeBufferPointer {
      try TencaMixture.requireFinite(
        $0, columns: columnCount, firstRow: rows.lowerBound, missing: missing)
    }
  }
}

/// - Parameter values: Rows of `columns` numbers, the first of which is row `firstRow`.
/// - Throws: ``MixtureError/notFinite(row:column:value:)`` for the first number that is not.
func requireFinite(
  _ values: UnsafeBufferPointer<Double>, columns: Int, firstRow: Int,
  missing: MissingCells = .refused
) throws {
  let bad = values.firstIndex { !$0.isFinite && !($0.isNaN && missing == .marginalized) }
  guard let bad else { return }
  throw MixtureError.notFinite(
    row: firstRow + bad / columns, column: bad % columns, value: values[bad])
}
