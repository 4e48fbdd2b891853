public import TencaNumerics

extension SequenceModel {
  /// The kind under which hidden Markov models of tables are saved.
  public static let archiveKind = "hmm"
  /// The newest format that this version reads. 2 has steps that are not all alike, which a version that
  /// reads 1 would take for usual ones; others are written as 1.
  public static let archiveFormat = 2

  /// What a saved model says in words.
  private struct Header: Codable {
    var columns: [String]
    var states: [String]
    var symbols: [String]?
    var training: Record?
    var notes: [String: String]?
    var steps: StepHeader?
  }

  /// What is saved: the model's arrays under `model.`, those of steps that are not all alike under
  /// `steps.` (`generator`; or `intercepts` and `slopes`; and `usual`), and as metadata the kind, the
  /// format and a JSON object.
  ///
  /// - Throws: What JSON encoding throws.
  public func archive() throws -> Archive {
    var archive = Archive()
    if let semiMarkov {
      semiMarkov.write(into: &archive, prefix: "model.")
    } else {
      model.write(into: &archive, prefix: "model.")
    }
    steps?.write(into: &archive)
    try archive.describe(
      Header(
        columns: columns, states: states, symbols: symbols, training: training, notes: notes,
        steps: steps.map(StepHeader.init)),
      kind: Self.archiveKind, format: steps == nil ? 1 : Self.archiveFormat)
    return archive
  }

  /// Makes a model of a saved one.
  ///
  /// - Throws: ``MarkovError/unreadableArchive(name:problem:)`` saying what is missing, inconsistent or
  ///   too new; ``MarkovError/invalidModel(problem:)`` for parameters that are no model.
  public init(archive: Archive) throws {
    let header: Header
    do {
      header = try archive.description(kind: Self.archiveKind, newest: Self.archiveFormat)
    } catch let error as ArchiveDescriptionError {
      throw MarkovError(error)
    }
    if archive.metadata["model.kind"] == HiddenSemiMarkovModel<AnyEmission>.archiveKind {
      try self.init(
        HiddenSemiMarkovModel<AnyEmission>(archive: archive, prefix: "model."),
        columns: header.columns, states: header.states, symbols: header.symbols,
        training: header.training)
    } else if let written = header.steps {
      let model = try HiddenMarkovModel<AnyEmission>(archive: archive, prefix: "model.")
      try self.init(
        initial: model.chain.initial, steps: TableSteps(written, archive),
        emission: model.emission, columns: header.columns, states: header.states,
        symbols: header.symbols, training: header.training)
    } else {
      try self.init(
        HiddenMarkovModel<AnyEmission>(archive: archive, prefix: "model."),
        columns: header.columns, states: header.states, symbols: header.symbols,
        training: header.training)
    }
    notes = header.notes ?? [:]
  }
}

/// What a saved model says in words of its steps.
private struct StepHeader: Codable {
  var law: String
  var columns: [String]

  static let rates = "rates"
  static let logistic = "logistic"

  init(_ steps: TableSteps) {
    columns = steps.columns
    law =
      switch steps.law {
      case .rates: Self.rates
      case .logistic: Self.logistic
      }
  }
}

extension TableSteps {
  private static let prefix = "steps."

  fileprivate func write(into archive: inout Archive) {
    archive.arrays[Self.prefix + "usual"] = .double(NDArray(usual))
    switch law {
    case .rates(let law): archive.arrays[Self.prefix + "generator"] = .double(law.generator)
    case .logistic(let law):
      archive.arrays[Self.prefix + "intercepts"] = .double(law.intercepts)
      archive.arrays[Self.prefix + "slopes"] = .double(law.slopes)
    }
  }

  fileprivate init(_ header: StepHeader, _ archive: Archive) throws {
    let law: TransitionLaw
    switch header.law {
    case StepHeader.rates:
      law = .rates(try TransitionRates(archive.numbers(Self.prefix + "generator", rank: 2)))
    case StepHeader.logistic:
      law = .logistic(
        try LogisticTransitions(
          intercepts: archive.numbers(Self.prefix + "intercepts", rank: 2),
          slopes: archive.numbers(Self.prefix + "slopes", rank: 3)))
    default:
      throw MarkovError.unreadableArchive(
        name: "steps", problem: "'\(header.law)' is no law that this version knows")
    }
    try self.init(
      law, columns: header.columns,
      usual: archive.numbers(Self.prefix + "usual", rank: 1).elements)
  }
}

extension MarkovError {
  /// What is wrong with a stored model's description, by the name under which it stands.
  init(_ error: ArchiveDescriptionError) {
    self =
      switch error {
      case .wrongKind(let found, let expected):
        .unreadableArchive(name: "tenca.kind", problem: "it is '\(found)', not '\(expected)'")
      case .newerFormat(let found, let newest):
        .unreadableArchive(
          name: "tenca.format",
          problem: "format \(found), newer than \(newest): install a newer tenca")
      case .damaged(let reason):
        .unreadableArchive(name: "tenca.\(SequenceModel.archiveKind)", problem: reason)
      }
  }
}
