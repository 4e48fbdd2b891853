internal import FoundationEssentials

/// Finds sound files in folders.
public enum SoundFiles {
  /// The extensions taken for sound when a folder is searched. A file named outright is tried
  /// whatever it is called.
  public static let extensions = [
    "wav", "flac", "ogg", "oga", "opus", "mp3", "aiff", "aif", "au", "caf", "w64", "rf64", "sph",
  ]

  /// Whether `path` is a folder.
  public static func isFolder(_ path: String) -> Bool {
    var folder = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &folder) && folder
  }

  /// All sound files in `folder` and below it, as paths relative to it, in a fixed order; hidden
  /// ones are left out.
  ///
  /// - Throws: ``RecognitionError/missing(path:)``,
  ///   ``RecognitionError/unreadableFolder(path:reason:)``, ``RecognitionError/noSounds(path:)``.
  /// - Complexity: O(n log n) in the number of files.
  public static func find(in folder: String) throws -> [String] {
    guard isFolder(folder) else { throw RecognitionError.missing(path: folder) }
    let paths: [String]
    do {
      paths = try FileManager.default.subpathsOfDirectory(atPath: folder)
    } catch {
      throw RecognitionError.unreadableFolder(path: folder, reason: "permission denied")
    }
    let found = paths.filter { isSound($0) && !isFolder("\(folder)/\($0)") }
    if found.isEmpty { throw RecognitionError.noSounds(path: folder) }
    return found.sorted()
  }

  private static func isSound(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    guard !parts.contains(where: { $0.hasPrefix(".") }), let name = parts.last,
      let dot = name.lastIndex(of: ".")
    else { return false }
    return extensions.contains(name[name.index(after: dot)...].lowercased())
  }
}
