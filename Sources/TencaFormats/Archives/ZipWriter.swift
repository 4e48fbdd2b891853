/// Writes a ZIP file member by member.
///
/// The same members give the same bytes: all are dated 1 January 1980, the earliest date there is.
/// Local headers always have room for 64-bit sizes; the directory uses them where it must.
struct ZipWriter {
  private let sink: ByteSink
  /// Sizes and offsets from this on go into 64-bit fields.
  private let zip64Threshold: Int
  private var members: [Member] = []

  private struct Member {
    let name: String
    let method: ZipMethod
    let offset: Int
    var checksum: UInt32 = 0
    var size = 0
    var compressedSize = 0
  }

  /// - Parameter zip64Threshold: Smaller in tests, which cannot write 4 GB.
  init(sink: ByteSink, zip64Threshold: Int = Int(UInt32.max)) {
    self.sink = sink
    self.zip64Threshold = zip64Threshold
  }

  /// Adds a member made of `parts`.
  mutating func add(
    name: String, method: ZipMethod, parts: [UnsafeRawBufferPointer]
  ) throws {
    var member = Member(name: name, method: method, offset: sink.position)
    try putLocalHeader(of: member)
    let start = sink.position
    switch method {
    case .stored: for part in parts { try sink.put(contiguous: part) }
    case .deflated: try Deflate.compress(parts) { try sink.put($0) }
    }
    member.compressedSize = sink.position - start
    member.size = parts.reduce(0) { $0 + $1.count }
    member.checksum = parts.reduce(0) { zipChecksum($0, $1) }
    try patchLocalHeader(of: member)
    members.append(member)
  }

  private static let dosDate: UInt16 = 1 << 5 | 1
  /// 4.5, the first version with 64-bit sizes.
  private static let versionNeeded: UInt16 = 45
  /// Names are UTF-8.
  private static let flags: UInt16 = 1 << 11

  private func putCommonFields(of member: Member) throws {
    try sink.put(Self.versionNeeded)
    try sink.put(Self.flags)
    try sink.put(member.method.rawValue)
    try sink.put(UInt16(0))  // time of day
    try sink.put(Self.dosDate)
    try sink.put(member.checksum)
  }

  private func putLocalHeader(of member: Member) throws {
    try sink.put(ZipFormat.localSignature)
    try putCommonFields(of: member)
    try sink.put(ZipFormat.elsewhere32)
    try sink.put(ZipFormat.elsewhere32)
    try sink.put(UInt16(member.name.utf8.count))
    try sink.put(UInt16(20))
    try sink.put(member.name)
    try putZip64Field([0, 0])
  }

  /// Enters what is known only after the member was written.
  private func patchLocalHeader(of member: Member) throws {
    try sink.patch(littleEndian(member.checksum), at: member.offset + 14)
    let sizes = littleEndian(UInt64(member.size)) + littleEndian(UInt64(member.compressedSize))
    try sink.patch(sizes, at: member.offset + 30 + member.name.utf8.count + 4)
  }

  private func putZip64Field(_ values: [Int]) throws {
    try sink.put(ZipFormat.zip64Field)
    try sink.put(UInt16(8 * values.count))
    for value in values { try sink.put(UInt64(value)) }
  }

  /// Writes the directory; nothing can be added after.
  func finish() throws {
    let start = sink.position
    for member in members { try putDirectoryEntry(of: member) }
    try putEnd(directory: start..<sink.position)
  }

  private func putDirectoryEntry(of member: Member) throws {
    let large = [member.size, member.compressedSize, member.offset]
    let isLarge = large.contains { $0 >= zip64Threshold }
    func field(_ value: Int) -> UInt32 { isLarge ? ZipFormat.elsewhere32 : UInt32(value) }
    try sink.put(ZipFormat.centralSignature)
    try sink.put(Self.versionNeeded)
    try putCommonFields(of: member)
    try sink.put(field(member.compressedSize))
    try sink.put(field(member.size))
    try sink.put(UInt16(member.name.utf8.count))
    try sink.put(UInt16(isLarge ? 28 : 0))
    try sink.put(UInt16(0))  // length of the comment
    try sink.put(UInt16(0))  // disk
    try sink.put(UInt16(0))  // internal attributes
    try sink.put(UInt32(0))  // external attributes
    try sink.put(field(member.offset))
    try sink.put(member.name)
    if isLarge { try putZip64Field(large) }
  }

  private func putEnd(directory: Range<Int>) throws {
    let isLarge =
      members.count >= min(zip64Threshold, Int(ZipFormat.elsewhere16))
      || directory.upperBound >= zip64Threshold
    if isLarge {
      let record = sink.position
      try sink.put(ZipFormat.zip64EndSignature)
      try sink.put(UInt64(44))  // bytes that follow
      try sink.put(Self.versionNeeded)
      try sink.put(Self.versionNeeded)
      try sink.put(UInt32(0))  // disk
      try sink.put(UInt32(0))  // disk of the directory
      try sink.put(UInt64(members.count))
      try sink.put(UInt64(members.count))
      try sink.put(UInt64(directory.count))
      try sink.put(UInt64(directory.lowerBound))
      try sink.put(ZipFormat.zip64LocatorSignature)
      try sink.put(UInt32(0))  // disk
      try sink.put(UInt64(record))
      try sink.put(UInt32(1))  // disks
    }
    let count = isLarge ? ZipFormat.elsewhere16 : UInt16(members.count)
    try sink.put(ZipFormat.endSignature)
    try sink.put(UInt16(0))  // disk
    try sink.put(UInt16(0))  // disk of the directory
    try sink.put(count)
    try sink.put(count)
    try sink.put(isLarge ? ZipFormat.elsewhere32 : UInt32(directory.count))
    try sink.put(isLarge ? ZipFormat.elsewhere32 : UInt32(directory.lowerBound))
    try sink.put(UInt16(0))  // length of the comment
  }
}

private func littleEndian(_ integer: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: integer.littleEndian) { Array($0) }
}
