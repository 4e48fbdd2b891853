public import TencaNumerics

/// Under a prefix: the arrays `initial` [K], `transition` [K, K], and `duration.k` of state k, its
/// parameters; the emission's under `emission.`; and the metadata `kind`, `version`, `emission`, and
/// `duration.k`, the kind of state k's durations.
extension HiddenSemiMarkovModel where E: ArchivableEmission {
  /// The kind under which these models stand in archives.
  public static var archiveKind: String { "hidden-semi-markov-model" }
  private static var signature: ModelSignature {
    ModelSignature(kind: archiveKind, version: "1", emission: E.archiveName)
  }

  /// Puts the model into an archive.
  ///
  /// - Parameters:
  ///   - archive: Receives the arrays and metadata.
  ///   - prefix: What their names begin with.
  public func write(into archive: inout Archive, prefix: String = "") {
    archive.sign(Self.signature, prefix: prefix)
    archive.arrays[prefix + "initial"] = .double(NDArray(chain.initial))
    archive.arrays[prefix + "transition"] = .double(chain.transition)
    for (state, duration) in chain.durations.enumerated() {
      let (kind, parameters) = duration.archived
      archive.metadata[prefix + "duration.\(state)"] = kind
      archive.arrays[prefix + "duration.\(state)"] = .double(NDArray(parameters))
    }
    emission.write(into: &archive, prefix: prefix + "emission.")
  }

  /// Takes a model out of an archive.
  ///
  /// - Throws: ``MarkovError/unreadableArchive(name:problem:)`` for the first name that is missing or
  ///   strange, ``MarkovError/invalidModel(problem:)`` for parameters that are no model.
  public init(archive: Archive, prefix: String = "") throws {
    try archive.require(Self.signature, prefix: prefix)
    let initial = try archive.numbers(prefix + "initial", rank: 1).elements
    let durations = try initial.indices.map { state in
      let name = prefix + "duration.\(state)"
      let (kind, parameters) = (try archive.text(name), try archive.numbers(name, rank: 1).elements)
      guard let duration = DurationDistribution(named: kind, parameters: parameters) else {
        throw MarkovError.unreadableArchive(
          name: name, problem: "\(parameters) are no parameters of '\(kind)' durations")
      }
      return duration
    }
    try self.init(
      chain: SemiMarkovChain(
        initial: initial, transition: archive.numbers(prefix + "transition", rank: 2),
        durations: durations),
      emission: E(archive: archive, prefix: prefix + "emission."))
  }
}

extension DurationDistribution {
  /// The name of the kind, and the parameters.
  package var archived: (kind: String, parameters: [Double]) {
    switch self {
    case .geometric(let stay): ("geometric", [stay])
    case .poisson(let rest): ("poisson", rest.parameters)
    case .negativeBinomial(let rest): ("negative-binomial", rest.parameters)
    case .free(let table): ("free", table)
    }
  }

  /// The distribution of a kind, by its name, with parameters as ``parameters`` has them; nil where they
  /// are none.
  package init?(named kind: String, parameters: [Double]) {
    switch kind {
    case "geometric" where parameters.count == 1: self = .geometric(stay: parameters[0])
    case "poisson":
      guard let rest = Poisson(parameters: parameters) else { return nil }
      self = .poisson(rest)
    case "negative-binomial":
      guard let rest = NegativeBinomial(parameters: parameters) else { return nil }
      self = .negativeBinomial(rest)
    case "free" where !parameters.isEmpty: self = .free(parameters)
    default: return nil
    }
  }
}
