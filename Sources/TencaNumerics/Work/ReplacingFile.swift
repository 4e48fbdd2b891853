import FoundationEssentials

#if canImport(Glibc)
  internal import Glibc
#endif

/// Writes a file beside its destination and renames it into place, so that a reader finds the old
/// file or the new one, never half of it.
public enum ReplacingFile {
  /// Calls `write` with the path of a new, empty file in the destination's folder, then puts that
  /// file in the destination's place. When anything fails, the new file is removed and the old one
  /// is left as it was.
  ///
  /// A link keeps pointing where it does, and the file that it names is replaced. A device or a pipe
  /// is handed to `write` itself, since renaming would put a file in its place.
  ///
  /// - Parameters:
  ///   - path: The destination. Missing folders on the way to it are made.
  ///   - write: Fills the file at the path that it is given.
  /// - Throws: ``ReplacingFileError``, and whatever `write` throws.
  public static func write<Result>(
    to path: String, _ write: (_ temporaryPath: String) throws -> Result
  ) throws -> Result {
    if isDeviceOrPipe(path) { return try write(path) }
    let path = resolvingLinks(path)
    let folder = Self.folder(of: path)
    try makeFolder(folder)
    // The extension is kept: some libraries choose a format by it.
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let temporary = "\(folder)/.\(getpid())-\(UInt32.random(in: 0...UInt32.max))-\(name)"
    let descriptor = open(temporary, O_CREAT | O_EXCL | O_WRONLY, 0o666)
    guard descriptor >= 0 else {
      throw ReplacingFileError(path: path, action: "write", reason: lastError())
    }
    close(descriptor)
    do {
      let result = try write(temporary)
      guard rename(temporary, path) == 0 else {
        throw ReplacingFileError(path: path, action: "put into place", reason: lastError())
      }
      return result
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Makes a folder, with those on the way to it, unless it is there.
  ///
  /// - Throws: ``ReplacingFileError`` naming the folder and the system's reason.
  public static func makeFolder(_ folder: String) throws {
    if FileManager.default.fileExists(atPath: folder) { return }
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw ReplacingFileError(path: folder, action: "make the folder", reason: lastError())
    }
  }

  /// Replaces the file at `path` by `bytes`.
  ///
  /// - Throws: ``ReplacingFileError`` naming the path and the system's reason (disk full, no
  ///   permission).
  public static func write(_ bytes: some Sequence<UInt8>, to path: String) throws {
    let contents = Array(bytes)
    try write(to: path) { temporary in
      let descriptor = open(temporary, O_WRONLY)
      guard descriptor >= 0 else {
        throw ReplacingFileError(path: path, action: "write", reason: lastError())
      }
      defer { close(descriptor) }
      var written = 0
      while written < contents.count {
        let count = contents.withUnsafeBytes {
          Glibc.write(descriptor, $0.baseAddress! + written, contents.count - written)
        }
        guard count > 0 else {
          throw ReplacingFileError(path: path, action: "write", reason: lastError())
        }
        written += count
      }
    }
  }

  private static func isDeviceOrPipe(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    let kind = status.st_mode & S_IFMT
    return kind != S_IFREG && kind != S_IFDIR
  }

  /// The file that a link names; the path itself where it is no link, or names nothing yet.
  private static func resolvingLinks(_ path: String) -> String {
    guard let target = realpath(path, nil) else { return path }
    defer { free(target) }
    return String(cString: target)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func lastError() -> String { String(cString: strerror(errno)) }
}

/// A file that could not be written.
public struct ReplacingFileError: Error, CustomStringConvertible, Equatable {
  /// The file or folder.
  public let path: String
  /// What was tried.
  public let action: String
  /// Why the system refused.
  public let reason: String

  /// The place, the reason and what to do.
  public var description: String {
    "cannot \(action) \(path): \(reason). Free space, or choose another place with -o."
  }
}
