#if canImport(Glibc)
  internal import Glibc
#endif

/// Opens files for libsndfile, and checks what it would not explain well.
enum SoundSource {
  /// Opens `path`. What is not a file on a disk (`-` is standard input) is read to its end first, as
  /// most formats cannot be read from a pipe.
  ///
  /// - Throws: ``AudioError``.
  static func open(_ path: String) throws -> SoundBytes {
    var descriptor = path == "-" ? dup(0) : Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw AudioError.unreadable(
        path: path, reason: "\(lastError()). Check the path and its permissions.")
    }
    var status = status(of: descriptor)
    do {
      if try path == "-" || isPipe(status, path: path) {
        try spool(&descriptor, path: path)
        status = Self.status(of: descriptor)
      }
    } catch {
      close(descriptor)
      throw error
    }
    let bytes = SoundBytes(descriptor, size: Int(status.st_size))
    if bytes.size == 0 { throw AudioError.emptyFile(path: path) }
    try SampleData.check(bytes, path: path)
    return bytes
  }

  private static func status(of descriptor: Int32) -> stat {
    var status = stat()
    fstat(descriptor, &status)
    return status
  }

  private static func isPipe(_ status: stat, path: String) throws -> Bool {
    switch status.st_mode & S_IFMT {
    case S_IFREG: return false
    case S_IFIFO, S_IFSOCK: return true
    case S_IFDIR:
      throw AudioError.unreadable(path: path, reason: "it is a folder. Name a sound file.")
    default:
      throw AudioError.unreadable(path: path, reason: "it is a device. Name a sound file.")
    }
  }

  /// Copies what is left of `descriptor` to a temporary file without a name, which vanishes when it
  /// is closed, and puts that in its place.
  private static func spool(_ descriptor: inout Int32, path: String) throws {
    let stream = tmpfile()
    let copy = stream.map { dup(fileno($0)) } ?? -1
    if let stream { fclose(stream) }
    guard copy >= 0 else {
      throw AudioError.unreadable(path: path, reason: "no temporary file: \(lastError()).")
    }
    do {
      try self.copy(descriptor, to: copy, path: path)
    } catch {
      close(copy)
      throw error
    }
    close(descriptor)
    descriptor = copy
  }

  private static func copy(_ source: Int32, to spool: Int32, path: String) throws {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(source, &buffer, buffer.count)
      // A signal that is handled here means that nobody waits for the sound any more.
      if count < 0 && errno == EINTR { throw CancellationError() }
      guard count >= 0 else {
        throw AudioError.unreadable(path: path, reason: "\(lastError()).")
      }
      if count == 0 { return }
      var written = 0
      while written < count {
        let step = buffer.withUnsafeBytes {
          write(spool, $0.baseAddress! + written, count - written)
        }
        guard step > 0 else {
          throw AudioError.unreadable(path: path, reason: "temporary file: \(lastError()).")
        }
        written += step
      }
    }
  }

  private static func lastError() -> String { String(cString: strerror(errno)) }
}
