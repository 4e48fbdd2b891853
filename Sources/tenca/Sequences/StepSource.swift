internal import TencaFormats
internal import TencaMarkov
internal import TencaNumerics

/// The columns of a table that its steps follow.
enum StepSource {
  /// Times, as numbers or as dates, which are counted in days.
  case times(String)
  /// Numbers that steer the step from their row to the next.
  case covariates([String])

  /// What the steps of a model follow; nil where they are all alike.
  ///
  /// - Parameter time: A column of times under another name than the model's.
  init?(_ model: SequenceModel, time: String?) {
    guard let steps = model.steps else { return nil }
    switch steps.law {
    case .rates: self = .times(time ?? steps.columns[0])
    case .logistic: self = .covariates(steps.columns)
    }
  }

  var columns: [String] {
    switch self {
    case .times(let column): [column]
    case .covariates(let columns): columns
    }
  }
}

extension SequenceTable {
  /// What the steps of the rows depend on.
  ///
  /// - Parameters:
  ///   - table: Holds the rows.
  ///   - order: Which row of the table is which here.
  /// - Throws: `FormatError` naming the row of a cell that is missing or none of its kind, and of a time
  ///   before that of the row above.
  func conditions(
    _ table: CSVTable, _ source: StepSource, order: [Int]
  ) throws -> StepConditions {
    switch source {
    case .times(let column):
      let cells = try table.column(column)
      let times = try ascendingTimes(order.map { cells[$0] }, column: column)
      return try StepConditions(times: times, lengths: lengths)
    case .covariates(let columns):
      let found = try table.matrix(columns, missing: .nan)
      let rows = try SelectedRows(order, of: found).block(0..<order.count)
      if let bad = rows.elements.firstIndex(where: \.isNaN) {
        throw FormatError.unsupported(
          path: path,
          problem:
            "\(place(ofRow: bad / columns.count)) of column '\(columns[bad % columns.count])' "
            + "is empty, and steps cannot follow what is not known",
          remedy: "Fill it, or leave the row out")
      }
      return .covariates(rows)
    }
  }

  /// The time of each row, which never falls within a sequence.
  private func ascendingTimes(_ cells: [String], column: String) throws -> [Double] {
    let times = try Self.times(cells, path: path) { "\(place(ofRow: $0)) of column '\(column)'" }
    for sequence in sequences {
      for row in sequence.range.dropFirst() where times[row] < times[row - 1] {
        throw FormatError.unsupported(
          path: path,
          problem: "\(place(ofRow: row)) of column '\(column)' is '\(cells[row])', before "
            + "'\(cells[row - 1])' in the row above",
          remedy: "Sort the rows by time, or tell sequences apart with --group")
      }
    }
    return times
  }

  /// Numbers, or dates in days since 1970 and a time of day in parts of a day.
  private static func times(
    _ cells: [String], path: String, place: (Int) -> String
  ) throws -> [Double] {
    let numbers = cells.map { cell in number(cell).flatMap { $0.isFinite ? $0 : nil } }
    let style =
      numbers.count(where: { $0 != nil }) * 2 < cells.count
      ? DateStyle.detect(in: cells) : nil
    if style?.isAmbiguous == true {
      throw FormatError.unsupported(
        path: path,
        problem:
          "\(place(0)) is '\(cells[0])', and nothing tells whether the day or the month comes first",
        remedy: "Write dates as 2018-03-01")
    }
    return try cells.indices.map { row in
      let time =
        style.map { style in
          style.date(cells[row]).map { Double($0.dayNumber) + Double($0.secondOfDay) / 86_400 }
        } ?? numbers[row]
      guard let time else {
        throw FormatError.unsupported(
          path: path,
          problem: cells[row].isEmpty
            ? "\(place(row)) is empty"
            : "\(place(row)) is '\(cells[row])', no \(style == nil ? "finite number" : "date like the others")",
          remedy: "Give every row its time, as a number or as 2018-03-01 or 2018-03-01T09:30:00")
      }
      return time
    }
  }
}
