internal import TencaFormats
internal import TencaMarkov
internal import TencaNumerics

/// What is expected after the last row of every sequence.
struct SequenceForecast {
  let model: SequenceModel
  /// One a sequence.
  let forecasts: [Forecast]
  private let names: [String]
  /// The time from row to row ahead; nil where steps do not follow time.
  private let gap: Double?
  /// What the last row of each sequence holds in the columns that steps follow, and all rows ahead with
  /// it; nil where they follow none.
  private let held: [[Double]]?

  /// - Parameter gap: The time from row to row ahead; nil takes the median of the table's.
  init(
    _ model: SequenceModel, _ table: SequenceTable, steps: Int, gap: Double?, levels: [Double],
    execution: Execution
  ) throws {
    self.gap = table.conditions.flatMap { conditions in
      model.usualGap(of: conditions).map { gap ?? $0 }
    }
    if case .covariates(let rows) = table.conditions {
      held = table.sequences.map { rows.row($0.range.upperBound - 1).elements }
    } else {
      held = nil
    }
    self.model = model
    names = table.sequences.map(\.name)
    forecasts = try table.namingPlaces {
      try model.forecasts(
        after: table.rows, lengths: table.lengths, steps: steps, levels: levels,
        over: table.conditions, gap: gap, execution: execution)
    }
  }

  /// Symbols have numbers, but neither means nor quantiles.
  private var columns: [String] { model.symbols == nil ? model.columns : [] }

  /// Writes a line for every row ahead, to a file or standard output (`-`).
  func writeTable(to path: String) throws {
    let hasNames = names.contains { !$0.isEmpty }
    let levels = forecasts[0].levels
    let headings = columns.flatMap { column in
      ["mean(\(column))", "deviation(\(column))"]
        + levels.map { "q\($0)(\(column))" }
    }
    try RowOutput.write(
      to: path,
      columns: (hasNames ? ["sequence"] : []) + ["step"] + model.states.map { "p(\($0))" }
        + headings
    ) { writer in
      for (name, forecast) in zip(names, forecasts) {
        for step in 0..<forecast.states.rows {
          let cells = columns.indices.flatMap { column in
            [forecast.means[step, column], forecast.variances[step, column].squareRoot()]
              + forecast.quantiles.row(step).row(column).elements
          }
          try writer.append(
            (hasNames ? [name] : []) + ["\(step + 1)"],
            numbers: forecast.states.row(step).elements + cells)
        }
      }
    }
  }

  /// The same for programs.
  var report: [SequenceReport] {
    zip(names, forecasts).enumerated().map { index, pair in
      let (name, forecast) = pair
      return SequenceReport(
        name: name, states: model.states, columns: columns, levels: forecast.levels,
        draws: forecast.draws, stepSize: gap,
        heldCovariates: held.map { held in
          Dictionary(uniqueKeysWithValues: zip(model.steps?.columns ?? [], held[index]))
        },
        steps: (0..<forecast.states.rows).map { step in
          Step(
            states: forecast.states.row(step).elements,
            means: columns.indices.map { forecast.means[step, $0] },
            deviations: columns.indices.map { forecast.variances[step, $0].squareRoot() },
            quantiles: columns.indices.map { forecast.quantiles.row(step).row($0).elements })
        })
    }
  }

  struct SequenceReport: Encodable {
    let name: String
    let states: [String]
    let columns: [String]
    let levels: [Double]
    let draws: Int?
    /// The time from row to row ahead, where steps follow time.
    let stepSize: Double?
    /// What rows ahead are taken to hold in the columns that steps follow: what the last row does.
    let heldCovariates: [String: Double]?
    let steps: [Step]
  }

  struct Step: Encodable {
    let states: [Double]
    let means: [Double]
    let deviations: [Double]
    /// A list of levels for every column.
    let quantiles: [[Double]]
  }
}
