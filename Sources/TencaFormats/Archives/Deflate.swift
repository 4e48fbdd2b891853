import CZlib

/// Raw deflate (RFC 1951), the compression inside ZIP and gzip files, by zlib.
enum Deflate {
  /// Compresses the concatenation of `parts` and hands it to `consume` piece by piece.
  ///
  /// The level is zlib's default, so the bytes are the same on every run.
  static func compress(
    _ parts: [UnsafeRawBufferPointer], _ consume: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let stream = ZlibStream()
    // Negative window bits: no zlib header. 8 is the default memory level.
    let status = deflateInit2_(
      stream.state, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY,
      ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib refused its own settings or memory is exhausted")
    defer { deflateEnd(stream.state) }
    for part in parts {
      try stream.run(on: part, { deflate($0, Z_NO_FLUSH) }, consume)
    }
    while true {
      let status = try stream.step({ deflate($0, Z_FINISH) }, consume)
      if status == Z_STREAM_END { return }
    }
  }

  /// Decompresses `bytes`, which must become exactly `count` bytes; nil when they do not.
  static func decompress(_ bytes: UnsafeRawBufferPointer, count: Int) throws -> [UInt8]? {
    // No input makes more than 1032 times its size, so a lying `count` reserves nothing absurd.
    guard count / 1032 <= bytes.count else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(count)
    var isWithinCount = true
    let (end, _) = try decompress(bytes) { piece in
      isWithinCount = isWithinCount && piece.count <= count - result.count
      if isWithinCount { result.append(contentsOf: piece) }
    }
    return end == .finished && isWithinCount && result.count == count ? result : nil
  }

  /// How a run of decompression ended.
  enum End {
    /// The stream is whole; bytes may follow it.
    case finished
    /// The bytes ran out within the stream.
    case truncated
    /// The bytes are no deflate stream.
    case damaged
  }

  /// Decompresses the stream that `bytes` begin with and hands it to `consume` piece by piece.
  ///
  /// - Returns: How it ended, and how many of the bytes belonged to it.
  static func decompress(
    _ bytes: UnsafeRawBufferPointer, _ consume: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> (end: End, used: Int) {
    let stream = ZlibStream()
    let status = inflateInit2_(
      stream.state, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib refused its own settings or memory is exhausted")
    defer { inflateEnd(stream.state) }
    let last = try stream.run(on: bytes, { inflate($0, Z_NO_FLUSH) }, consume)
    let end: End =
      switch last {
      case Z_STREAM_END: .finished
      case Z_OK, Z_BUF_ERROR: .truncated
      default: .damaged
      }
    return (end, Int(stream.state.pointee.total_in))
  }
}

/// A zlib stream and the room for its output. zlib keeps a pointer to the stream, so that must stay
/// where it is.
private final class ZlibStream {
  let state = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)

  init() { state.initialize(to: z_stream()) }

  deinit {
    state.deallocate()
    output.deallocate()
  }

  /// Feeds all of `input` to `work`; returns the last status, which is an error or the end of the
  /// stream when it came early.
  @discardableResult
  func run(
    on input: UnsafeRawBufferPointer, _ work: (UnsafeMutablePointer<z_stream>) -> Int32,
    _ consume: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Int32 {
    var status = Z_OK
    // zlib counts in 32 bits: larger inputs go in slices.
    let sliceSize = 1 << 30
    for start in stride(from: 0, to: input.count, by: sliceSize) {
      let slice = UnsafeRawBufferPointer(
        rebasing: input[start..<min(start + sliceSize, input.count)])
      state.pointee.next_in = UnsafeMutablePointer(
        mutating: slice.baseAddress!.assumingMemoryBound(to: UInt8.self))
      state.pointee.avail_in = UInt32(slice.count)
      repeat {
        status = try step(work, consume)
        // Z_BUF_ERROR only says that there was nothing left to do.
        guard status == Z_OK || status == Z_BUF_ERROR else { return status }
      } while state.pointee.avail_out == 0
    }
    return status
  }

  /// Lets `work` fill the output once and hands over what came.
  func step(
    _ work: (UnsafeMutablePointer<z_stream>) -> Int32,
    _ consume: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> Int32 {
    state.pointee.next_out = output.baseAddress!.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_out = UInt32(output.count)
    let status = work(state)
    let count = output.count - Int(state.pointee.avail_out)
    if count > 0 { try consume(UnsafeRawBufferPointer(rebasing: output[..<count])) }
    return status
  }
}

/// Continues the checksum that ZIP and gzip files use (CRC-32); it starts at 0.
func zipChecksum(_ checksum: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
  // zlib takes a null pointer for "begin anew".
  guard let start = bytes.baseAddress, bytes.count > 0 else { return checksum }
  return UInt32(
    crc32_z(UInt(checksum), start.assumingMemoryBound(to: UInt8.self), z_size_t(bytes.count)))
}
