internal import TencaFormats
internal import TencaRecognition

/// How far the boundaries of aligned words lie from known ones.
struct AlignmentErrorReport: TableReport {
  /// Recordings that were compared.
  let recordings: Int
  /// Recordings whose times are not known.
  let unknown: [String]
  let boundaries: Int
  /// In seconds, as those below.
  let meanAbsoluteError: Double?
  let medianAbsoluteError: Double?
  /// Above 0 where the alignment is late.
  let bias: Double?
  let within20ms: Double?
  let within50ms: Double?

  init(_ error: TimeAlignmentError, recordings: Int, unknown: [String]) {
    self.recordings = recordings
    self.unknown = unknown
    boundaries = error.count
    meanAbsoluteError = error.meanAbsolute
    medianAbsoluteError = error.medianAbsolute
    bias = error.bias
    within20ms = error.share(within: 0.02)
    within50ms = error.share(within: 0.05)
  }

  var text: String {
    func milliseconds(_ seconds: Double?) -> String {
      seconds.map { "\((1000 * $0).formatted(decimals: 1)) ms" } ?? "-"
    }
    let lines = [
      "boundaries    \(boundaries) of \(counted(recordings, "recording", "recordings"))",
      "off by        \(milliseconds(meanAbsoluteError)) on average, "
        + "\(milliseconds(medianAbsoluteError)) in the median",
      "late by       \(milliseconds(bias)) on average",
      "within 20 ms  \(percent(within20ms))",
      "within 50 ms  \(percent(within50ms))",
    ]
    return (lines + unknown.map { "no times known of \($0)" }).joined(separator: "\n")
  }

  func csv() throws -> String {
    try CSVWriter.encode(columns: ["measure", "value"]) { writer in
      for (name, value) in [
        ("recordings", Double(recordings)), ("boundaries", Double(boundaries)),
        ("meanAbsoluteError", meanAbsoluteError), ("medianAbsoluteError", medianAbsoluteError),
        ("bias", bias), ("within20ms", within20ms), ("within50ms", within50ms),
      ] {
        try writer.append([name, value.map { "\($0)" } ?? ""])
      }
    }
  }
}
