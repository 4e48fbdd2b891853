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
    switch try ModelFile.read(model) {
    case .classifier(let classifier):
      let report = ModelReport(classifier, path: model)
      try Console.writeLine(json ? try JSONText.encode(report) : report.text)
    case .rowClassifier(let classifier):
      let report = RowClassifierReport(classifier, path: model)
      try Console.writeLine(json ? try JSONText.encode(report) : report.text)
    case .rowMixture(let mixture):
      let report = MixtureReport(mixture, path: model)
      try Console.writeLine(json ? try JSONText.encode(report) : report.text)
    }
  }
}
