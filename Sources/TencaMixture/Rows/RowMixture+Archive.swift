public import TencaNumerics

extension RowMixture {
  /// The kind under which mixtures of rows are saved.
  public static let archiveKind = "mixture"
  /// The newest format that this version reads, and the one that it writes.
  public static let archiveFormat = 1

  /// What a saved mixture says in words.
  private struct Header: Codable {
    var columns: [String]
    var standardization: ColumnStandardization?
    var training: Record
  }

  /// What is saved: the mixture's arrays, and as metadata the kind, the format and a JSON object.
  ///
  /// - Throws: What JSON encoding throws.
  public func archive() throws -> Archive {
    var archive = Archive()
    mixture.write(into: &archive, prefix: "mixture.")
    try archive.describe(
      Header(columns: columns, standardization: standardization, training: training),
      kind: Self.archiveKind, format: Self.archiveFormat)
    return archive
  }

  /// Makes a model of a saved one.
  ///
  /// - Throws: ``MixtureError/unreadableArchive(name:problem:)`` saying what is missing, inconsistent or too new.
  public init(archive: Archive) throws {
    let header: Header
    do {
      header = try archive.description(kind: Self.archiveKind, newest: Self.archiveFormat)
    } catch let error as ArchiveDescriptionError {
      throw MixtureError(error)
    }
    let mixture = try GaussianMixture(archive: archive, prefix: "mixture.")
    let widths = [
      header.columns.count, header.standardization?.means.count ?? mixture.dimensions,
      header.standardization?.deviations.count ?? mixture.dimensions,
    ]
    guard widths.allSatisfy({ $0 == mixture.dimensions }),
      header.standardization?.deviations.allSatisfy({ $0 > 0 && $0.isFinite }) ?? true
    else {
      throw MixtureError.unreadableArchive(
        name: "tenca.mixture", problem: "its columns are not those of the mixture")
    }
    self.init(
      columns: header.columns, standardization: header.standardization, mixture: mixture,
      training: header.training)
  }
}

extension MixtureError {
  fileprivate init(_ error: ArchiveDescriptionError) {
    self =
      switch error {
      case .wrongKind(let found, let expected):
        .unreadableArchive(
          name: "tenca.kind", problem: "a model of kind '\(found)', not '\(expected)'")
      case .newerFormat(let found, let newest):
        .unreadableArchive(
          name: "tenca.format",
          problem: "format \(found), newer than \(newest): install a newer tenca")
      case .damaged(let reason):
        .unreadableArchive(name: "tenca.\(RowMixture.archiveKind)", problem: reason)
      }
  }
}
