internal import TencaAudio
internal import TencaFormats
internal import TencaMixture
internal import TencaRecognition

/// What a classifier is and how it was made.
struct ModelReport: Report {
  let file: String
  let kind: String
  let sampleRate: Int
  let columns: Int
  let evidenceScale: Double
  let classes: [Class]
  let options: ClassifierOptions
  let source: String
  let failures: Int
  let warnings: [String]

  /// One class.
  struct Class: Encodable {
    let label: String
    let prior: Double
    let components: Int
    let states: Int?
    let recordings: Int
    let frames: Int
    let logLikelihood: Double
  }

  init(_ classifier: Classifier, path: String) {
    let training = classifier.training
    file = path
    kind = Classifier.archiveKind
    sampleRate = classifier.sampleRate
    columns = classifier.models.columns(of: 0)
    evidenceScale = classifier.evidenceScale
    options = classifier.options
    source = training.source
    failures = training.failures
    warnings = training.warnings
    classes = classifier.labels.indices.map { index in
      Class(
        label: classifier.labels[index], prior: classifier.priors[index],
        components: classifier.models.gaussians(of: index),
        states: classifier.models.states(of: index),
        recordings: training.recordings[index], frames: training.frames[index],
        logLikelihood: training.logLikelihoods[index])
    }
  }

  /// Words for people.
  var text: String {
    var table = TextTable([
      ("class", .left), ("prior", .right), ("states", .right), ("Gaussians", .right),
      ("recordings", .right), ("frames", .right), ("log-likelihood a frame", .right),
    ])
    for one in classes {
      table.add([
        one.label, one.prior.formatted(decimals: 3), one.states.map { "\($0)" } ?? "1",
        "\(one.components)", "\(one.recordings)",
        "\(one.frames)", one.logLikelihood.formatted(decimals: 3),
      ])
    }
    let frontEnd = options.frontEnd
    var lines = [
      "\(file): sound classifier, one \(options.hidden.map { "\($0.topology.rawValue) hidden Markov model" } ?? "Gaussian mixture") a class"
        + (options.background == nil ? "" : ", adapted from a background model"),
      "trained on    \(source)"
        + (failures > 0 ? " (\(counted(failures, "recording", "recordings")) failed)" : ""),
      "hears         \(frontEnd.kind.rawValue), \(columns) columns, at \(sampleRate) Hz, "
        + "channel \(options.channel.rawValue)",
      "frames        \(frontEnd.frames.windowLength) every \(frontEnd.frames.hopLength), "
        + "window \(frontEnd.frames.window.rawValue)",
      "dynamics      deltas of order \(frontEnd.deltas.order), "
        + "normalisation \(frontEnd.normalization.scope.rawValue), "
        + "silence \(frontEnd.voiceActivity == nil ? "kept" : "left out")",
      "evidence      a frame counts \(evidenceScale.formatted(decimals: 3))",
      "seed          \(options.seed)", "", table.text,
    ]
    lines += warnings.map { "warning: \($0)" }
    return lines.joined(separator: "\n")
  }
}
