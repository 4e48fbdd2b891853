#if canImport(Glibc)
  internal import Glibc
#endif

/// Opens files for libsndfile, and checks what it would not explain well.
enum SoundSource {
  /// Opens `path`. What is not a file on a disk (`-` is standard input) is read to its end first, as
  /// most formats cannot be read from a pipe.
  ///
  /// - Returns: A descriptor that the caller closes.
  /// - Throws: ``AudioError``.
  static func open(_ path: String) throws -> Int32 {
    var descriptor = path == "-" ? dup(0) : Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw AudioError.unreadable(path: path, reason: "\(lastError()).")
    }
    do {
      if try path == "-" || isPipe(descriptor, path: path) { try spool(&descriptor, path: path) }
      let size = Int(status(of: descriptor).st_size)
      if size == 0 { throw AudioError.emptyFile(path: path) }
      if let place = try SampleData.checkLength(descriptor, fileSize: size, path: path) {
        if path != "-" { try spool(&descriptor, path: path) }
        // With the largest length, libsndfile takes the samples to reach to the end of the file.
        pwrite(descriptor, [0xFF, 0xFF, 0xFF, 0xFF] as [UInt8], 4, off_t(place))
      }
      return descriptor
    } catch {
      close(descriptor)
      throw error
    }
  }

  private static func status(of descriptor: Int32) -> stat {
    var status = stat()
    fstat(descriptor, &status)
    return status
  }

  private static func isPipe(_ descriptor: Int32, path: String) throws -> Bool {
    switch status(of: descriptor).st_mode & S_IFMT {
    case S_IFREG: return false
    case S_IFIFO, S_IFSOCK: return true
    case S_IFDIR:
      throw AudioError.unreadable(path: path, reason: "it is a folder, not a file.")
    default:
      throw AudioError.unreadable(path: path, reason: "it is a device, not a file.")
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
    lseek(copy, 0, SEEK_SET)
    close(descriptor)
    descriptor = copy
  }

  private static func copy(_ source: Int32, to spool: Int32, path: String) throws {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(source, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
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
