internal import TencaRecognition

/// What `tenca classify` says of one sound.
struct ClassificationReport: Sendable {
  let file: String
  let outcome: Outcome

  /// What became of a sound.
  enum Outcome: Sendable {
    case verdict(Verdict)
    case windows([Verdict])
    case failure(Failure)
  }

  /// A verdict on a sound or a stretch of it.
  struct Verdict: Sendable {
    /// The seconds from and to, of a stretch.
    var start: Double?
    var end: Double?
    /// The class; nil where none was sure enough, or all is silence.
    let label: String?
    /// The probability of the likeliest class; nil in silence.
    let probability: Double?
    let frames: Int
    /// The likeliest classes.
    let top: [Classification.Candidate]
  }

  init(_ file: String, _ classification: Classification, top: Int) {
    self.file = file
    outcome = .verdict(Verdict(classification, top: top))
  }

  init(_ file: String, _ windows: [TimedClassification], top: Int) {
    self.file = file
    outcome = .windows(
      windows.map { window in
        var verdict = Verdict(window.classification, top: top)
        verdict.start = window.start
        verdict.end = window.end
        return verdict
      })
  }

  init(_ failure: Failure) {
    file = failure.name
    outcome = .failure(failure)
  }

  /// The failure, if it is one.
  var failure: Failure? {
    if case .failure(let failure) = outcome { failure } else { nil }
  }

  /// The verdict, or that on each window.
  var verdicts: [Verdict] {
    switch outcome {
    case .verdict(let verdict): [verdict]
    case .windows(let windows): windows
    case .failure: []
    }
  }
}

extension ClassificationReport.Verdict {
  fileprivate init(_ classification: Classification?, top count: Int) {
    label = classification?.label
    probability = classification?.confidence
    frames = classification?.frameCount ?? 0
    top = Array((classification?.ranking ?? []).prefix(count))
  }

  /// The class, or what stands where there is none.
  var shownLabel: String { label ?? "(none)" }
}

extension ClassificationReport: Encodable {
  private enum Key: CodingKey { case file, windows, error }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(file, forKey: .file)
    switch outcome {
    case .verdict(let verdict): try verdict.encode(to: encoder)
    case .windows(let windows): try container.encode(windows, forKey: .windows)
    case .failure(let failure): try container.encode(failure.message, forKey: .error)
    }
  }
}

extension ClassificationReport.Verdict: Encodable {
  private enum Key: CodingKey { case start, end, label, probability, frames, top }

  private struct Candidate: Encodable {
    let label: String
    let probability: Double
    let logLikelihood: Double
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encodeIfPresent(start, forKey: .start)
    try container.encodeIfPresent(end, forKey: .end)
    // No verdict is a null, so that every entry has the same keys.
    try container.encode(label, forKey: .label)
    try container.encode(probability, forKey: .probability)
    try container.encode(frames, forKey: .frames)
    try container.encode(
      top.map {
        Candidate(
          label: $0.label, probability: $0.probability, logLikelihood: $0.logLikelihood)
      }, forKey: .top)
  }
}
