internal import FoundationEssentials
internal import TencaFormats

/// What lies in folders, in a fixed order.
enum FolderListing {
  /// The names in a folder.
  ///
  /// - Throws: `FormatError.unreadable(path:reason:)` for a folder that may not be searched.
  static func names(in folder: String) throws -> [String] {
    try list(folder) { try $0.contentsOfDirectory(atPath: folder) }
  }

  /// The paths of everything below a folder, relative to it.
  ///
  /// - Throws: As ``names(in:)``.
  static func paths(below folder: String) throws -> [String] {
    try list(folder) { try $0.subpathsOfDirectory(atPath: folder) }
  }

  private static func list(
    _ folder: String, _ search: (FileManager) throws -> [String]
  ) throws -> [String] {
    do {
      return try search(FileManager.default).sorted()
    } catch {
      throw FormatError.unreadable(path: folder, reason: "the folder may not be searched")
    }
  }
}
