public import TencaNumerics

/// A series: rows in order of time, each with a date or a number, and columns of values.
///
/// ```swift
/// let prices = try DatedSeries(name: "prices.csv", dates: dates, columns: ["Close"], values: closes)
/// let weekly = try prices.resampled(.weekly).returns(.log)
/// weekly.returns.price(after: weekly.lastLevel(), return: 0.01)
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

  /// A series of rows in order.
  init(
    ordered name: String, dates: [CalendarDate]?, rowNumbers: [Int], columns: [String],
    values: NDArray<Double>, exogenousColumns: [String], exogenous: NDArray<Double>,
    report: SeriesReport
  ) {
    (self.name, self.dates, self.rowNumbers, self.columns) = (name, dates, rowNumbers, columns)
    (self.values, self.levels, self.returns) = (values, values, .none)
    (self.exogenousColumns, self.exogenous, self.report) = (exogenousColumns, exogenous, report)
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
  /// A model takes each row for a step of time: without these rows, the steps of a daily series are the
  /// days that have values. A month or a quarter without a value is a step all the same.
  public func withoutMissingRows() -> DatedSeries {
    let kept = (0..<count).filter { row in !values.row(row).elements.allSatisfy(\.isNaN) }
    guard kept.count < count else { return self }
    let first = (0..<count).first { $0 == kept.count || kept[$0] != $0 }!
    let note = SeriesNote(
      kind: "missingRows", count: count - kept.count, place: label(first),
      "rows left out without a value: \(count - kept.count), the first \(label(first))")
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
