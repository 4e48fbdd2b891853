import TencaNumerics
import Testing

@testable import TencaFormats

@Suite struct KaldiArchiveTests {
  /// The layout that Kaldi's `Matrix::Write` and `Vector::Write` give, here by
  /// `b"u1 \0BFM \4" + struct.pack("<i", 2) + b"\4" + struct.pack("<i", 3) + a.tobytes()` with
  /// `a = numpy.array([[1, 2, 3], [4, 5, 6]], "<f4")`, and so on for the others.
  private static let reference =
    Array("u1 \0BFM ".utf8) + bytes(hex: "0402000000 0403000000")
    + bytes(hex: "0000803f 00000040 00004040 00008040 0000a040 0000c040")
    + Array("u2 \0BDM ".utf8) + bytes(hex: "0401000000 0402000000")
    + bytes(hex: "000000000000e03f 000000000000f0bf")
    + Array("u3 \0BFV ".utf8) + bytes(hex: "0402000000 0000803f 00000040")
    + Array("u4 \0BDV ".utf8) + bytes(hex: "0401000000 000000000000e03f")
  private static let entries: [KaldiArchive.Entry] = [
    .init(key: "u1", array: .float(NDArray(rows: [[1, 2, 3], [4, 5, 6]]))),
    .init(key: "u2", array: .double(NDArray(rows: [[0.5, -1]]))),
    .init(key: "u3", array: .float(NDArray([1, 2]))),
    .init(key: "u4", array: .double(NDArray([0.5]))),
  ]

  private func decode(_ bytes: [UInt8]) throws -> [KaldiArchive.Entry] {
    var entries: [KaldiArchive.Entry] = []
    try KaldiArchive.decode(bytes.span.bytes, path: "test.ark") { entries.append($0) }
    return entries
  }

  /// The only entry's numbers.
  private func array(_ bytes: [UInt8]) throws -> ArchivedArray {
    let entries = try decode(bytes)
    #expect(entries.count == 1)
    return try #require(entries.first).array
  }

  @Test func readsAndWritesBinaryEntries() throws {
    #expect(try decode(Self.reference) == Self.entries)
    #expect(try KaldiArchive.encode(Self.entries) == Self.reference)
    try withTemporaryFolder { folder in
      try KaldiArchive.write(to: "\(folder)/a.ark") { writer in
        for entry in Self.entries { try writer.append(entry) }
      }
      #expect(try KaldiArchive.read(path: "\(folder)/a.ark") == Self.entries)
    }
  }

  @Test(arguments: [
    ("k  [\n  1 2 3 \n  4 5 6 ]\n", NDArray<Float>(rows: [[1, 2, 3], [4, 5, 6]])),
    ("k  [\n  1 2 3 ]\n", NDArray(rows: [[1, 2, 3]])),
    ("k [1 2;3 4]", NDArray(rows: [[1, 2], [3, 4]])),
    ("k  [ 1 -2.5e-1 3 ]\n", NDArray([1, -0.25, 3])),
    ("k  [ ]\n", NDArray(zeros: [0])),
    ("k  [\r\n  1\r\n  2 ]\r\n", NDArray(rows: [[1], [2]])),
    ("k [ inf -inf ]", NDArray([.infinity, -.infinity])),
  ])
  func readsTextEntries(text: String, array: NDArray<Float>) throws {
    #expect(try self.array(Array(text.utf8)) == .float(array))
    // Entries of both kinds follow each other.
    let both = try decode(Array(text.utf8) + Array("\n".utf8) + Self.reference)
    #expect(both.map(\.key) == ["k", "u1", "u2", "u3", "u4"])
  }

  /// Two bytes a number, the minimum -1, the range 65535/64: each step is 1/64.
  @Test func readsTwoByteCompression() throws {
    let entry =
      Array("k \0BCM2 ".utf8) + bytes(hex: "000080bf 00ff7f44 02000000 02000000")
      + bytes(hex: "0000 4000 8000 ffff")
    let numbers = try array(entry).asFloat
    #expect(numbers.shape == [2, 2])
    for (number, expected) in zip(numbers.elements, [-1, 0, 1, 65535.0 / 64 - 1] as [Float]) {
      #expect(abs(number - expected) < 1e-3)
    }
  }

