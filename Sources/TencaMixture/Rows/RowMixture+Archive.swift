internal import FoundationEssentials
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
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let header = Header(
      columns: columns, standardization: standardization, training: training)
    archive.metadata["tenca.kind"] = Self.archiveKind
    archive.metadata["tenca.format"] = String(Self.archiveFormat)
    archive.metadata["tenca.mixture"] = String(
      decoding: try encoder.encode(header), as: UTF8.self)
    return archive
  }

  /// Makes a model of a saved one.
  ///
  /// - Throws: ``MixtureError/unreadableArchive(name:problem:)`` saying what is missing, inconsistent or too new.
  public init(archive: Archive) throws {
    let kind = archive.metadata["tenca.kind"] ?? "not a tenca model"
    guard kind == Self.archiveKind else {
      throw MixtureError.unreadableArchive(
        name: "tenca.kind", problem: "a model of kind '\(kind)', not '\(Self.archiveKind)'")
    }
    let format = archive.metadata["tenca.format"] ?? "none"
    guard let number = Int(format), number <= Self.archiveFormat else {
      throw MixtureError.unreadableArchive(
        name: "tenca.format",
        problem: "format \(format), newer than \(Self.archiveFormat): install a newer tenca")
    }
    let header: Header
    do {
      header = try JSONDecoder().decode(
        Header.self, from: Data((archive.metadata["tenca.mixture"] ?? "").utf8))
    } catch {
      throw MixtureError.unreadableArchive(
        name: "tenca.mixture", problem: "cannot be read (\(error))")
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
