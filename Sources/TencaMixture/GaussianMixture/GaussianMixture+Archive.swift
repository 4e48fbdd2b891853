public import TencaNumerics

/// Under a prefix: the arrays `weights` [K], `means` [K, D] and the covariances, and the metadata
/// `kind`, `version` and `covariance`.
///
/// The covariances are called `variances` where they are spherical [K] or diagonal [K, D], and
/// `covariances` where they are tied [D, D] or full [K, D, D].
extension GaussianMixture {
  private static let kind = "gaussian-mixture"
  private static let version = "1"

  private static func arrayName(of covariance: CovarianceKind) -> String {
    covariance.isCorrelated ? "covariances" : "variances"
  }

  /// Puts the mixture into an archive.
  ///
  /// - Parameters:
  ///   - archive: Receives the arrays and metadata.
  ///   - prefix: What their names begin with, so that several models share an archive.
  public func write(into archive: inout Archive, prefix: String = "") {
    archive.metadata[prefix + "kind"] = Self.kind
    archive.metadata[prefix + "version"] = Self.version
    archive.metadata[prefix + "covariance"] = covarianceKind.rawValue
    archive.arrays[prefix + "weights"] = .double(NDArray(weights))
    archive.arrays[prefix + "means"] = .double(meanVectors)
    archive.arrays[prefix + Self.arrayName(of: covarianceKind)] = .double(covariances.array)
  }

  /// Takes a mixture out of an archive.
  ///
  /// - Parameters:
  ///   - archive: Holds what ``write(into:prefix:)`` put there.
  ///   - prefix: What the names begin with.
  /// - Throws: ``MixtureError/unreadableArchive(name:problem:)`` for the first name that is
  ///   missing or strange, ``MixtureError/invalidModel(problem:)`` for parameters that are no
  ///   mixture.
  public init(archive: Archive, prefix: String = "") throws {
    try archive.require(prefix + "kind", is: [Self.kind])
    try archive.require(prefix + "version", is: [Self.version])
    let name = try archive.require(
      prefix + "covariance", is: CovarianceKind.allCases.map(\.rawValue))
    let covariance = CovarianceKind(rawValue: name)!
    let rank = Covariances.shape(covariance, components: 1, columns: 1).count
    try self.init(
      weights: archive.array(prefix + "weights", rank: 1).elements,
      meanVectors: archive.array(prefix + "means", rank: 2),
      covariances: Covariances(
        covariance, archive.array(prefix + Self.arrayName(of: covariance), rank: rank)))
  }
}

extension Archive {
  /// The words under a name, which must be among those allowed.
  ///
  /// - Throws: ``MixtureError/unreadableArchive(name:problem:)``.
  @discardableResult
  func require(_ name: String, is allowed: [String]) throws -> String {
    if let found = metadata[name], allowed.contains(found) { return found }
    let found = metadata[name].map { "\"\($0)\"" } ?? "missing"
    let wanted = allowed.map { "\"\($0)\"" }.joined(separator: " or ")
    throw MixtureError.unreadableArchive(name: name, problem: "it is \(found), not \(wanted)")
  }

  /// The array under a name, which must have so many axes.
  ///
  /// - Throws: ``MixtureError/unreadableArchive(name:problem:)``.
  func array(_ name: String, rank: Int) throws -> NDArray<Double> {
    guard let found = arrays[name] else {
      throw MixtureError.unreadableArchive(name: name, problem: "it is missing")
    }
    guard found.shape.count == rank else {
      throw MixtureError.unreadableArchive(
        name: name, problem: "its shape is \(found.shape), not of \(rank) axes")
    }
    return found.asDouble
  }
}
