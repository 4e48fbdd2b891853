import Testing

@testable import TencaFormats

@Suite struct GzipTests {
  /// `printf 'hello hello hello hello\n' | gzip -9n | base64` of gzip 1.12.
  private static let reference = bytes(
    base64: "H4sIAAAAAAACA8tIzcnJV8hAJ7kAAIhZCxgAAAA=")
  private static let text = Array("hello hello hello hello\n".utf8)

  private func decompress(_ bytes: [UInt8]) throws -> [UInt8] {
    try bytes.withUnsafeBytes { try Gzip.decompress($0, path: "test.gz") }
  }

  private func compress(_ bytes: [UInt8]) throws -> [UInt8] {
    try bytes.withUnsafeBytes { try Gzip.compress($0) }
  }

  /// The reference with other flags and with `fields` behind the first ten bytes.
  private func file(flags: UInt8, _ fields: [UInt8]) -> [UInt8] {
    var file = Self.reference
    file[3] = flags
    file.insert(contentsOf: fields, at: 10)
    return file
  }

  @Test func readsWhatGzipWrites() throws {
    #expect(try decompress(Self.reference) == Self.text)
  }

  @Test func joinsMembers() throws {
    #expect(try decompress(Self.reference + Self.reference) == Self.text + Self.text)
  }

  @Test func passesOverOptionalFields() throws {
    let extra: [UInt8] = [3, 0, 7, 8, 9]
    let (name, comment) = (Array("a.idx\0".utf8), Array("a remark\0".utf8))
    #expect(try decompress(file(flags: 1, [])) == Self.text)
    #expect(try decompress(file(flags: 4, extra)) == Self.text)
    #expect(try decompress(file(flags: 8, name)) == Self.text)
    #expect(try decompress(file(flags: 16, comment)) == Self.text)
    #expect(try decompress(file(flags: 28, extra + name + comment)) == Self.text)
    // The header's checksum is the lower half of the CRC-32 of all before it: Python's
    // zlib.crc32(bytes.fromhex("1f8b0802000000000203")) & 0xffff.
    let low: [UInt8] = [0x25, 0x15]
    #expect(try decompress(file(flags: 2, low)) == Self.text)
    #expect(
      throws: FormatError.damaged(
        path: "test.gz", byte: 10, problem: "the gzip header does not match its checksum")
    ) { try decompress(file(flags: 2, [low[0] ^ 1, low[1]])) }
  }

  @Test(arguments: [0, 1, 1000, 300_000])
  func roundTrips(count: Int) throws {
    // Half noise by a linear congruence (Knuth's), which does not compress, half one value.
    var state: UInt32 = 1
    let contents = (0..<count).map { index -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return index < count / 2 ? UInt8(state >> 24) : 7
    }
    let compressed = try compress(contents)
    #expect(try decompress(compressed) == contents)
    #expect(try compress(contents) == compressed)
  }

  @Test func namesWhatIsWrong() {
    let end = Self.reference.count
    func expect(_ problem: String, at byte: Int, _ file: [UInt8]) {
      #expect(throws: FormatError.damaged(path: "test.gz", byte: byte, problem: problem)) {
        try decompress(file)
      }
    }
    var file = Self.reference
    file[end - 8] ^= 1
    expect("the contents do not match the gzip checksum", at: end - 8, file)
    file = Self.reference
    file[end - 4] = 25
    expect("the gzip length is 25, but 24 bytes came out", at: end - 4, file)
    file = Self.reference
    file[2] = 7
    expect("a gzip method other than deflate", at: 2, file)
    expect("gzip flags that are not defined", at: 3, self.file(flags: 32, []))
    expect("bytes behind the gzip data", at: end, Self.reference + [0, 0, 0])
    expect("a gzip file starts with 1F 8B", at: 0, [1, 2, 3])
    #expect(
      throws: FormatError.truncated(
        path: "test.gz", byte: 15, part: "the rest of the compressed data", needed: 1, present: 0)
    ) { try decompress(Array(Self.reference[..<15])) }
    #expect(
      throws: FormatError.truncated(
        path: "test.gz", byte: end - 4, part: "the gzip length", needed: 4, present: 1)
    ) { try decompress(Array(Self.reference[..<(end - 3)])) }
  }

  @Test func survivesDamage() {
    expectErrorForEveryTruncation(of: Self.reference) {
      _ = try decompress($0.withUnsafeBytes { Array($0) })
    }
    let refused = expectSurvivalOfEveryCorruption(of: Self.reference) {
      _ = try decompress($0.withUnsafeBytes { Array($0) })
    }
    #expect(refused > 500)
  }
}
