internal import FoundationEssentials
internal import TencaFormats
internal import TencaNumerics
internal import TencaRegimes

/// Every row of a series with its regimes, as a file.
struct RegimeRows {
  private let analysis: RegimeAnalysis
  private let walk: WalkForward?
  private let labels: [String]

  init(_ analysis: RegimeAnalysis, walk: WalkForward?, labels: [String]) {
    (self.analysis, self.walk, self.labels) = (analysis, walk, labels)
  }

  private var columns: [String] {
    let series = analysis.series
    let names = series.columns
    return (series.dates == nil ? ["row"] : ["date"])
      + (series.returns == .none ? names : names + names.map { "return(\($0))" })
      + labels.map { "filtered(\($0))" } + labels.map { "smoothed(\($0))" } + ["viterbi"]
      + ["volatility"] + (walk == nil ? [] : labels.map { "walkForward(\($0))" })
  }

  /// Writes a table, or JSON where the path ends in .json; `-` is a table on standard output. Rows that
  /// have no lags, or none before them to learn from, have empty cells.
  func write(to path: String) throws {
    guard URL(fileURLWithPath: path).pathExtension.lowercased() == "json" else {
      return try RowOutput.write(to: path, columns: columns) { writer in
        for row in 0..<analysis.series.count { try writer.append(cells(row)) }
      }
    }
    let text = try JSONText.encode(Rows(self))
    try ReplacingFile.write(Array((text + "\n").utf8), to: path)
  }

  private func cells(_ row: Int) -> [String] {
    let series = analysis.series
    func text(_ values: [Double]) -> [String] { values.map { $0.isFinite ? "\($0)" : "" } }
    var cells = [series.dates == nil ? "\(series.rowNumbers[row])" : series.label(row)]
    if series.returns != .none { cells += text(series.levels.row(row).elements) }
    cells += text(series.values.row(row).elements)
    let answers = analysis.probabilities
    if analysis.rows.contains(row) {
      let place = row - analysis.rows.lowerBound
      cells += text(answers.filtered.row(place).elements)
      cells += text(answers.smoothed.row(place).elements)
      cells.append(labels[answers.path[place]])
      cells += text([analysis.predictions[0][place].deviation])
    } else {
      cells += [String](repeating: "", count: 2 * labels.count + 2)
    }
    guard let walk else { return cells }
    return cells
      + (walk.rows.contains(row)
        ? text(walk.filtered.row(row - walk.rows.lowerBound).elements)
        : [String](repeating: "", count: labels.count))
  }

  /// The rows for programs.
  private struct Rows: Encodable {
    let labels: [String]
    let dates: [String]
    let filtered: [[Double]]
    let smoothed: [[Double]]
    let viterbi: [String]
    let volatility: [Double]
    let walkForward: [[Double]]?
    let walkForwardDates: [String]?

    init(_ rows: RegimeRows) {
      let (analysis, answers) = (rows.analysis, rows.analysis.probabilities)
      labels = rows.labels
      dates = analysis.rows.map { analysis.series.label($0) }
      filtered = (0..<answers.filtered.rows).map { answers.filtered.row($0).elements }
      smoothed = (0..<answers.smoothed.rows).map { answers.smoothed.row($0).elements }
      viterbi = answers.path.map { rows.labels[$0] }
      volatility = analysis.conditionalVolatility
      walkForward = rows.walk.map { walk in
        (0..<walk.filtered.rows).map { walk.filtered.row($0).elements }
      }
      walkForwardDates = rows.walk.map { $0.rows.map { analysis.series.label($0) } }
    }
  }
}
