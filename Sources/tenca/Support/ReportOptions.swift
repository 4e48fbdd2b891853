import ArgumentParser

/// How a report is written.
struct ReportOptions: ParsableArguments {
  @Flag(help: "Write the report as JSON.")
  var json = false

  @Flag(help: "Write the report as CSV.")
  var csv = false

  func validate() throws {
    if json && csv { throw ValidationError("--json and --csv exclude each other.") }
  }
}
