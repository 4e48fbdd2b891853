public import TencaNumerics

extension DatedSeries {
  /// Makes a series of rows in any order.
  ///
  /// Rows are sorted by their dates. Of rows with one date the last that has a value is kept; that
  /// rows differed is noted. Nothing is filled in: days that are not there are not there.
  ///
  /// - Parameters:
  ///   - name: What messages call it.
  ///   - dates: The date of each row; nil for rows that are in order and have no dates.
  ///   - columns: The names of the columns of values.
  ///   - values: rows × columns, finite, or NaN where a value is missing.
  ///   - exogenousColumns: The names of columns that are carried along.
  ///   - exogenous: rows × columns, as `values`; nil for none.
  ///   - notes: What was done to the rows before.
  /// - Throws: ``RegimesError/unfitSeries(place:problem:remedy:)`` where no row is left, a column has
  ///   no value at all, or a value is infinite.
  /// - Precondition: Shapes and counts fit.
  /// - Complexity: O(rows · (log rows + columns)).
  public init(
    name: String, dates: [CalendarDate]?, columns: [String], values: NDArray<Double>,
    exogenousColumns: [String] = [], exogenous: NDArray<Double>? = nil, notes: [SeriesNote] = []
  ) throws {
    let exogenous = exogenous ?? NDArray(zeros: [values.rows, 0])
    precondition(values.columns == columns.count, "\(columns.count) names for \(values.shape)")
    precondition(exogenous.shape == [values.rows, exogenousColumns.count], "exogenous columns")
    precondition(dates.map { $0.count == values.rows } ?? true, "a date for every row")
    let count = values.rows
    guard count > 0 else {
      throw RegimesError.unfitSeries(
        place: name, problem: "the series has no rows", remedy: "Give one with some")
    }
    var order = Array(0..<count)
    var notes = notes
    if let dates {
      let inOrder = order.sorted { (dates[$0], $0) < (dates[$1], $1) }
      if let first = zip(order, inOrder).first(where: { $0 != $1 }) {
        let moved = zip(dates, dates.dropFirst()).filter { $0 > $1 }.count
        let isReversed = zip(dates, dates.dropFirst()).allSatisfy { $0 >= $1 }
        notes.append(
          SeriesNote(
            kind: "sorted", count: count, place: "row \(first.0 + 1)",
            isReversed
              ? "rows were newest first; they were turned round"
              : "rows were sorted by their dates; earlier than the row before: \(moved)"))
      }
      let cells = { (row: Int) in values.row(row).elements + exogenous.row(row).elements }
      order = Self.merged(inOrder, dates, cells: cells, notes: &notes)
    }
    self.init(
      ordered: name, dates: dates.map { dates in order.map { dates[$0] } },
      rowNumbers: order.map { $0 + 1 }, columns: columns, values: Self.rows(order, of: values),
      exogenousColumns: exogenousColumns, exogenous: Self.rows(order, of: exogenous),
      report: SeriesReport(notes))
    try requireValues()
  }

  /// Keeps the last of rows with one date that has a value.
  private static func merged(
    _ order: [Int], _ dates: [CalendarDate], cells: (Int) -> [Double], notes: inout [SeriesNote]
  ) -> [Int] {
    var (kept, same, differing) = ([Int](), [CalendarDate](), [CalendarDate]())
    for row in order {
      guard let last = kept.last, dates[last] == dates[row] else {
        kept.append(row)
        continue
      }
      // NaN equals NaN here: both are missing.
      let isSame = zip(cells(last), cells(row)).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
      if isSame { same.append(dates[row]) } else { differing.append(dates[row]) }
      if !cells(row).allSatisfy(\.isNaN) { kept[kept.count - 1] = row }
    }
    if let first = same.first {
      notes.append(
        SeriesNote(
          kind: "repeatedRows", count: same.count, place: "\(first)",
          "rows left out that repeat another: \(same.count), the first of \(first)"))
    }
    if let first = differing.first {
      notes.append(
        SeriesNote(
          kind: "differingRows", count: differing.count, place: "\(first)",
          "rows left out for another of the same date with other values: \(differing.count), the first "
            + "of \(first)"))
    }
    return kept
  }

  static func rows(_ order: [Int], of matrix: NDArray<Double>) -> NDArray<Double> {
    NDArray(order.flatMap { matrix.row($0).elements }, shape: [order.count, matrix.columns])
  }

  private func requireValues() throws {
    for (matrix, names) in [(values, columns), (exogenous, exogenousColumns)] {
      for (column, name) in names.enumerated() {
        let cells = matrix.column(column).elements
        if let row = cells.firstIndex(where: \.isInfinite) {
          throw RegimesError.unfitSeries(
            place: "\(self.name), \(label(row))",
            problem: "column '\(name)' is \(cells[row]), which is no finite number",
            remedy: "Correct it, or leave the cell empty")
        }
        if cells.allSatisfy(\.isNaN) {
          throw RegimesError.unfitSeries(
            place: self.name, problem: "column '\(name)' has no value at all",
            remedy: "Choose another column")
        }
      }
    }
  }
}
