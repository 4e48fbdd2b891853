import FoundationEssentials
import TencaNumerics
import Testing

@testable import TencaFormats

@Suite struct IDXTests {
  /// Two pictures of 2 × 3 bytes, as the format's own page lays them out.
  private static let pictures = bytes(
    hex: "00000803 00000002 00000002 00000003 000102030405 faff8040c87f")
  private static let values: [Float] = [0, 1, 2, 3, 4, 5, 250, 255, 128, 64, 200, 127]

  private func decode(_ bytes: [UInt8]) throws -> StoredArray {
    try IDX.decode(bytes, path: "test.idx")
  }

  /// Elements: Python's `struct.pack(">3" + code, *values).hex()`.
  @Test(arguments: [
    ("08", "0102c8", [1, 2, 200]),
    ("09", "ff0264", [-1, 2, 100]),
    ("0b", "ffff00020064", [-1, 2, 100]),
    ("0c", "ffffffff0000000200000064", [-1, 2, 100]),
    ("0d", "3fc00000c0000000477fe000", [1.5, -2, 65504]),
    ("0e", "3ff8000000000000c00000000000000040effc0000000000", [1.5, -2, 65504]),
  ])
  func readsEveryType(code: String, elements: String, values: [Float]) throws {
    let array = try decode(bytes(hex: "0000\(code)01 00000003 \(elements)"))
    #expect(array.shape == [3])
    #expect(array.elements == values)
    #expect(array.holdsBytes == (code == "08"))
    #expect(array.holdsFloats == (code == "0d" || code == "0e"))
  }

  @Test func writesWhatItReads() throws {
    #expect(
      try IDX.encode([0, 1, 2, 3, 4, 5, 250, 255, 128, 64, 200, 127] as [UInt8], shape: [2, 2, 3])
        == Self.pictures)
    func expectRoundTrip<Element: IDXElement>(
      _ elements: [Element], _ values: [Float]
    ) throws {
      let array = try decode(IDX.encode(elements, shape: [1, elements.count]))
      #expect(array.shape == [1, elements.count])
      #expect(array.elements == values, "\(Element.self)")
    }
    try expectRoundTrip([-128, 127] as [Int8], [-128, 127])
    try expectRoundTrip([-32768, 258] as [Int16], [-32768, 258])
    try expectRoundTrip([-1_000_000, 66051] as [Int32], [-1_000_000, 66051])
    try expectRoundTrip([1.25, -3] as [Float], [1.25, -3])
    try expectRoundTrip([1.25, -3] as [Double], [1.25, -3])
    #expect(throws: FormatError.self) { try IDX.encode([1] as [UInt8], shape: []) }
  }

  @Test func aMappedFileEqualsAnInflatedOne() throws {
    try withTemporaryFolder { folder in
      let elements = Self.values.map { UInt8($0) }
      // What gzip holds is told by the contents, not by the name.
      for (name, isMapped) in [("a.idx", true), ("a.idx.gz", false), ("renamed", false)] {
        let path = "\(folder)/\(name)"
        if name == "renamed" {
          try FileManager.default.copyItem(atPath: "\(folder)/a.idx.gz", toPath: path)
        } else {
          try IDX.write(elements, shape: [2, 2, 3], to: path)
        }
        let array = try IDX.read(path: path)
        #expect(array.isMapped == isMapped, "\(name)")
        #expect(array.shape == [2, 2, 3] && array.path == path)
        #expect(array.elements == Self.values, "\(name)")
        #expect(array.elements(5..<8) == [5, 250, 255], "\(name)")
      }
      #expect(try names(in: folder) == ["a.idx", "a.idx.gz", "renamed"])
    }
  }

  @Test(arguments: [
    (2, UInt8(0x0A), 2, "no IDX type has the number 10 (8, 9, 11, 12, 13 and 14 have)"),
    (0, 1, 0, "an IDX file starts with two zero bytes"),
    (3, 0, 3, "an IDX array without axes"),
    (7, 1, 22, "6 bytes behind the last element"),
  ])
  func namesTheDamage(index: Int, value: UInt8, byte: Int, problem: String) {
    var file = Self.pictures
    file[index] = value
    #expect(throws: FormatError.damaged(path: "test.idx", byte: byte, problem: problem)) {
      try decode(file)
    }
  }

  @Test func namesWhatIsMissing() {
    var file = Self.pictures
    file[7] = 3
    #expect(
      throws: FormatError.truncated(
        path: "test.idx", byte: 16, part: "the elements of shape [3, 2, 3]", needed: 18,
        present: 12)
    ) { try decode(file) }
    #expect(
      throws: FormatError.truncated(
        path: "test.idx", byte: 8, part: "the length of axis 1", needed: 4, present: 2)
    ) { try decode(Array(Self.pictures[..<10])) }
    // Lengths whose product no integer holds.
    let huge = bytes(hex: "00000803 ffffffff ffffffff ffffffff 00")
    #expect(throws: FormatError.self) { try decode(huge) }
    #expect(throws: FormatError.empty(path: "/dev/null")) { try IDX.read(path: "/dev/null") }
  }

  @Test func survivesDamage() {
    expectErrorForEveryTruncation(of: Self.pictures) {
      _ = try decode($0.withUnsafeBytes { Array($0) })
    }
    // All sixteen bytes of the header count; the elements may be anything.
    let refused = expectSurvivalOfEveryCorruption(of: Self.pictures) {
      _ = try decode($0.withUnsafeBytes { Array($0) })
    }
    #expect(refused > 16 * 20)
  }
}
