internal import TencaMixture
public import TencaNumerics

/// An emission that models are saved with.
public protocol ArchivableEmission: Emission {
  /// The kind of emission in a word, as stored models say it.
  static var archiveName: String { get }

  /// Puts the parameters into an archive, under names that begin with `prefix`.
  func write(into archive: inout Archive, prefix: String)

  /// Takes the parameters out of an archive.
  ///
  /// - Throws: ``MarkovError/unreadableArchive(name:problem:)`` for the first name that is missing or
  ///   strange, ``MarkovError/invalidModel(problem:)`` for parameters that are none.
  init(archive: Archive, prefix: String) throws
}

/// Arrays `means`, `covariances` and `weights`, and the metadata `covariance`, the kind of these.
extension GaussianEmission: ArchivableEmission {
  /// The kind of emission in a word.
  public static var archiveName: String { "gaussian" }

  /// Puts the parameters into an archive.
  public func write(into archive: inout Archive, prefix: String) {
    archive.arrays[prefix + "weights"] = .double(weights)
    archive.arrays[prefix + "means"] = .double(meanVectors)
    archive.arrays[prefix + "covariances"] = .double(covariances.array)
    archive.metadata[prefix + "covariance"] = covarianceKind.rawValue
  }

  /// Takes the parameters out of an archive.
  ///
  /// - Throws: ``MarkovError``.
  public init(archive: Archive, prefix: String) throws {
    let name = try archive.text(prefix + "covariance")
    guard let kind = CovarianceKind(rawValue: name) else {
      throw MarkovError.unreadableArchive(
        name: prefix + "covariance", problem: "\"\(name)\" is no kind of covariance")
    }
    do {
      try self.init(
        weights: archive.numbers(prefix + "weights", rank: 2),
        meanVectors: archive.numbers(prefix + "means", rank: 2),
        covariances: Covariances(
          kind,
          archive.numbers(
            prefix + "covariances",
            rank: Covariances.shape(kind, components: 1, columns: 1).count)))
    } catch let error as MixtureError {
      throw MarkovError.invalidModel(problem: error.description)
    }
  }
}

/// The array `probabilities`.
extension CategoricalEmission: ArchivableEmission {
  /// The kind of emission in a word.
  public static var archiveName: String { "categorical" }

  /// Puts the parameters into an archive.
  public func write(into archive: inout Archive, prefix: String) {
    archive.arrays[prefix + "probabilities"] = .double(probabilities)
  }

  /// Takes the parameters out of an archive.
  ///
  /// - Throws: ``MarkovError``.
  public init(archive: Archive, prefix: String) throws {
    try self.init(probabilities: archive.numbers(prefix + "probabilities", rank: 2))
  }
}

/// The arrays `probabilities` and `trials`, one number.
extension MultinomialEmission: ArchivableEmission {
  /// The kind of emission in a word.
  public static var archiveName: String { "multinomial" }

  /// Puts the parameters into an archive.
  public func write(into archive: inout Archive, prefix: String) {
    archive.arrays[prefix + "probabilities"] = .double(probabilities)
    archive.arrays[prefix + "trials"] = .double(NDArray([Double(trials)]))
  }

  /// Takes the parameters out of an archive.
  ///
  /// - Throws: ``MarkovError``.
  public init(archive: Archive, prefix: String) throws {
    let trials = try archive.numbers(prefix + "trials", rank: 1).elements
    guard trials.count == 1, isCount(trials[0]) else {
      throw MarkovError.unreadableArchive(
        name: prefix + "trials", problem: "\(trials) is no number of trials")
    }
    try self.init(
      probabilities: archive.numbers(prefix + "probabilities", rank: 2), trials: Int(trials[0]))
  }
}

/// The arrays `coefficients` and `variances`.
extension AutoregressiveEmission: ArchivableEmission {
  /// The kind of emission in a word.
  public static var archiveName: String { "autoregressive" }

