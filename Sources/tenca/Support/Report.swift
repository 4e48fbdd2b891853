internal import TencaFormats

/// What a command says: words for people, and JSON for programs.
protocol Report: Encodable {
  /// Words for people.
  var text: String { get }
}

/// A report that is a table, too.
protocol TableReport: Report {
  /// The table for programs.
  ///
  /// - Throws: `FormatError`.
  func csv() throws -> String
}

extension Console {
  /// Writes a report to standard output.
  ///
  /// - Throws: As ``write(_:)``.
  static func write(_ report: some Report, json: Bool) throws {
    try writeLine(json ? try JSONText.encode(report) : report.text)
  }
}

extension ReportOptions {
  /// Writes a report to standard output, as these options say.
  ///
  /// - Throws: As ``Console/write(_:)``.
  func write(_ report: some TableReport) throws {
    if csv {
      try Console.write(Array(try report.csv().utf8))
    } else {
      try Console.write(report, json: json)
    }
  }
}
