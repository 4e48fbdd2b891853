internal import FoundationEssentials
internal import TencaNumerics
internal import TencaPlot

#if canImport(Glibc)
  internal import Glibc
#endif

/// Looks at the place of an output before the work, not after an hour of it.
enum OutputPath {
  /// Checks that a file could be made or replaced at `path`; folders on the way may be missing.
  ///
  /// - Throws: ``CommandError/unwritable(path:reason:)``.
  static func check(_ path: String) throws {
    if isFolder(path) {
      throw CommandError.unwritable(path: path, reason: "it is a folder, a file is needed")
    }
    try checkFolder(folder(of: path), for: path)
  }

  /// Checks that files could be made in `folder`, which may be missing.
  ///
  /// - Parameter path: The output that it is for.
  /// - Throws: ``CommandError/unwritable(path:reason:)``.
  static func checkFolder(_ folder: String, for path: String) throws {
    var existing = folder
    while access(existing, F_OK) != 0, errno == ENOENT { existing = Self.folder(of: existing) }
    // Below a file, the system's word is that something is not a directory.
    guard access(existing, W_OK | X_OK) == 0 else {
      throw CommandError.unwritable(
        path: path, reason: "\(existing): \(String(cString: strerror(errno)))")
    }
    guard isFolder(existing) else {
      throw CommandError.unwritable(path: path, reason: "\(existing) is not a folder")
    }
  }

  /// Makes a folder for files, where there is none.
  ///
  /// - Throws: ``CommandError/unwritable(path:reason:)`` and what keeps a folder from being made.
  static func makeFolder(_ path: String) throws {
    try checkFolder(path, for: path)
    try ReplacingFile.makeFolder(path)
  }

  /// Checks the same of a picture, and that its extension names a format.
  ///
  /// - Throws: `PlotError.unknownFormat`, ``CommandError/unwritable(path:reason:)``.
  static func checkPicture(_ path: String) throws {
    _ = try PictureFormat(path: path)
    try check(path)
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
  }

  private static func folder(of path: String) -> String {
    let trimmed = path.hasSuffix("/") ? path.dropLast() : path[...]
    guard let slash = trimmed.lastIndex(of: "/") else { return "." }
    return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
  }
}