  /// Puts the parameters into an archive.
  public func write(into archive: inout Archive, prefix: String) {
    archive.arrays[prefix + "coefficients"] = .double(coefficients)
    archive.arrays[prefix + "variances"] = .double(NDArray(variances))
  }

  /// Takes the parameters out of an archive.
  ///
  /// - Throws: ``MarkovError``.
  public init(archive: Archive, prefix: String) throws {
    try self.init(
      coefficients: archive.numbers(prefix + "coefficients", rank: 2),
      variances: archive.numbers(prefix + "variances", rank: 1).elements)
  }
}

/// The array `parameters`, states × columns × what the distribution has.
extension ColumnEmission: ArchivableEmission {
  /// The kind of distribution in a word.
  public static var archiveName: String { Distribution.name }

  /// Puts the parameters into an archive.
  public func write(into archive: inout Archive, prefix: String) {
    let parameters = distributions.flatMap { $0.flatMap(\.parameters) }
    archive.arrays[prefix + "parameters"] = .double(
      NDArray(
        parameters,
        shape: [stateCount, columnCount, parameters.count / (stateCount * columnCount)]))
  }

  /// Takes the parameters out of an archive.
  ///
  /// - Throws: ``MarkovError``.
  public init(archive: Archive, prefix: String) throws {
    let array = try archive.numbers(prefix + "parameters", rank: 3)
    guard !array.isEmpty else {
      throw MarkovError.unreadableArchive(
        name: prefix + "parameters", problem: "its shape is \(array.shape)")
    }
    self.init(
      distributions: try (0..<array.shape[0]).map { state in
        try (0..<array.shape[1]).map { column in
          let parameters = array.row(state).row(column).elements
          guard let distribution = Distribution(parameters: parameters) else {
            throw MarkovError.invalidModel(
              problem: "state \(state), column \(column): \(parameters) are no parameters of a "
                + "\(Distribution.name) distribution")
          }
          return distribution
        }
      })
  }
}

/// Both parts, under `first.` and `second.`.
extension ProductEmission: ArchivableEmission
where First: ArchivableEmission, Second: ArchivableEmission {
  /// Both kinds of emission.
  public static var archiveName: String { "\(First.archiveName)+\(Second.archiveName)" }

  /// Puts the parameters into an archive.
  public func write(into archive: inout Archive, prefix: String) {
    first.write(into: &archive, prefix: prefix + "first.")
    second.write(into: &archive, prefix: prefix + "second.")
  }

  /// Takes the parameters out of an archive.
  ///
  /// - Throws: ``MarkovError``.
  public init(archive: Archive, prefix: String) throws {
    let first = try First(archive: archive, prefix: prefix + "first.")
    let second = try Second(archive: archive, prefix: prefix + "second.")
    guard first.stateCount == second.stateCount else {
      throw MarkovError.invalidModel(
        problem: "emissions of \(first.stateCount) and \(second.stateCount) states side by side")
    }
    self.init(first, second)
  }
}

extension Archive {
  /// The words under a name.
  ///
  /// - Throws: ``MarkovError/unreadableArchive(name:problem:)``.
  func text(_ name: String) throws -> String {
    guard let found = metadata[name] else {
      throw MarkovError.unreadableArchive(name: name, problem: "it is missing")
    }
    return found
  }

  /// The array under a name, which must have so many axes.
  ///
  /// - Throws: ``MarkovError/unreadableArchive(name:problem:)``.
  func numbers(_ name: String, rank: Int? = nil) throws -> NDArray<Double> {
    guard let found = arrays[name] else {
      throw MarkovError.unreadableArchive(name: name, problem: "it is missing")
    }
    guard rank == nil || found.shape.count == rank else {
      throw MarkovError.unreadableArchive(
        name: name, problem: "its shape is \(found.shape), not of \(rank!) axes")
    }
    return found.asDouble
  }
}
