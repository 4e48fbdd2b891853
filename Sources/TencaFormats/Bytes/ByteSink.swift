import Glibc
import TencaNumerics

/// Where encoders put their bytes: a growing array, or a file that is written in large pieces.
///
/// A class because it owns an open file; it does not outlive the closure that it is handed to.
final class ByteSink {
  /// The bytes not yet handed to the file; in memory, all of them.
  private(set) var buffer: [UInt8] = []
  /// The number of bytes put so far.
  private(set) var position = 0
  private let file: OutputFile?

  private static let flushSize = 1 << 20

  /// Collects bytes in memory.
  init() { file = nil }

  private init(file: OutputFile) { self.file = file }

  /// Replaces the file at `path` by what `body` puts; on an error the old file stays.
  static func write<Result>(
    to path: String, _ body: (ByteSink) throws -> Result
  ) throws -> Result {
    try ReplacingFile.write(to: path) { temporary in
      let sink = ByteSink(file: try OutputFile(temporary, named: path))
      let result = try body(sink)
      try sink.flush()
      return result
    }
  }

  /// Collects what `body` puts.
  static func collect(_ body: (ByteSink) throws -> Void) rethrows -> [UInt8] {
    let sink = ByteSink()
    try body(sink)
    return sink.buffer
  }

  func put(_ bytes: some Collection<UInt8>) throws {
    buffer.append(contentsOf: bytes)
    position += bytes.count
    if buffer.count >= Self.flushSize { try flush() }
  }

  /// Puts bytes that lie together; a large block goes to the file without a copy.
  func put(contiguous bytes: UnsafeRawBufferPointer) throws {
    guard let file, bytes.count >= Self.flushSize else { return try put(bytes) }
    try flush()
    try file.write(bytes, at: position)
    position += bytes.count
  }

  func put(_ text: String) throws { try put(text.utf8) }

  func put(_ integer: some FixedWidthInteger, _ order: ByteOrder = .little) throws {
    try withUnsafeBytes(of: order == .little ? integer.littleEndian : integer.bigEndian) {
      try put($0)
    }
  }

  /// Puts the scalars of `array` in row-major order, little end first.
  func put<Scalar: NumericScalar>(_ array: NDArray<Scalar>) throws {
    try array.withUnsafeBuffer { scalars in try put(contiguous: littleEndianBytes(of: scalars)) }
  }

  /// Replaces bytes put before, `offset` bytes from the beginning.
  func patch(_ bytes: [UInt8], at offset: Int) throws {
    precondition(offset >= 0 && offset + bytes.count <= position, "patch outside the file")
    if let file, offset < position - buffer.count {
      try flush()
      try bytes.withUnsafeBytes { try file.write($0, at: offset) }
    } else {
      let start = offset - (position - buffer.count)
      buffer.replaceSubrange(start..<start + bytes.count, with: bytes)
    }
  }

  /// Hands the buffer to the file, if there is one.
  private func flush() throws {
    guard let file else { return }
    try buffer.withUnsafeBytes { try file.write($0, at: position - buffer.count) }
    buffer.removeAll(keepingCapacity: true)
  }
}

/// A file that is open for writing until this value goes.
private final class OutputFile {
  private let descriptor: Int32
  /// The file as the caller named it, for messages.
  private let name: String

  init(_ path: String, named name: String) throws {
    descriptor = open(path, O_WRONLY | O_CLOEXEC)
    self.name = name
    guard descriptor >= 0 else {
      throw FormatError.unwritable(path: name, reason: systemReason())
    }
  }

  deinit { close(descriptor) }

  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
    var written = 0
    while written < bytes.count {
      let count = pwrite(
        descriptor, bytes.baseAddress! + written, bytes.count - written, offset + written)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw FormatError.unwritable(path: name, reason: systemReason())
      }
      written += count
    }
  }
}

/// The bytes of `scalars` as they lie in memory, which every format here that takes them so wants
/// little end first.
func littleEndianBytes<Scalar: NumericScalar>(
  of scalars: UnsafeBufferPointer<Scalar>
) -> UnsafeRawBufferPointer {
  // All platforms that Swift ships for are little-endian; a new one must not write wrong files.
  precondition(1.littleEndian == 1, "array files are written on little-endian machines only")
  return UnsafeRawBufferPointer(scalars)
}
