internal import TencaFormats
internal import TencaGenerative

/// How many modes of stacked pictures every play covers.
struct StackReport: TableReport {
  struct Row: Encodable {
    let play: String
    let seed: UInt64
    let coverage: StackCoverage
    /// Nil for true stacks, for which nothing is played.
    let seconds: Double?

    /// In a line.
    var words: String {
      "\(play), seed \(seed): \(coverage.covered) of \(coverage.modes) modes, \(confident) confident"
    }

    var confident: String { percent(coverage.confidentShare) }
  }

  let pictures: String
  /// The hash of the classifier that tells modes.
  let features: String
  let steps: Int
  let batch: Int
  let stacks: Int
  /// The decay of the moving average that makes the samples.
  let average: Double
  /// One a play, in order.
  let settings: [PlaySettings]
  /// True stacks, and one a play and seed.
  let rows: [Row]

  var text: String {
    var table = TextTable([
      ("play", .left), ("seed", .right), ("modes", .right), ("well", .right),
      ("confident", .right), ("KL", .right), ("seconds", .right),
    ])
    for row in rows {
      table.add([
        row.play, "\(row.seed)", "\(row.coverage.covered) of \(row.coverage.modes)",
        "\(row.coverage.coveredWell)", row.confident,
        row.coverage.divergence.formatted(decimals: 3),
        row.seconds?.formatted(decimals: 1) ?? "",
      ])
    }
    return table.text
      + "\n\(steps) steps of \(batch) of \(stacks) stacks, average \(average), features "
      + "\(features)\n" + PlaySettings.table(settings).text
  }

  func csv() throws -> String {
    try CSVWriter.encode(
      columns: [
        "play", "seed", "covered", "coveredWell", "modes", "confidentShare", "divergence",
        "seconds",
      ]
    ) { writer in
      for row in rows {
        let found = row.coverage
        try writer.append([
          row.play, "\(row.seed)", "\(found.covered)", "\(found.coveredWell)", "\(found.modes)",
          "\(found.confidentShare)", "\(found.divergence)", row.seconds.map { "\($0)" } ?? "",
        ])
      }
    }
  }
}
