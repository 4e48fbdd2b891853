import Glibc

/// The bytes of a file, or of standard input.
///
/// An ordinary file is mapped into memory, so that opening costs nothing and only what is looked at
/// is read; pipes and standard input are read to their end. A mapped file must not be shortened by
/// another program while it is open. (Replacing it, as `ReplacingFile` does, is safe.)
public final class FileBytes: @unchecked Sendable {
  // Unchecked: the memory is never written to between `init` and `deinit`.

  /// What messages call the file: its path, or "standard input".
  public let path: String
  private let contents: Contents

  private enum Contents {
    case mapped(UnsafeRawBufferPointer, descriptor: Int32)
    case read([UInt8])
  }

  /// Opens the file at `path`, or reads all of standard input when `path` is "-".
  ///
  /// - Throws: ``FormatError/unreadable(path:reason:)`` or ``FormatError/empty(path:)``.
  public init(path: String) throws {
    let isStandardInput = path == "-"
    self.path = isStandardInput ? "standard input" : path
    let descriptor = isStandardInput ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw FormatError.unreadable(path: self.path, reason: systemReason())
    }
    do {
      contents = try Self.contents(of: descriptor, path: self.path)
    } catch {
      if !isStandardInput { close(descriptor) }
      throw error
    }
    if case .read = contents, !isStandardInput { close(descriptor) }
    if count == 0 { throw FormatError.empty(path: self.path) }
  }

  deinit {
    if case .mapped(let bytes, let descriptor) = contents {
      munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress!), bytes.count)
      close(descriptor)
    }
  }

  /// The number of bytes, at least 1.
  public var count: Int {
    switch contents {
    case .mapped(let bytes, _): bytes.count
    case .read(let bytes): bytes.count
    }
  }

  /// Calls `body` with the bytes.
  ///
  /// - Complexity: O(1).
  public func withBytes<Result>(_ body: (RawSpan) throws -> Result) rethrows -> Result {
    switch contents {
    case .mapped(let bytes, _): try body(bytes.bytes)
    case .read(let bytes): try body(bytes.span.bytes)
    }
  }

  /// Copies a range of bytes to `target`. Unlike bytes that ``withBytes(_:)`` shows, they do not stay
  /// in this program's memory, which matters for files as large as memory.
  ///
  /// - Throws: ``FormatError/unreadable(path:reason:)``.
  func copy(_ range: Range<Int>, into target: UnsafeMutableRawBufferPointer) throws {
    guard case .mapped(_, let descriptor) = contents else {
      withBytes { bytes in
        bytes.withUnsafeBytes {
          target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[range]))
        }
      }
      return
    }
    var done = 0
    while done < range.count {
      let count = pread(
        descriptor, target.baseAddress! + done, range.count - done, range.lowerBound + done)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        throw FormatError.unreadable(
          path: path, reason: count == 0 ? "it was shortened while it was read" : systemReason())
      }
      done += count
    }
  }

  private static func contents(of descriptor: Int32, path: String) throws -> Contents {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw FormatError.unreadable(path: path, reason: systemReason())
    }
    let kind = status.st_mode & S_IFMT
    if kind == S_IFDIR {
      throw FormatError.unreadable(path: path, reason: "it is a folder, not a file")
    }
    // Standard input may be a file that is already half read; the kernel's own files claim size 0.
    if kind == S_IFREG, status.st_size > 0, descriptor != STDIN_FILENO {
      let size = Int(status.st_size)
      if let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED {
        return .mapped(
          UnsafeRawBufferPointer(start: base, count: size), descriptor: descriptor)
      }
    }
    return .read(try readToEnd(descriptor, path: path))
  }

  private static func readToEnd(_ descriptor: Int32, path: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw FormatError.unreadable(path: path, reason: systemReason())
      }
      bytes.append(contentsOf: chunk[..<count])
    }
  }
}

/// Why the last system call failed, in words.
func systemReason() -> String { String(cString: strerror(errno)) }
