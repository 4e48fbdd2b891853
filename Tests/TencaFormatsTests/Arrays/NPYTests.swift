import TencaNumerics
import Testing

@testable import TencaFormats

@Suite struct NPYTests {
  private static let matrix = NDArray<Float>([1, 2, 3, 4, 5, 100], shape: [2, 3])

  /// `numpy.lib.format.write_array(file, array, version)` of NumPy 2.4.6, with
  /// `array = numpy.array([[1, 2, 3], [4, 5, 100]], "<f4")`.
  private static let reference = bytes(
    base64: """
      k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9
      ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAIA/AAAAQAAA
      QEAAAIBAAACgQAAAyEI=
      """)
  /// The same array as `numpy.asfortranarray(array)`.
  private static let fortranReference = bytes(
    base64: """
      k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0g
      ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAIA/AACAQAAA
      AEAAAKBAAABAQAAAyEI=
      """)
  /// The same array with `version=(2, 0)`, and, changed in one byte, `(3, 0)`.
  private static let version2Reference = bytes(
    base64: """
      k05VTVBZAgB0AAAAeydkZXNjcic6ICc8ZjQnLCAnZm9ydHJhbl9vcmRlcic6IEZhbHNlLCAnc2hhcGUnOiAoMiwgMyks
      IH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAIA/AAAAQAAA
      QEAAAIBAAACgQAAAyEI=
      """)

  private func decode(_ bytes: [UInt8]) throws -> ArchivedArray {
    try NPY.decode(bytes.span.bytes, path: "test.npy")
  }

  /// A file of version 1.0 with the given header text.
  private func file(header: String, elements: [UInt8] = []) -> [UInt8] {
    let length = header.utf8.count
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
      + Array(header.utf8) + elements
  }

  @Test func readsWhatNumPyWrites() throws {
    #expect(try decode(Self.reference) == .float(Self.matrix))
    #expect(try decode(Self.fortranReference) == .float(Self.matrix))
    #expect(try decode(Self.version2Reference) == .float(Self.matrix))
    var version3 = Self.version2Reference
    version3[6] = 3
    #expect(try decode(version3) == .float(Self.matrix))
  }

  @Test func writesWhatNumPyWrites() {
    #expect(NPY.encode(Self.matrix) == Self.reference)
  }

