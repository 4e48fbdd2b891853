public import TencaNumerics

/// An emission whose kind is known when the program runs, not before: what a file holds, or what
/// somebody chose.
///
/// Everything goes to ``base``, a whole block of rows at a time, so it costs next to nothing.
public struct AnyEmission: ArchivableEmission {
  /// The emission itself.
  public let base: any ArchivableEmission

  /// Takes an emission's kind out of the type.
  public init(_ base: any ArchivableEmission) {
    self.base = (base as? AnyEmission)?.base ?? base
  }

  /// Emissions of some columns each, side by side, in the order of the columns.
  ///
  /// - Precondition: There is one, and all have as many states.
  public init(sideBySide parts: [AnyEmission]) {
    precondition(!parts.isEmpty, "no emission")
    self = parts.dropLast().reversed().reduce(parts.last!) { rest, part in
      AnyEmission(ProductEmission(part, rest))
    }
  }

  /// The emissions side by side, each of some columns; itself where it is but one.
  public var parts: [AnyEmission] {
    guard let product = base as? ProductEmission<AnyEmission, AnyEmission> else { return [self] }
    return product.first.parts + product.second.parts
  }

  /// The kind of emission in a word, or several with a plus between.
  public var name: String { parts.map { type(of: $0.base).archiveName }.joined(separator: "+") }

  /// The number of states.
  public var stateCount: Int { base.stateCount }
  /// The number of columns of a row.
  public var columnCount: Int { base.columnCount }
  /// The number of free parameters.
  public var parameterCount: Int { base.parameterCount }
  /// How many rows before a row its density depends on.
  public var contextLength: Int { base.contextLength }
  /// What each state is expected to emit, states × columns.
  public var means: NDArray<Double> { base.means }
  /// Whether rows that lie close together are likely to come from one state.
  public var startsFromClusters: Bool { base.startsFromClusters }

  /// Statistics of an emission's own type.
  public struct Statistics: Mergeable, Sendable {
    var base: any (Mergeable & Sendable)

    /// Adds the statistics of other rows under the same emission.
    public mutating func merge(_ other: Statistics) {
      func opened<S: Mergeable & Sendable>(_ part: S) {
        // Taken out first, so that the sums are not copied.
        var sums = base as! S
        base = NoStatistics()
        sums.merge(part)
        base = sums
      }
      opened(other.base)
    }
  }

  private struct NoStatistics: Mergeable, Sendable {
    mutating func merge(_ other: NoStatistics) {}
  }

  /// Writes ln p(row | state) of every row in every state, rows × states.
  public func writeLogLikelihoods(
    of rows: RowWindow, into target: UnsafeMutablePointer<Double>
  ) throws {
    try base.writeLogLikelihoods(of: rows, into: target)
  }

  /// The statistics of rows under the probabilities of their states.
  public func statistics(
    of rows: RowWindow, posteriors: UnsafePointer<Double>
  ) throws -> Statistics {
    Statistics(base: try base.statistics(of: rows, posteriors: posteriors))
  }

  /// The emission under which rows with these statistics are most likely.
  public func maximized(_ statistics: Statistics) throws -> AnyEmission {
    func opened<E: ArchivableEmission>(_ base: E) throws -> AnyEmission {
      AnyEmission(try base.maximized(statistics.base as! E.Statistics))
    }
    return try opened(base)
  }

  /// The emission made ready to learn from some data.
  public func prepared(for data: any RowSource, execution: Execution) throws -> AnyEmission {
    AnyEmission(try base.prepared(for: data, execution: execution))
  }

  /// The emission as a first guess from the state of every row.
  public func started(
    from data: EmissionRows, labels: [Int], random: RandomStream, execution: Execution
  ) throws -> AnyEmission {
    AnyEmission(
      try base.started(from: data, labels: labels, random: random, execution: execution))
  }

  /// The emission with the states in another order: state `order[k]` becomes state k.
  public func reordered(_ order: [Int]) -> AnyEmission { AnyEmission(base.reordered(order)) }

  /// A row drawn from a state.
  public func sample(
    _ state: Int, after previous: [[Double]], using random: inout RandomStream
  ) -> [Double] {
    base.sample(state, after: previous, using: &random)
  }
}

extension AnyEmission: ForecastableEmission {
  /// The emission as one that forecasts are made of; nil where it is none.
  public var forecastable: (any ForecastableEmission)? { base as? any ForecastableEmission }

  /// The variance of every column in every state, states × columns; NaN where the emission says nothing
  /// of it.
  public var columnVariances: NDArray<Double> {
    forecastable?.columnVariances ?? NDArray(repeating: .nan, shape: [stateCount, columnCount])
  }
  /// Whether a column takes whole numbers alone.
  public func isDiscrete(_ column: Int) -> Bool { forecastable?.isDiscrete(column) ?? false }
  /// The least value that a column takes.
  public func lowest(_ column: Int) -> Double { forecastable?.lowest(column) ?? -.infinity }

  /// p(cell ≤ value | state); nil where the emission does not tell.
  public func cumulativeProbability(
    of value: Double, column: Int, state: Int, after previous: [[Double]]
  ) -> Double? {
    forecastable?.cumulativeProbability(
      of: value, column: column, state: state, after: previous)
  }
}

extension AnyEmission {
  /// The kinds of emission that can be read back, by name.
  private static let kinds: [String: any ArchivableEmission.Type] = Dictionary(
    uniqueKeysWithValues: ([
      GaussianEmission.self, CategoricalEmission.self, MultinomialEmission.self,
      AutoregressiveEmission.self, ColumnEmission<Bernoulli>.self, ColumnEmission<Poisson>.self,
      ColumnEmission<NegativeBinomial>.self, ColumnEmission<Gamma>.self,
      ColumnEmission<Exponential>.self, ColumnEmission<StudentT>.self,
      ColumnEmission<VonMises>.self, ProductEmission<AnyEmission, AnyEmission>.self,
    ] as [any ArchivableEmission.Type]).map { ($0.archiveName, $0) })

  /// What stands for the kind, which is in the metadata `kind` under the prefix.
  public static var archiveName: String { "any" }

  /// Puts kind and parameters into an archive.
  public func write(into archive: inout Archive, prefix: String) {
    archive.metadata[prefix + "kind"] = type(of: base).archiveName
    base.write(into: &archive, prefix: prefix)
  }

  /// Takes kind and parameters out of an archive.
  ///
  /// - Throws: ``MarkovError``.
  public init(archive: Archive, prefix: String) throws {
    let name = try archive.text(prefix + "kind")
    guard let kind = Self.kinds[name] else {
      throw MarkovError.unreadableArchive(
        name: prefix + "kind", problem: "\"\(name)\" is no kind of emission")
    }
    base = try kind.init(archive: archive, prefix: prefix)
  }
}

extension HiddenMarkovModel where E: ArchivableEmission {
  /// The model with the kind of its emission taken out of the type.
  public var erased: HiddenMarkovModel<AnyEmission> {
    HiddenMarkovModel<AnyEmission>(unchecked: chain, AnyEmission(emission))
  }
}
