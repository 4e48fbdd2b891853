public import TencaNumerics

/// Under a prefix: the arrays `weights` [K], `means` [K, D] and `variances` [K, D], and the
/// metadata `kind`, `version` and `covariance`.
extension GaussianMixture {
  private static let kind = "gaussian-mixture"
  private static let version = "1"
  private static let covariance = "diagonal"

  /// Puts the mixture into an archive.
  ///
  /// - Parameters:
  ///   - archive: Receives the arrays and metadata.
  ///   - prefix: What their names begin with, so that several models share an archive.
  public func write(into archive: inout Archive, prefix: String = "") {
    archive.metadata[prefix + "kind"] = Self.kind
    archive.metadata[prefix + "version"] = Self.version
    archive.metadata[prefix + "covariance"] = Self.covariance
    archive.arrays[prefix + "weights"] = .double(NDArray(weights))
    archive.arrays[prefix + "means"] = .double(meanVectors)
    archive.arrays[prefix + "variances"] = .double(variances)
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
    for (name, expected) in [
      ("kind", Self.kind), ("version", Self.version), ("covariance", Self.covariance),
    ] {
      let found = archive.metadata[prefix + name]
      guard found == expected else {
        throw MixtureError.unreadableArchive(
          name: prefix + name,
          problem: "it is \(found.map { "\"\($0)\"" } ?? "missing"), not \"\(expected)\"")
      }
    }
    func array(_ name: String, rank: Int) throws -> NDArray<Double> {
      guard let found = archive.arrays[prefix + name] else {
        throw MixtureError.unreadableArchive(name: prefix + name, problem: "it is missing")
      }
      guard found.shape.count == rank else {
        throw MixtureError.unreadableArchive(
          name: prefix + name, problem: "its shape is \(found.shape), not of \(rank) axes")
      }
      return found.asDouble
    }
    try self.init(
      weights: array("weights", rank: 1).elements, meanVectors: array("means", rank: 2),
      variances: array("variances", rank: 2))
  }
}