  /// One byte a number, the minimum 0, the range 255: each step is 1.
  @Test func readsOneByteCompression() throws {
    let entry =
      Array("k \0BCM3 ".utf8) + bytes(hex: "00000000 00007f43 02000000 03000000")
      + bytes(hex: "00 01 02 40 80 ff")
    let numbers = try array(entry).asFloat
    #expect(numbers.shape == [2, 3])
    for (number, expected) in zip(numbers.elements, [0, 1, 2, 64, 128, 255] as [Float]) {
      #expect(abs(number - expected) < 1e-4)
    }
  }

  /// The minimum 0 and the range 65535, so that percentiles are the numbers themselves. Those of
  /// column 0 are 0, 64, 192 and 255, so that its bytes are too; those of column 1 are 0, 6400,
  /// 19200 and 31800, which makes the step 100, 100 and 200 in the three parts.
  @Test func readsCompressionByColumns() throws {
    let entry =
      Array("k \0BCM ".utf8) + bytes(hex: "00000000 00ff7f47 05000000 02000000")
      + bytes(hex: "0000 4000 c000 ff00") + bytes(hex: "0000 0019 004b 387c")
      + bytes(hex: "00 40 41 c0 ff") + bytes(hex: "00 40 41 c0 c1")
    let numbers = try array(entry).asFloat
    #expect(numbers.shape == [5, 2])
    let expected: [Float] = [0, 0, 64, 6400, 65, 6500, 192, 19200, 255, 19400]
    for (number, expected) in zip(numbers.elements, expected) {
      #expect(abs(number - expected) < 1e-2)
    }
  }

  @Test(arguments: [
    ("k \0B\u{4}\u{2}\0\0\0", "'k' at byte 4 is neither a matrix nor a vector"),
    ("k \0BFM \u{8}", "no size of 4 bytes"),
    ("k 1 2 3\n", "neither binary nor starts with ["),
    ("k [ 1 x ]", "a number or ]"),
    ("k [ 1 2", "a number or ]"),
    ("k [\n 1 2\n 3 ]", "not equally long"),
    ("k", "no space behind the key 'k'"),
    ("\0\0", "without a key"),
  ])
  func saysWhatIsWrong(text: String, complaint: String) throws {
    let error = try #require(throws: FormatError.self) { try decode(Array(text.utf8)) }
    #expect(error.description.contains(complaint), "\(error)")
  }

  @Test func refusesNegativeAndAbsurdSizes() {
    let start = Array("k \0BFM ".utf8)
    for size in ["04ffffffff 0401000000", "04ffffff7f 04ffffff7f"] {
      #expect(throws: FormatError.self) { try decode(start + bytes(hex: size)) }
    }
  }

  @Test func refusesKeysAndShapesThatCannotBe() {
    let vector = ArchivedArray.float(NDArray([1]))
    for key in ["", "a b", "a\n"] {
      #expect(throws: FormatError.self) {
        try KaldiArchive.encode([.init(key: key, array: vector)])
      }
    }
    for shape in [[], [1, 1, 1]] {
      #expect(throws: FormatError.self) {
        try KaldiArchive.encode([.init(key: "k", array: .float(NDArray(zeros: shape)))])
      }
    }
  }

  @Test func survivesDamage() {
    var ends = [0]
    for count in Self.entries.indices {
      ends.append((try? KaldiArchive.encode(Array(Self.entries[...count])).count) ?? 0)
    }
    for count in 0...Self.reference.count {
      let part = Array(Self.reference[..<count])
      // An archive may end after any entry, and only there.
      if let end = ends.firstIndex(of: count) {
        #expect((try? decode(part).count) == end)
      } else {
        #expect(throws: FormatError.self, "\(count)") { try decode(part) }
      }
    }
    let text = Array("k  [\n  1 2 \n  3 4 ]\nl [ 1 ]\n".utf8)
    for bytes in [Self.reference, text] {
      let refused = expectSurvivalOfEveryCorruption(of: bytes) {
        try KaldiArchive.decode($0, path: "") { _ in }
      }
      #expect(refused > 100)
    }
  }
}
