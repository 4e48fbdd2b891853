internal import TencaFormats
internal import TencaGenerative
internal import TencaNeural

/// What an autoencoder is and how it was made.
struct AutoencoderReport: Report {
  let path: String
  let kind = SavedAutoencoder.archiveKind
  let options: AutoencoderOptions
  let parameters: Int
  let classes: [String]
  let training: TrainingOrigin
  let makesSound: Bool

  init(_ saved: SavedAutoencoder, path: String) {
    self.path = path
    options = saved.network.options
    parameters = saved.network.parameterCount
    classes = saved.classNames
    training = saved.training
    makesSound = saved.representation != nil
  }

  var text: String {
    TextTable(facts: [
      ("model", options.isVariational ? "variational autoencoder" : "autoencoder"),
      ("architecture", "\(options.architecture.rawValue), width \(options.width)"),
      ("examples", "\(options.shape)\(makesSound ? ", spectrograms of sound" : "")"),
      ("code", "\(options.latentCount) numbers"),
      ("parameters", "\(parameters)"),
      ("likelihood", options.likelihood.rawValue),
      ("beta", "\(options.beta)"),
      ("classes", classes.isEmpty ? "not told" : classes.joined(separator: ", ")),
      ("trained on", training.words),
    ]).text
  }
}

/// How good an autoencoder is.
struct AutoencoderEvaluationReport: Report {
  let model: String
  let data: String
  let evaluation: AutoencoderEvaluation
  /// How its samples compare with the data; nil where that was not asked.
  let samples: SampleReport?

  var text: String {
    var lines = [
      "\(evaluation.count) examples of \(data), nats an example:",
      "  negative ELBO   \(evaluation.negativeElbo.formatted(decimals: 3))",
      "  reconstruction  \(evaluation.reconstruction.formatted(decimals: 3))",
      "  KL              \(evaluation.kl.formatted(decimals: 3))",
      "  active units    \(evaluation.activeUnits)",
    ]
    if let bound = evaluation.iwaeBound, let samples = evaluation.iwaeSamples,
      let count = evaluation.iwaeCount
    {
      lines.append(
        "  IWAE-\(samples)        \(bound.formatted(decimals: 3)) over the first \(count)")
    }
    if let samples { lines += [samples.heading, samples.table] }
    return lines.joined(separator: "\n")
  }

  func encode(to encoder: any Encoder) throws {
    enum Key: String, CodingKey { case model, data, samples }
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(model, forKey: .model)
    try container.encode(data, forKey: .data)
    try container.encodeIfPresent(samples, forKey: .samples)
    try evaluation.encode(to: encoder)
  }
}

extension SampleReport {
  /// What was compared.
  var heading: String {
    "\(comparedCount) samples beside as many examples, features \(extractor):"
  }

  /// All measures beside those of real samples.
  var table: String {
    var table = TextTable(
      zip(Self.headings, [.left, .right, .right, .left]).map { ($0, $1) })
    rows.forEach { table.add($0) }
    return table.text
  }
}

extension TrainingOrigin {
  /// In words.
  var words: String { "\(count) examples of \(source), \(epochs) epochs, seed \(seed)" }
}
