/// Reads the members of a ZIP file: stored or deflated, not encrypted, in one piece.
struct ZipReader {
  private let bytes: UnsafeRawBufferPointer
  private let path: String
  /// The members in the order of the directory.
  let members: [Member]

  struct Member {
    let name: String
    let flags: UInt16
    let method: UInt16
    let checksum: UInt32
    let compressedSize: Int
    let size: Int
    /// Where the member's local header starts.
    let offset: Int
  }

  init(_ bytes: UnsafeRawBufferPointer, path: String) throws {
    self.bytes = bytes
    self.path = path
    let directory = try Directory(of: bytes, path: path)
    var reader = ByteReader(bytes, path: path)
    try reader.move(to: directory.offset, "the ZIP directory")
    var members: [Member] = []
    for _ in 0..<directory.memberCount { members.append(try Member(from: &reader)) }
    self.members = members
  }

  /// Calls `body` with the bytes of a member, which were checked against its checksum.
  func withContents<Result>(
    of member: Member, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    guard member.flags & 1 == 0 else {
      throw FormatError.unsupported(
        path: path, problem: "member '\(member.name)' is encrypted",
        remedy: "Save it without a password")
    }
    var reader = ByteReader(bytes, path: path)
    try reader.move(to: member.offset, "the local header of '\(member.name)'")
    guard try reader.integer("a local header") == ZipFormat.localSignature else {
      throw reader.damaged("no local header of '\(member.name)'", at: member.offset)
    }
    _ = try reader.take(22, "the local header of '\(member.name)'")
    let nameLength = Int(try reader.integer("the length of a name", as: UInt16.self))
    let extraLength = Int(try reader.integer("the length of the extra field", as: UInt16.self))
    _ = try reader.take(nameLength + extraLength, "the name of '\(member.name)'")
    let start = reader.offset
    let stored = try reader.take(member.compressedSize, "member '\(member.name)'")

    func checked(_ contents: UnsafeRawBufferPointer) throws -> Result {
      guard contents.count == member.size, zipChecksum(0, contents) == member.checksum else {
        throw reader.damaged("member '\(member.name)' does not match its checksum", at: start)
      }
      return try body(contents)
    }
    switch ZipMethod(rawValue: member.method) {
    case .stored: return try checked(stored)
    case .deflated:
      guard let contents = try Deflate.decompress(stored, count: member.size) else {
        throw reader.damaged("member '\(member.name)' does not decompress", at: start)
      }
      return try contents.withUnsafeBytes(checked)
    case nil:
      throw FormatError.unsupported(
        path: path, problem: "member '\(member.name)' is compressed by method \(member.method)",
        remedy: "Save it with deflate, as numpy.savez_compressed does, or uncompressed")
    }
  }
}

extension ZipReader.Member {
  /// Takes an entry of the directory.
  fileprivate init(from reader: inout ByteReader) throws {
    let start = reader.offset
    guard try reader.integer("a directory entry") == ZipFormat.centralSignature else {
      throw reader.damaged("no ZIP directory entry", at: start)
    }
    _ = try reader.take(4, "a directory entry")
    flags = try reader.integer("a directory entry")
    method = try reader.integer("a directory entry")
    _ = try reader.take(4, "a directory entry")
    checksum = try reader.integer("a directory entry")
    let compressedSize = try reader.integer("a directory entry", as: UInt32.self)
    let size = try reader.integer("a directory entry", as: UInt32.self)
    let nameLength = Int(try reader.integer("a directory entry", as: UInt16.self))
    let extraLength = Int(try reader.integer("a directory entry", as: UInt16.self))
    let commentLength = Int(try reader.integer("a directory entry", as: UInt16.self))
    _ = try reader.take(8, "a directory entry")
    let offset = try reader.integer("a directory entry", as: UInt32.self)
    name = String(decoding: try reader.take(nameLength, "a member's name"), as: UTF8.self)
    let extra = try reader.take(extraLength, "the extra field of '\(name)'")
    _ = try reader.take(commentLength, "the comment on '\(name)'")

    var large = try Self.zip64Values(in: ByteReader(extra, path: reader.path))
    func value(_ field: UInt32, of name: String) throws -> Int {
      guard field == ZipFormat.elsewhere32 else { return Int(field) }
      guard !large.isEmpty, let value = Int(exactly: large.removeFirst()) else {
        throw reader.damaged("member '\(name)' has no 64-bit size", at: start)
      }
      return value
    }
    self.size = try value(size, of: name)
    self.compressedSize = try value(compressedSize, of: name)
    self.offset = try value(offset, of: name)
  }

  /// The 64-bit numbers of an extra field, of which there are as many as 32-bit fields gave way.
  private static func zip64Values(in extra: ByteReader) throws -> [UInt64] {
    var extra = extra
    while extra.remaining >= 4 {
      let kind = try extra.integer("an extra field", as: UInt16.self)
      let length = Int(try extra.integer("an extra field", as: UInt16.self))
      guard length <= extra.remaining else { break }
      var field = ByteReader(try extra.take(length, "an extra field"), path: extra.path)
      guard kind == ZipFormat.zip64Field else { continue }
      var values: [UInt64] = []
      while field.remaining >= 8 { values.append(try field.integer("a 64-bit size")) }
      return values
    }
    return []
  }
}

/// Where the directory of a ZIP file is.
private struct Directory {
  let memberCount: Int
  let offset: Int

  init(of bytes: UnsafeRawBufferPointer, path: String) throws {
    var reader = ByteReader(bytes, path: path)
    let end = try Self.endRecord(in: reader)
    try reader.move(to: end + 10, "the ZIP end record")
    let count = try reader.integer("the ZIP end record", as: UInt16.self)
    _ = try reader.take(4, "the ZIP end record")
    let offset = try reader.integer("the ZIP end record", as: UInt32.self)
    guard count == ZipFormat.elsewhere16 || offset == ZipFormat.elsewhere32 else {
      memberCount = Int(count)
      self.offset = Int(offset)
      return
    }
    try reader.move(to: end - ZipFormat.zip64LocatorSize, "the zip64 locator")
    guard try reader.integer("the zip64 locator") == ZipFormat.zip64LocatorSignature else {
      throw reader.damaged("no zip64 locator before the ZIP end record", at: reader.offset - 4)
    }
    _ = try reader.take(4, "the zip64 locator")
    try reader.move(to: reader.integer("the zip64 locator", as: UInt64.self), "the zip64 record")
    guard try reader.integer("the zip64 end record") == ZipFormat.zip64EndSignature else {
      throw reader.damaged("no zip64 end record", at: reader.offset - 4)
    }
    _ = try reader.take(28, "the zip64 end record")
    let largeCount = try reader.integer("the zip64 end record", as: UInt64.self)
    _ = try reader.take(8, "the zip64 end record")
    let largeOffset = try reader.integer("the zip64 end record", as: UInt64.self)
    guard let memberCount = Int(exactly: largeCount), let offset = Int(exactly: largeOffset) else {
      throw reader.damaged("the zip64 end record counts \(largeCount) members")
    }
    self.memberCount = memberCount
    self.offset = offset
  }

  /// The last place where an end record may start: a comment of up to 65535 bytes may follow it.
  private static func endRecord(in reader: ByteReader) throws -> Int {
    let last = reader.bytes.count - ZipFormat.endSize
    for start in stride(from: last, through: max(0, last - Int(UInt16.max)), by: -1) {
      let signature = reader.bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self)
      if UInt32(littleEndian: signature) == ZipFormat.endSignature { return start }
    }
    throw reader.damaged("no ZIP end record, so the file is cut off or not an NPZ file", at: 0)
  }
}
