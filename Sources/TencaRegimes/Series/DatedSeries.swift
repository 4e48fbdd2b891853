public import TencaNumerics

/// A series: rows in order of time, each with a date or a number, and columns of values.
///
/// ```swift
/// let prices = try DatedSeries(name: "prices.csv", dates: dates, columns: ["Close"], values: closes)
/// let weekly = try prices.resampled(.weekly).returns(.log)
/// weekly.returns.price(after: weekly.lastLevel(), value: 0.01)
/// ```
public struct DatedSeries: Sendable, Equatable {
  /// What messages call it.
  public let name: String
  /// The date of each row, ascending, none twice; nil where rows are numbered.
  public let dates: [CalendarDate]?
  /// The number of each row in the table that it came from, from 1.
  public let rowNumbers: [Int]
  /// The names of the columns of values.
  public let columns: [String]
  /// The values, rows × columns; NaN where one is missing.
  public let values: NDArray<Double>
  /// The names of the columns that are carried along.
  public let exogenousColumns: [String]
  /// Their values, rows × columns, those of the same dates as ``values``; NaN where one is missing.
  public let exogenous: NDArray<Double>
  /// What ``values`` are of ``levels``.
  public let returns: Returns
  /// The prices, or other levels, at each row, rows × columns; as ``values`` for ``Returns/none``.
  public let levels: NDArray<Double>
  /// What was done to the series.
  public let report: SeriesReport

  /// A series that is made already.
  init(
    like other: DatedSeries, dates: [CalendarDate]?, rowNumbers: [Int], values: NDArray<Double>,
    exogenous: NDArray<Double>, returns: Returns = .none, levels: NDArray<Double>? = nil,
    notes: [SeriesNote]
  ) {
    (name, columns, exogenousColumns) = (other.name, other.columns, other.exogenousColumns)
    (self.dates, self.rowNumbers, self.values) = (dates, rowNumbers, values)
    (self.exogenous, self.returns, self.levels) = (exogenous, returns, levels ?? values)
    report = SeriesReport(other.report.notes + notes)
  }

  private init(
    name: String, dates: [CalendarDate]?, rowNumbers: [Int], columns: [String],
    values: NDArray<Double>, exogenousColumns: [String], exogenous: NDArray<Double>,
    report: SeriesReport
  ) {
    (self.name, self.dates, self.rowNumbers, self.columns) = (name, dates, rowNumbers, columns)
    (self.values, self.levels, self.returns) = (values, values, .none)
    (self.exogenousColumns, self.exogenous, self.report) = (exogenousColumns, exogenous, report)
  }
}

extension DatedSeries {
  /// Makes a series of rows in any order.
  ///
  /// Rows are sorted by their dates. Of rows with one date the last is kept; that rows differed is
  /// noted. Nothing is filled in: days that are not there are not there.
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
              : "rows were not in order of their dates and were sorted; \(moved) of them are earlier "
                + "than the row before"))
      }
      let cells = { (row: Int) in values.row(row).elements + exogenous.row(row).elements }
      order = Self.merged(inOrder, dates, cells: cells, notes: &notes)
    }
    self.init(
      name: name, dates: dates.map { dates in order.map { dates[$0] } },
      rowNumbers: order.map { $0 + 1 }, columns: columns, values: Self.rows(order, of: values),
      exogenousColumns: exogenousColumns, exogenous: Self.rows(order, of: exogenous),
      report: SeriesReport(notes))
    try requireValues()
  }

  /// Keeps the last of rows with one date.
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
      kept[kept.count - 1] = row
    }
    if let first = same.first {
      notes.append(
        SeriesNote(
          kind: "repeatedRows", count: same.count, place: "\(first)",
          "\(same.count) rows repeat another of the same date and were left out, the first of "
            + "\(first)"))
    }
    if let first = differing.first {
      notes.append(
        SeriesNote(
          kind: "differingRows", count: differing.count, place: "\(first)",
          "\(differing.count) rows have the date of another with other values, the first of \(first); "
            + "the last of each was kept"))
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

extension DatedSeries {
  /// How many rows there are.
  public var count: Int { rowNumbers.count }

  /// What a row is called: its date, or "row 12".
  public func label(_ row: Int) -> String {
    dates.map { "\($0[row])" } ?? "row \(rowNumbers[row])"
  }

  /// The last level of a column that is known.
  public func lastLevel(column: Int = 0) -> Double {
    levels.column(column).elements.last { !$0.isNaN } ?? .nan
  }

  /// The series without the rows in which every value is missing, such as holidays in some tables.
  ///
  /// A model takes each row for a step of time: without these rows, its steps are the days that have
  /// values.
  public func withoutMissingRows() -> DatedSeries {
    let kept = (0..<count).filter { row in !values.row(row).elements.allSatisfy(\.isNaN) }
    guard kept.count < count else { return self }
    let first = (0..<count).first { $0 == kept.count || kept[$0] != $0 }!
    let note = SeriesNote(
      kind: "missingRows", count: count - kept.count, place: label(first),
      "\(count - kept.count) rows without a value were left out, the first of \(label(first))")
    return selecting(kept, notes: [note])
  }

  /// The rows of a range, with all that was done to them.
  public func rows(_ range: Range<Int>) -> DatedSeries { selecting(Array(range), notes: []) }

  private func selecting(_ kept: [Int], notes: [SeriesNote]) -> DatedSeries {
    DatedSeries(
      like: self, dates: dates.map { dates in kept.map { dates[$0] } },
      rowNumbers: kept.map { rowNumbers[$0] }, values: Self.rows(kept, of: values),
      exogenous: Self.rows(kept, of: exogenous), returns: returns,
      levels: Self.rows(kept, of: levels), notes: notes)
  }
}
