internal import TencaFormats
internal import TencaGenerative
internal import TencaNeural

/// What a generator is and how it was made.
struct GeneratorReport: Report {
  let path: String
  let kind = SavedGenerator.archiveKind
  let options: AdversarialOptions
  let parameters: Int
  let classes: [String]
  let training: TrainingOrigin
  let makesSound: Bool

  init(_ saved: SavedGenerator, path: String) {
    self.path = path
    options = saved.options
    parameters = saved.generator.parameterCount
    (classes, training) = (saved.classNames, saved.training)
    makesSound = saved.representation != nil
  }

  var text: String {
    TextTable(facts: [
      ("model", "generator of a generative adversarial network"),
      ("architecture", "\(options.architecture.rawValue), width \(options.width)"),
      ("examples", "\(options.shape)\(makesSound ? ", spectrograms of sound" : "")"),
      ("noise", "\(options.noiseCount) numbers"),
      ("parameters", "\(parameters)"),
      ("loss", options.loss.rawValue),
      ("remedies", "\(options.remedies)"),
      ("classes", classes.isEmpty ? "not told" : classes.joined(separator: ", ")),
      ("trained on", training.words),
    ]).text
  }
}

/// How good a generator's samples are.
struct GeneratorEvaluationReport: Report {
  let model: String
  let data: String
  let samples: SampleReport

  var text: String { "\(data): \(samples.heading)\n\(samples.table)" }
}
