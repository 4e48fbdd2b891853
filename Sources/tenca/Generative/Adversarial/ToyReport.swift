internal import TencaFormats
internal import TencaGenerative

/// What became of every play.
struct ToyReport: TableReport {
  struct Row: Encodable {
    let play: String
    let seed: UInt64
    let coverage: ModeCoverage
    let seconds: Double

    /// In a line.
    var words: String {
      let good = percent(coverage.goodShare)
      return "\(play), seed \(seed): \(coverage.covered) of \(coverage.modes) modes, \(good) good"
    }
  }

  let points: ToyDistribution
  let steps: Int
  let batch: Int
  /// The decay of the moving average that makes the points.
  let average: Double
  /// One a play, in order.
  let settings: [PlaySettings]
  /// One a play and seed.
  let rows: [Row]

  var text: String {
    var table = TextTable([
      ("play", .left), ("seed", .right), ("modes", .right), ("good", .right), ("seconds", .right),
    ])
    for row in rows {
      table.add([
        row.play, "\(row.seed)", "\(row.coverage.covered) of \(row.coverage.modes)",
        percent(row.coverage.goodShare),
        row.seconds.formatted(decimals: 1),
      ])
    }
    return table.text + "\n\(steps) steps of \(batch) points, average \(average)\n"
      + PlaySettings.table(settings).text
  }

  func csv() throws -> String {
    try CSVWriter.encode(
      columns: ["play", "seed", "covered", "modes", "goodShare", "seconds"]
    ) { writer in
      for row in rows {
        try writer.append([
          row.play, "\(row.seed)", "\(row.coverage.covered)", "\(row.coverage.modes)",
          "\(row.coverage.goodShare)", "\(row.seconds)",
        ])
      }
    }
  }
}
