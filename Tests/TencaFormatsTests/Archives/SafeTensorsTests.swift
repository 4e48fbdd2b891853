import TencaNumerics
import Testing

@testable import TencaFormats

@Suite struct SafeTensorsTests {
  /// `safetensors.numpy.save` of safetensors 0.8.0 for
  /// `{"w": numpy.array([[1, 2, 3], [4, 5, 100]], "f4"), "b": numpy.array([0.5, -2.0]),`
  /// `"n": numpy.array([1, -2], "i8"), "h": numpy.array([1.5], "f2"),`
  /// `"t": numpy.array([True, False])}` with
  /// `metadata={"kind": "gmm", "note": "a/b \"q\" é"}`.
  private static let reference = bytes(
    base64: """
      UAEAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJub3RlIjoiYS9iIFwicVwiIMOpIiwia2luZCI6ImdtbSJ9LCJuIjp7ImR0
      eXBlIjoiSTY0Iiwic2hhcGUiOlsyXSwiZGF0YV9vZmZzZXRzIjpbMCwxNl19LCJiIjp7ImR0eXBlIjoiRjY0Iiwic2hh
      cGUiOlsyXSwiZGF0YV9vZmZzZXRzIjpbMTYsMzJdfSwidyI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMiwzXSwiZGF0
      YV9vZmZzZXRzIjpbMzIsNTZdfSwiaCI6eyJkdHlwZSI6IkYxNiIsInNoYXBlIjpbMV0sImRhdGFfb2Zmc2V0cyI6WzU2
      LDU4XX0sInQiOnsiZHR5cGUiOiJCT09MIiwic2hhcGUiOlsyXSwiZGF0YV9vZmZzZXRzIjpbNTgsNjBdfX0gICAgICAB
      AAAAAAAAAP7/////////AAAAAAAA4D8AAAAAAAAAwAAAgD8AAABAAABAQAAAgEAAAKBAAADIQgA+AQA=
      """)
  private static let archive = Archive(
    arrays: [
      "weights": .float(NDArray([1, 2, 3, 4, 5, 6], shape: [2, 3])),
      "means/größe": .double(NDArray([0.1, -2e300])),
      "count": .double(NDArray([7], shape: [])),
      "none": .float(NDArray(zeros: [0, 5])),
    ],
    metadata: ["kind": "mixture", "options": #"{"k": 3, "path": "a/b"}"#, "": "é\n\u{1F426}"])

  private func decode(_ bytes: [UInt8]) throws -> Archive {
    try SafeTensors.decode(bytes.span.bytes, path: "test.safetensors")
  }

  /// A file with the given header and as many zero bytes as tensors.
  private func file(header: String, bodySize: Int = 0) -> [UInt8] {
    var length = UInt64(header.utf8.count)
    let lengthBytes = (0..<8).map { _ in
      defer { length >>= 8 }
      return UInt8(truncatingIfNeeded: length)
    }
    return lengthBytes + Array(header.utf8) + [UInt8](repeating: 0, count: bodySize)
  }

  @Test func readsWhatTheReferenceWrites() throws {
    let expected = Archive(
      arrays: [
        "w": .float(NDArray([1, 2, 3, 4, 5, 100], shape: [2, 3])),
        "b": .double(NDArray([0.5, -2])), "n": .double(NDArray([1, -2])),
        "h": .float(NDArray([1.5])), "t": .double(NDArray([1, 0])),
      ],
      metadata: ["kind": "gmm", "note": "a/b \"q\" é"])
    #expect(try decode(Self.reference) == expected)
  }

  @Test func roundTrips() throws {
    let encoded = try SafeTensors.encode(Self.archive)
    #expect(try decode(encoded) == Self.archive)
    #expect(try decode(SafeTensors.encode(Archive())) == Archive())
    try withTemporaryFolder { folder in
      try SafeTensors.write(Self.archive, to: "\(folder)/model.safetensors")
      #expect(try SafeTensors.read(path: "\(folder)/model.safetensors") == Self.archive)
    }
  }

  /// The layout, written out by hand from the format's description.
  @Test func writesAPredictableLayout() throws {
    let archive = Archive(
      arrays: ["b": .float(NDArray([1])), "a": .float(NDArray([2])), "c": .double(NDArray([3]))],
      metadata: ["z": "1", "y": "a/b"])
    let header =
      #"{"__metadata__":{"y":"a/b","z":"1"},"#
      + #""a":{"data_offsets":[8,12],"dtype":"F32","shape":[1]},"#
      + #""b":{"data_offsets":[12,16],"dtype":"F32","shape":[1]},"#
      + #""c":{"data_offsets":[0,8],"dtype":"F64","shape":[1]}}"#
    let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    let body = bytes(hex: "0000000000000840 00000040 0000803f")
    #expect(try SafeTensors.encode(archive) == file(header: padded) + body)
  }

  @Test func refusesTheReservedName() {
    #expect(throws: FormatError.self) {
      try SafeTensors.encode(Archive(arrays: ["__metadata__": .float(NDArray([1]))]))
    }
  }

  @Test(arguments: [
    ("[1]", "does not start with {"),
    ("{", "not valid JSON"),
    (#"{"a": 1}"#, "'a'"),
    (#"{"a": {"dtype": "F32", "shape": [1]}}"#, "'a' has no 'data_offsets'"),
    (#"{"a": {"dtype": "F32", "shape": ["1"], "data_offsets": [0, 4]}}"#, "'a.shape"),
    (#"{"__metadata__": {"k": 1}}"#, "'__metadata__.k'"),
    (#"{"a": {"dtype": "C64", "shape": [1], "data_offsets": [0, 8]}}"#, "type C64"),
    (#"{"a": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 4]}}"#, "impossible shape [-1]"),
    (
      #"{"a": {"dtype": "F32", "shape": [4611686018427387904, 2], "data_offsets": [0, 8]}}"#,
      "impossible shape"
    ),
    (
      #"{"a": {"dtype": "F32", "shape": [0, 9223372036854775807], "data_offsets": [0, 0]}}"#,
      "impossible shape"
    ),
    (#"{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]}}"#, "takes 8 bytes"),
    (#"{"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}}"#, "should be 0"),
    (#"{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0]}}"#, "offsets [0]"),
    (#"{"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 0]}}"#, "offsets [4, 0]"),
    (#"{"a": {"dtype": "F32", "shape": [9], "data_offsets": [0, 36]}}"#, "takes 36 bytes, 8 are"),
    (
      #"{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}, "#
        + #""b": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}"#, "tensor 'b'"
    ),
    (#"{"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}"#, "4 bytes behind"),
  ])
  func saysWhatIsWrong(header: String, complaint: String) throws {
    let error = try #require(throws: FormatError.self) {
      try decode(file(header: header, bodySize: 8))
    }
    #expect(error.description.contains(complaint), "\(error)")
  }

  @Test func refusesAbsurdHeaderLengths() {
    for length in [UInt64.max, 100_000_001, 1 << 62] {
      let bytes = withUnsafeBytes(of: length.littleEndian) { Array($0) } + [0x7B, 0x7D]
      #expect(throws: FormatError.self) { try decode(bytes) }
    }
  }

  @Test func survivesDamage() throws {
    for bytes in [Self.reference, try SafeTensors.encode(Self.archive)] {
      expectErrorForEveryTruncation(of: bytes) { _ = try SafeTensors.decode($0, path: "") }
      let refused = expectSurvivalOfEveryCorruption(of: bytes, in: 0..<(bytes.count - 30)) {
        _ = try SafeTensors.decode($0, path: "")
      }
      #expect(refused > 1000)
    }
  }

  /// JSON nested deeper than any stack must be an error like any other.
  @Test func survivesDeepNesting() {
    let header = #"{"a":"# + String(repeating: "[", count: 1_000_000)
    #expect(throws: FormatError.self) { try decode(file(header: header)) }
  }
}
