import ArgumentParser
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
      try Console.write(ModelReport(classifier, path: model), json: json)
    case .rowClassifier(let classifier):
      try Console.write(RowClassifierReport(classifier, path: model), json: json)
    case .rowMixture(let mixture):
      try Console.write(MixtureReport(mixture, path: model), json: json)
    case .sequences(let sequences):
      try Console.write(SequenceReport(sequences, path: model), json: json)
    case .regimes(let regimes):
      try Console.write(SavedRegimesReport(regimes, path: model), json: json)
    case .generator(let generator):
      try Console.write(GeneratorReport(generator, path: model), json: json)
    case .autoencoder(let autoencoder):
      try Console.write(AutoencoderReport(autoencoder, path: model), json: json)
    case .recognizer(let recognizer):
      try Console.write(RecognizerReport(recognizer, path: model), json: json)
    case .features(let extractor):
      try Console.write(FeatureExtractorReport(extractor, path: model), json: json)
    }
  }
}
