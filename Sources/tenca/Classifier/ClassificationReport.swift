internal import TencaFormats
internal import TencaRecognition

/// What `tenca classify` says of one sound.
struct ClassificationReport: Encodable, Sendable {
  let file: String
  var label: String?
  var probability: Double?
  var frames: Int?
  var top: [Candidate]?
  var windows: [Window]?
  var error: String?

  /// A class and its probability.
  struct Candidate: Encodable, Sendable {
    let label: String
    let probability: Double
    let logLikelihood: Double
  }

  /// A stretch of a longer sound.
  struct Window: Encodable, Sendable {
    let start: Double
    let end: Double
    let label: String?
    let probability: Double?
    let top: [Candidate]

    init(_ timed: TimedClassification, top: Int) {
      start = timed.start
      end = timed.end
      label = timed.classification?.label
      probability = timed.classification?.confidence
      self.top = timed.classification.map { Candidate.list($0, top: top) } ?? []
    }
  }

  init(file: String, _ verdict: Classification, top count: Int) {
    self.file = file
    label = verdict.label
    probability = verdict.confidence
    frames = verdict.frameCount
    top = Candidate.list(verdict, top: count)
  }

  init(file: String, windows: [Window]) {
    self.file = file
    self.windows = windows
  }

  init(file: String, failure: Failure) {
    self.file = file
    error = failure.message
  }

  /// The failure, if it is one.
  var failure: Failure? { error.map { Failure(name: file, Message(description: $0)) } }

  private struct Message: Error, CustomStringConvertible { let description: String }
}

extension ClassificationReport.Candidate {
  /// The likeliest classes of a verdict.
  static func list(_ verdict: Classification, top: Int) -> [Self] {
    verdict.ranking.prefix(top).map {
      Self(label: $0.label, probability: $0.probability, logLikelihood: $0.logLikelihood)
    }
  }
}

extension ClassificationReport {
  /// What stands where no class was sure enough.
  static let rejected = "(none)"

  /// A table for people.
  static func table(_ results: [Self], windowed: Bool) -> String {
    var columns: [(heading: String, alignment: TextTable.Alignment)] = [("file", .left)]
    if windowed { columns += [("start", .right), ("end", .right)] }
    columns += [("class", .left), ("probability", .right)]
    let others =
      (results.compactMap { $0.top?.count ?? $0.windows?.first?.top.count }.max() ?? 1) > 1
    if others { columns.append(("next", .left)) }
    var table = TextTable(columns)
    for result in results {
      for line in result.lines where result.error == nil {
        var row = [result.file]
        if windowed {
          row += [line.start.formatted(decimals: 2), line.end.formatted(decimals: 2)]
        }
        row += [line.label ?? rejected, line.probability?.formatted(decimals: 3) ?? "-"]
        if others {
          row.append(
            line.top.dropFirst().map { "\($0.label) \($0.probability.formatted(decimals: 3))" }
              .joined(separator: ", "))
        }
        table.add(row)
      }
    }
    return table.text
  }

  /// A table for programs.
  static func csv(_ results: [Self], windowed: Bool, top: Int) throws -> String {
    var columns = windowed ? ["file", "start", "end"] : ["file"]
    columns += ["label", "probability"]
    if top > 1 { for rank in 2...top { columns += ["label\(rank)", "probability\(rank)"] } }
    columns.append("error")
    return try CSVWriter.encode(columns: columns) { writer in
      for result in results {
        for line in result.lines {
          var row = [result.file]
          if windowed { row += result.error == nil ? ["\(line.start)", "\(line.end)"] : ["", ""] }
          row += [line.label ?? "", line.probability.map { "\($0)" } ?? ""]
          for rank in 1..<max(top, 1) {
            row +=
              rank < line.top.count
              ? [line.top[rank].label, "\(line.top[rank].probability)"] : ["", ""]
          }
          try writer.append(row + [result.error ?? ""])
        }
      }
    }
  }

  /// One line a verdict: the whole sound, its windows, or its failure.
  private var lines:
    [(start: Double, end: Double, label: String?, probability: Double?, top: [Candidate])]
  {
    if let windows {
      return windows.map { ($0.start, $0.end, $0.label, $0.probability, $0.top) }
    }
    return [(0, 0, label, probability, top ?? [])]
  }
}
