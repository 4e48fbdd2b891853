import ArgumentParser
internal import TencaFormats
internal import TencaRecognition

/// `tenca inspect`: what a model is and how it was made.
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "Say what a model is and how it was made.",
    discussion: """
        tenca inspect digits.tenca
        tenca inspect digits.tenca --json
      """)

  @Argument(help: "A model.", completion: .file())
  var model: String

  @Flag(help: "Write the report as JSON, with every option of the front end.")
  var json = false

  func run() throws {
    let report = ModelReport(try ModelFile.readClassifier(model), path: model)
    try Console.writeLine(json ? try JSONText.encode(report) : report.text)
  }
}
