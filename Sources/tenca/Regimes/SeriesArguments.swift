// A conformance of a public type is public, and so must be the imports that it needs.
public import ArgumentParser
public import TencaFormats
public import TencaRegimes

extension Returns: ExpressibleByArgument {}
extension Resampling: ExpressibleByArgument {}
extension DateOrder: ExpressibleByArgument {}
extension NumberStyle: ExpressibleByArgument {}

/// How a series stands in a table, and what a model sees of it.
struct SeriesArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      The columns of values, separated by commas. Default: the first there is of Close, Price, Last, \
      Value and Adj Close, or the only column of numbers.
      """, valueName: "a,b,…"))
  var column: String?

  @Option(
    help: ArgumentHelp(
      "The column of dates. Default: the first that holds dates; without one, rows are numbered.",
      valueName: "column"))
  var date: String?

  @Option(
    help: """
      What the model sees: log or simple returns, the difference from the price before, or none, the \
      values as they are.
      """)
  var returns = Returns.log

  @Option(help: "Take the last value of each week, month, quarter or year, before returns.")
  var resample: Resampling?

  @Option(
    help: ArgumentHelp(
      "Columns that are carried along as they are, separated by commas.", valueName: "a,b,…"))
  var exog: String?

  @Option(help: "What comes first in dates such as 03/01/2018. Default: what the column tells.")
  var dateOrder: DateOrder?

  @Option(help: "The decimal sign of numbers. Default: what the column tells.")
  var decimal: NumberStyle?

  func validate() throws {
    for (option, list) in [("--column", column), ("--exog", exog)] {
      if let list, Self.names(list).contains("") || list.isEmpty {
        throw ValidationError("\(option) '\(list)': names of columns, separated by commas.")
      }
    }
  }

  /// The series in the table at a path; `-` is standard input.
  ///
  /// Of days, those without any value are left out, as holidays; one row of each stretch is taken where
  /// resampling is wanted, and then returns. All of it is in the series' report.
  ///
  /// - Parameter others: Columns that are carried along besides those of `--exog`.
  /// - Throws: `FormatError` and `RegimesError`, which name the line, row or date.
  func series(_ path: String, carrying others: [String] = []) throws -> DatedSeries {
    try prices(path, carrying: others).returns(returns)
  }

  /// The same before returns are taken.
  func prices(_ path: String, carrying others: [String] = []) throws -> DatedSeries {
    var choices = DatedColumns.Choices()
    choices.columns = column.map(Self.names)
    choices.date = date
    choices.exogenous = exogenousNames + others.filter { !exogenousNames.contains($0) }
    choices.dateOrder = dateOrder
    choices.decimal = decimal
    let read = try DatedColumns(FoundTable(path: path), choices)
    let all = try DatedSeries(
      name: read.path, dates: read.dates, columns: read.columns, values: read.values,
      exogenousColumns: read.exogenousColumns, exogenous: read.exogenous,
      notes: read.notes.map(SeriesNote.init))
    let isDaily = all.usualStepInDays.map { $0 < 7 } ?? false
    let known = isDaily ? all.withoutMissingRows() : all
    return try resample.map { try known.resampled($0) } ?? known
  }

  /// The columns of `--exog`.
  var exogenousNames: [String] { exog.map(Self.names) ?? [] }

  /// The names in a list.
  static func names(_ list: String) -> [String] {
    list.split(separator: ",", omittingEmptySubsequences: false).map { name in
      String(name.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }
}

extension SeriesNote {
  /// A note on the reading of a table, with the option that decides otherwise.
  fileprivate init(_ note: TableNote) {
    let option =
      switch note.kind {
      case .dateOrder: " (--date-order)"
      case .decimalSign: " (--decimal)"
      case .chosenColumn: " (--column)"
      default: ""
      }
    self.init(
      kind: note.kind.rawValue, count: note.count, place: note.line.map { "line \($0)" },
      note.description + option)
  }
}
