internal import TencaFormats
internal import TencaRecognition

extension ClassificationReport {
  /// A table for people, without what failed.
  static func table(_ reports: [Self], windowed: Bool) -> String {
    let showsOthers = reports.contains { $0.verdicts.contains { $0.top.count > 1 } }
    var columns: [(heading: String, alignment: TextTable.Alignment)] = [("file", .left)]
    if windowed { columns += [("start", .right), ("end", .right)] }
    columns += [("class", .left), ("probability", .right)]
    if showsOthers { columns.append(("next", .left)) }
    var table = TextTable(columns)
    for report in reports {
      for verdict in report.verdicts {
        var row = [report.file]
        if windowed { row += [seconds(verdict.start), seconds(verdict.end)] }
        row += [verdict.shownLabel, verdict.probability?.formatted(decimals: 3) ?? "-"]
        if showsOthers {
          row.append(
            verdict.top.dropFirst().map { "\($0.label) \($0.probability.formatted(decimals: 3))" }
              .joined(separator: ", "))
        }
        table.add(row)
      }
    }
    return table.text
  }

  private static func seconds(_ time: Double?) -> String { time?.formatted(decimals: 2) ?? "" }

  /// A table for programs, with what failed.
  static func csv(_ reports: [Self], windowed: Bool, top: Int) throws -> String {
    var columns = windowed ? ["file", "start", "end"] : ["file"]
    columns += ["label", "probability"]
    if top > 1 { columns += (2...top).flatMap { ["label\($0)", "probability\($0)"] } }
    columns.append("error")
    return try CSVWriter.encode(columns: columns) { writer in
      for report in reports {
        for verdict in report.verdicts {
          var row = [report.file]
          if windowed { row += [text(verdict.start), text(verdict.end)] }
          row += [verdict.label ?? "", text(verdict.probability)]
          for candidate in verdict.top.dropFirst() {
            row += [candidate.label, text(candidate.probability)]
          }
          try writer.append(row + blanks(columns.count - row.count))
        }
        if let failure = report.failure {
          try writer.append([report.file] + blanks(columns.count - 2) + [failure.message])
        }
      }
    }
  }

  private static func text(_ number: Double?) -> String { number.map { "\($0)" } ?? "" }

  private static func blanks(_ count: Int) -> [String] { [String](repeating: "", count: count) }
}
