public import TencaNumerics

/// Under a prefix: the arrays `initial` [K] and `transition`, [K, K], or [frames, K, K] where it
/// varies; the emission's under `emission.`; and the metadata `kind`, `version` and `emission`.
extension HiddenMarkovModel where E: ArchivableEmission {
  private static var signature: ModelSignature {
    ModelSignature(kind: "hidden-markov-model", version: "1", emission: E.archiveName)
  }

  /// Puts the model into an archive.
  ///
  /// - Parameters:
  ///   - archive: Receives the arrays and metadata.
  ///   - prefix: What their names begin with, so that several models share an archive.
  public func write(into archive: inout Archive, prefix: String = "") {
    archive.sign(Self.signature, prefix: prefix)
    archive.arrays[prefix + "initial"] = .double(NDArray(chain.initial))
    if case .varying(let matrices) = chain.transition.storage {
      archive.arrays[prefix + "transition"] = .double(matrices)
    } else {
      archive.arrays[prefix + "transition"] = .double(chain.transition.matrix)
    }
    emission.write(into: &archive, prefix: prefix + "emission.")
  }

  /// Takes a model out of an archive.
  ///
  /// - Parameters:
  ///   - archive: Holds what ``write(into:prefix:)`` put there.
  ///   - prefix: What the names begin with.
  /// - Throws: ``MarkovError/unreadableArchive(name:problem:)`` for the first name that is missing or
  ///   strange, ``MarkovError/invalidModel(problem:)`` for parameters that are no model.
  public init(archive: Archive, prefix: String = "") throws {
    try archive.require(Self.signature, prefix: prefix)
    let matrix = try archive.numbers(prefix + "transition")
    let transition =
      matrix.rank == 3 ? try TransitionMatrix(varying: matrix) : try TransitionMatrix(matrix)
    try self.init(
      chain: MarkovChain(
        initial: archive.numbers(prefix + "initial", rank: 1).elements, transition: transition),
      emission: E(archive: archive, prefix: prefix + "emission."))
  }
}
