public import TencaNumerics

/// Columns of numbers with the dates of their rows, from a table as people have it.
///
/// Numbers may have decimal points or commas, thousands in groups and currency or percent signs
/// (``NumberStyle``); dates may be written in many ways (``DateStyle``); cells may be missing. Rows
/// stay in the order of the table.
public struct DatedColumns: Sendable {
  /// What to take, and how to read what does not tell by itself; nil to find out.
  public struct Choices: Sendable {
    /// The columns of values.
    public var columns: [String]?
    /// The column of dates.
    public var date: String?
    /// Columns that are carried along.
    public var exogenous: [String] = []
    /// What comes first in dates such as 03/01/2018.
    public var dateOrder: DateOrder?
    /// Whether a comma or a point parts the decimals.
    public var decimal: NumberStyle?

    /// Nothing is known.
    public init() {}
  }

  /// What messages call the table.
  public let path: String
  /// The date of each row; nil where no column holds dates.
  public let dates: [CalendarDate]?
  /// How much the dates say.
  public let precision: DatePrecision?
  /// The columns of values.
  public let columns: [String]
  /// The values, rows × columns; NaN where a cell is missing.
  public let values: NDArray<Double>
  /// The columns that are carried along.
  public let exogenousColumns: [String]
  /// Their values, rows × columns; NaN where a cell is missing.
  public let exogenous: NDArray<Double>
  /// The line of the file on which each row starts, from 1.
  public let lines: [Int]
  /// What was done to the table.
  public let notes: [TableNote]

  /// Takes columns of a table.
  ///
  /// Columns are found by their names, in any case where no name is quite the same. Without
  /// `choices.columns` the value is the first there is of "Close", "Close/Last", "Price", "Last",
  /// "Value", "Adj Close" and words for these in other languages, or else the only column of numbers. Without `choices.date` the dates
  /// are in the first column that is named like dates and holds them, or else in the first that
  /// holds them.
  ///
  /// - Throws: ``FormatError``: for a column that is not there or is named twice, and a cell that is no number or date,
  ///   by its line.
  /// - Complexity: O(cells).
  public init(_ found: FoundTable, _ choices: Choices = Choices()) throws {
    var reader = ColumnReader(found, choices)
    let dates = try reader.dates()
    let columns = try reader.valueColumns(beside: dates?.columns ?? [])
    let exogenous = try choices.exogenous.map { try reader.index(of: $0) }
    try reader.requireDistinct(columns + exogenous)
    values = try reader.matrix(columns)
    self.exogenous = try reader.matrix(exogenous)
    self.columns = columns.map { found.table.columns[$0] }
    exogenousColumns = exogenous.map { found.table.columns[$0] }
    path = found.table.path
    lines = found.table.lines
    self.dates = dates?.dates
    precision = dates?.precision
    notes = found.notes + reader.notes
  }
}
