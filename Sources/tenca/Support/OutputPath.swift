internal import FoundationEssentials
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
    var parent = folder(of: path)
    while access(parent, F_OK) != 0, errno == ENOENT { parent = folder(of: parent) }
    guard isFolder(parent) || access(parent, F_OK) != 0 else {
      throw CommandError.unwritable(path: path, reason: "\(parent) is not a folder")
    }
    guard access(parent, W_OK | X_OK) == 0 else {
      throw CommandError.unwritable(
        path: path, reason: "\(parent): \(String(cString: strerror(errno)))")
    }
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
