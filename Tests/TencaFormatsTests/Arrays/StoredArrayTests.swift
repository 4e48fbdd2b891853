import TencaNumerics
import Testing

@testable import TencaFormats

@Suite struct StoredArrayTests {
  private static let matrix = NDArray<Float>([1, 2, 3, 4, 5, 100], shape: [2, 3])

  /// A file of version 1.0 with the given header text.
  private func npy(_ descr: String, _ shape: [Int], _ elements: [UInt8]) -> [UInt8] {
    NPYHeader.encode(descr: descr, shape: shape) + elements
  }

  @Test func anOpenedArrayIsTheOneThatIsRead() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.npy"
      try NPY.write(Self.matrix, to: path)
      let array = try NPY.open(path: path)
      #expect(array.isMapped && array.holdsFloats && !array.holdsBytes)
      #expect(array.shape == [2, 3] && array.elements == Self.matrix.elements)
      try ReplacingFile.write(npy("|u1", [2, 2], [0, 7, 128, 255]), to: path)
      let bytes = try NPY.open(path: path)
      #expect(bytes.holdsBytes && bytes.isMapped && bytes.elements == [0, 7, 128, 255])
    }
  }

  /// The types of NPYTests, whose elements NumPy wrote, converted here by the other route.
  @Test(arguments: [
    ("<f2", "003e00c0"), (">f4", "3fc00000c0000000"), ("<f8", "000000000000f83f00000000000000c0"),
    ("|i1", "ff02"), ("<i2", "ffff0200"), (">i4", "ffffffff00000002"),
    ("<i8", "ffffffffffffffff0200000000000000"), ("|u1", "01c8"), ("<u2", "01000200"),
    (">u4", "0000000100000002"), ("<u8", "01000000000000000200000000000000"), ("|b1", "0100"),
  ])
  func convertsEveryTypeAsDecodingDoes(descr: String, elements: String) throws {
    try withTemporaryFolder { folder in
      let file = npy(descr, [2], bytes(hex: elements))
      try ReplacingFile.write(file, to: "\(folder)/a.npy")
      let decoded = try NPY.decode(file.span.bytes, path: "a.npy").asFloat
      #expect(try NPY.open(path: "\(folder)/a.npy").elements == decoded.elements)
    }
  }

  @Test func columnMajorOrderIsTurnedRound() throws {
    try withTemporaryFolder { folder in
      // numpy.asfortranarray([[1, 2, 3], [4, 5, 100]]).astype("u1")
      let header = "{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }"
      let file: [UInt8] =
        [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
        + [1, 4, 2, 5, 3, 100]
      try ReplacingFile.write(file, to: "\(folder)/a.npy")
      #expect(try NPY.open(path: "\(folder)/a.npy").elements == [1, 2, 3, 4, 5, 100])
    }
  }

  @Test(arguments: [NPZ.Compression.none, .deflate])
  func openedMembersAreTheOnesThatAreRead(compression: NPZ.Compression) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/a.npz"
      let arrays: [(name: String, array: ArchivedArray)] = [
        ("a", .float(Self.matrix)), ("b", .double(NDArray([0.5, 1]))),
      ]
      try ReplacingFile.write(NPZ.encode(arrays, compression: compression), to: path)
      let opened = try NPZ.open(path: path)
      #expect(opened.map(\.name) == ["a", "b"])
      #expect(opened.map(\.array.elements) == arrays.map(\.array.asFloat.elements))
      #expect(opened.allSatisfy { $0.array.isMapped == (compression == .none) })
      #expect(opened[0].array.path == "\(path), member 'a.npy'")
    }
  }

  @Test func aCutOffFileIsRefused() throws {
    try withTemporaryFolder { folder in
      let file = npy("<f4", [2], bytes(hex: "0000803f 00000040"))
      try ReplacingFile.write(file.dropLast(), to: "\(folder)/a.npy")
      #expect(
        throws: FormatError.truncated(
          path: "\(folder)/a.npy", byte: file.count - 8, part: "the elements of shape [2]",
          needed: 8, present: 7)
      ) { try NPY.open(path: "\(folder)/a.npy") }
      try ReplacingFile.write(file + [0], to: "\(folder)/a.npy")
      #expect(throws: FormatError.self) { try NPY.open(path: "\(folder)/a.npy") }
    }
  }

  @Test func theFirstNumberThatIsNotFiniteIsFound() throws {
    // Longer than the block that is looked through at a time.
    var values = [Float](repeating: 1, count: 40_000)
    #expect(StoredArray(NDArray(values), path: "a").firstNotFinite() == nil)
    values[30_001] = -.infinity
    values[39_999] = .nan
    let found = try #require(StoredArray(NDArray(values), path: "a").firstNotFinite())
    #expect(found.index == 30_001 && found.value == -.infinity)
    #expect(StoredArray([1, 2], shape: [2], path: "a").firstNotFinite() == nil)
  }
}
