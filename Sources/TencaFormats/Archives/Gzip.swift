/// The gzip file format (RFC 1952): one compressed file with a checksum, or several end to end.
enum Gzip {
  /// What every gzip file begins with.
  static let signature: [UInt8] = [0x1F, 0x8B]

  /// Whether `bytes` begin as a gzip file does.
  static func isGzip(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count >= signature.count && bytes[..<signature.count].elementsEqual(signature)
  }

  /// The contents of a gzip file, checked against its checksums and lengths.
  ///
  /// - Throws: ``FormatError`` naming the byte where the file is cut short or damaged.
  /// - Complexity: O(contents), about 250 MB/s.
  static func decompress(_ bytes: UnsafeRawBufferPointer, path: String) throws -> [UInt8] {
    var reader = ByteReader(bytes, path: path)
    var contents: [UInt8] = []
    // The last four bytes hold the length of the last member, nearly always the only one. No input
    // makes more than 1032 times its size, so a lying length reserves nothing absurd.
    if bytes.count >= 4 {
      let length = bytes.loadUnaligned(fromByteOffset: bytes.count - 4, as: UInt32.self)
      contents.reserveCapacity(min(Int(UInt32(littleEndian: length)), 1032 * bytes.count))
    }
    repeat { try appendMember(from: &reader, to: &contents) } while reader.remaining > 0
    return contents
  }

  /// The bytes of a gzip file; the same contents give the same bytes, for it holds no date.
  static func compress(_ contents: UnsafeRawBufferPointer) throws -> [UInt8] {
    try ByteSink.collect { sink in
      // Deflate, no optional fields, no date, no remark on the level, made on Unix.
      try sink.put(signature + [8, 0, 0, 0, 0, 0, 0, 3])
      try Deflate.compress([contents]) { try sink.put(contiguous: $0) }
      try sink.put(zipChecksum(0, contents))
      try sink.put(UInt32(truncatingIfNeeded: contents.count))
    }
  }

  private static func appendMember(
    from reader: inout ByteReader, to contents: inout [UInt8]
  ) throws {
    try takeHeader(from: &reader)
    let (start, memberStart) = (reader.offset, contents.count)
    let rest = UnsafeRawBufferPointer(rebasing: reader.bytes[start...])
    let (end, used) = try Deflate.decompress(rest) { contents.append(contentsOf: $0) }
    switch end {
    case .finished: try reader.move(to: start + used, "the gzip trailer")
    case .truncated:
      throw FormatError.truncated(
        path: reader.path, byte: reader.bytes.count, part: "the rest of the compressed data",
        needed: 1, present: 0)
    case .damaged: throw reader.damaged("the gzip data do not decompress", at: start + used)
    }
    let checksum = try reader.integer("the gzip checksum", as: UInt32.self)
    let length = try reader.integer("the gzip length", as: UInt32.self)
    let found = contents.withUnsafeBytes { all in
      zipChecksum(0, UnsafeRawBufferPointer(rebasing: all[memberStart...]))
    }
    guard checksum == found else {
      throw reader.damaged("the contents do not match the gzip checksum", at: reader.offset - 8)
    }
    guard length == UInt32(truncatingIfNeeded: contents.count - memberStart) else {
      throw reader.damaged(
        "the gzip length is \(length), but \(contents.count - memberStart) bytes came out",
        at: reader.offset - 4)
    }
  }

  /// Takes a header with whichever optional fields it has.
  private static func takeHeader(from reader: inout ByteReader) throws {
    let start = reader.offset
    guard try reader.take(2, "the gzip signature").elementsEqual(signature) else {
      throw reader.damaged(
        start == 0 ? "a gzip file starts with 1F 8B" : "bytes behind the gzip data", at: start)
    }
    guard try reader.integer("the gzip method", as: UInt8.self) == 8 else {
      throw reader.damaged("a gzip method other than deflate", at: start + 2)
    }
    let flags = HeaderFlags(rawValue: try reader.integer("the gzip flags", as: UInt8.self))
    guard flags.isSubset(of: .known) else {
      throw reader.damaged("gzip flags that are not defined", at: start + 3)
    }
    // The date, a remark on the level and the system tell nothing about the contents.
    _ = try reader.take(6, "the gzip header")
    if flags.contains(.extra) {
      let length = try reader.integer("the length of the gzip extra field", as: UInt16.self)
      _ = try reader.take(Int(length), "the gzip extra field")
    }
    for (flag, part) in [(HeaderFlags.name, "name"), (.comment, "comment")]
    where flags.contains(flag) {
      _ = reader.take { $0 != 0 }
      _ = try reader.take(1, "the end of the gzip \(part)")
    }
    guard flags.contains(.checksum) else { return }
    let header = UnsafeRawBufferPointer(rebasing: reader.bytes[start..<reader.offset])
    let found = UInt16(truncatingIfNeeded: zipChecksum(0, header))
    guard try reader.integer("the gzip header's checksum", as: UInt16.self) == found else {
      throw reader.damaged(
        "the gzip header does not match its checksum", at: reader.offset - 2)
    }
  }
}

/// The flags of RFC 1952, section 2.3.1.
private struct HeaderFlags: OptionSet {
  let rawValue: UInt8
  /// The contents are probably text; of no consequence.
  static let text = HeaderFlags(rawValue: 1)
  static let checksum = HeaderFlags(rawValue: 2)
  static let extra = HeaderFlags(rawValue: 4)
  static let name = HeaderFlags(rawValue: 8)
  static let comment = HeaderFlags(rawValue: 16)
  static let known: HeaderFlags = [.text, .checksum, .extra, .name, .comment]
}
