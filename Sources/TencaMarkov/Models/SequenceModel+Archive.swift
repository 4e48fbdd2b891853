public import TencaNumerics

extension SequenceModel {
  /// The kind under which hidden Markov models of tables are saved.
  public static let archiveKind = "hmm"
  /// The newest format that this version reads, and the one that it writes.
  public static let archiveFormat = 1

  /// What a saved model says in words.
  private struct Header: Codable {
    var columns: [String]
    var states: [String]
    var symbols: [String]?
    var training: Record?
    var notes: [String: String]?
  }

  /// What is saved: the model's arrays under `model.`, and as metadata the kind, the format and a JSON
  /// object.
  ///
  /// - Throws: What JSON encoding throws.
  public func archive() throws -> Archive {
    var archive = Archive()
    if let semiMarkov {
      semiMarkov.write(into: &archive, prefix: "model.")
    } else {
      model.write(into: &archive, prefix: "model.")
    }
    try archive.describe(
      Header(
        columns: columns, states: states, symbols: symbols, training: training, notes: notes),
      kind: Self.archiveKind, format: Self.archiveFormat)
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
    } else {
      try self.init(
        HiddenMarkovModel<AnyEmission>(archive: archive, prefix: "model."),
        columns: header.columns, states: header.states, symbols: header.symbols,
        training: header.training)
    }
    notes = header.notes ?? [:]
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