  /// Elements: `numpy.array(values).astype(descr).tobytes().hex()`.
  @Test(arguments: [
    ("<f2", "003e00c0ff7b", [1.5, -2, 65504]),
    (">f2", "3e00c0007bff", [1.5, -2, 65504]),
    ("<f4", "0000c03f000000c000e07f47", [1.5, -2, 65504]),
    (">f4", "3fc00000c0000000477fe000", [1.5, -2, 65504]),
    ("<f8", "000000000000f83f00000000000000c00000000000fcef40", [1.5, -2, 65504]),
    (">f8", "3ff8000000000000c00000000000000040effc0000000000", [1.5, -2, 65504]),
    ("|i1", "ff0264", [-1, 2, 100]),
    ("<i2", "ffff02006400", [-1, 2, 100]),
    (">i2", "ffff00020064", [-1, 2, 100]),
    ("<i4", "ffffffff0200000064000000", [-1, 2, 100]),
    (">i4", "ffffffff0000000200000064", [-1, 2, 100]),
    ("<i8", "ffffffffffffffff02000000000000006400000000000000", [-1, 2, 100]),
    (">i8", "ffffffffffffffff00000000000000020000000000000064", [-1, 2, 100]),
    ("|u1", "0102c8", [1, 2, 200]),
    ("<u2", "01000200c800", [1, 2, 200]),
    (">u2", "0001000200c8", [1, 2, 200]),
    ("<u4", "0100000002000000c8000000", [1, 2, 200]),
    (">u4", "0000000100000002000000c8", [1, 2, 200]),
    ("<u8", "01000000000000000200000000000000c800000000000000", [1, 2, 200]),
    (">u8", "0000000000000001000000000000000200000000000000c8", [1, 2, 200]),
    ("|b1", "010001", [1, 0, 1]),
  ])
  func readsEveryType(descr: String, elements: String, values: [Double]) throws {
    let array = try decode(
      file(
        header: "{'descr': '\(descr)', 'fortran_order': False, 'shape': (3,), }",
        elements: bytes(hex: elements)))
    #expect(array.asDouble == NDArray(values))
    let isSingle = descr.hasSuffix("f2") || descr.hasSuffix("f4")
    #expect(
      array == (isSingle ? .float(NDArray(values.map(Float.init))) : .double(NDArray(values))))
  }

  @Test(arguments: [[], [0], [1], [7], [0, 3], [3, 0], [2, 3], [2, 3, 4], [1, 1, 1, 5]])
  func roundTripsShapes(shape: [Int]) throws {
    let count = shape.reduce(1, *)
    let double = NDArray<Double>((0..<count).map { 1 / Double($0 + 1) }, shape: shape)
    #expect(try decode(NPY.encode(double)) == .double(double))
    let float: NDArray<Float> = double.converted()
    #expect(try decode(NPY.encode(float)) == .float(float))
    #expect(NPY.header(of: .float(float)).count % 64 == 0)
  }

  @Test func writesViewsInRowMajorOrder() throws {
    let view = Self.matrix.transposed()
    #expect(try decode(NPY.encode(view)).asFloat.elements == [1, 4, 2, 5, 3, 100])
  }

  @Test func roundTripsThroughAFile() throws {
    try withTemporaryFolder { folder in
      try NPY.write(Self.matrix, to: "\(folder)/a.npy")
      #expect(try NPY.read(path: "\(folder)/a.npy") == .float(Self.matrix))
    }
  }

  @Test func readsHeadersAsPythonWould() throws {
    let header = "{\"shape\": (2L, ), 'fortran_order':True,'descr' : '<f4'}   \n"
    let array = try decode(file(header: header, elements: bytes(hex: "0000803f 00000040")))
    #expect(array == .float(NDArray([1, 2])))
  }

  @Test(arguments: [
    ("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "elements of type '<c8'"),
    ("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "quoted string"),
    ("{'descr': '<f4', 'fortran_order': False, }", "no 'shape'"),
    ("{'descr': '<f4', 'shape': (1,), }", "no 'fortran_order'"),
    ("{'fortran_order': False, 'shape': (1,), }", "no 'descr'"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "not a tuple"),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } x", "text behind"),
    (
      "{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4), }",
      "no array has the shape"
    ),
    (
      "{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 4, 0), }",
      "no array has the shape"
    ),
    ("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), }", "not a tuple"),
    ("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000,), }", "takes 8000000000"),
  ])
  func saysWhatIsWrongWithAHeader(header: String, complaint: String) throws {
    let error = try #require(throws: FormatError.self) { try decode(file(header: header)) }
    #expect(error.description.contains(complaint), "\(error)")
    #expect(error.description.contains("test.npy"))
  }

  @Test func refusesOtherVersionsAndBytesBehind() {
    var version4 = Self.reference
    version4[6] = 4
    #expect(throws: FormatError.self) { try decode(version4) }
    #expect(
      throws: FormatError.damaged(
        path: "test.npy", byte: 152, problem: "1 bytes behind the last element")
    ) { try decode(Self.reference + [0]) }
  }

  @Test func survivesDamage() {
    for bytes in [Self.reference, Self.fortranReference, Self.version2Reference] {
      expectErrorForEveryTruncation(of: bytes) { _ = try NPY.decode($0, path: "") }
      let refused = expectSurvivalOfEveryCorruption(of: bytes) { _ = try NPY.decode($0, path: "") }
      #expect(refused > 1000)
    }
  }
}
