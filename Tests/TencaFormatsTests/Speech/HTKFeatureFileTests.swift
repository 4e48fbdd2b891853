import TencaNumerics
import Testing

@testable import TencaFormats

@Suite struct HTKFeatureFileTests {
  /// `struct.pack(">iihH", 2, 100000, 12, 6 | 0o100 | 0o400)` and
  /// `numpy.array([[1, -2, 0.5], [3, 4, 1e-3]], ">f4").tobytes()`.
  private static let reference = bytes(
    hex: """
      00000002000186a0000c0146
      3f800000c00000003f00000040400000408000003a83126f
      """)
  private static let file = HTKFeatureFile(
    frames: NDArray(rows: [[1, -2, 0.5], [3, 4, 1e-3]]), period: 100_000,
    kind: HTKParameterKind(.mfcc, [.energy, .delta]))

  /// `[[1, -2], [3, 2], [2, 0]]` compressed by the formulae of the HTK Book, section 5.10.1:
  /// A = 2·32767/(max - min), B = (max + min)·32767/(max - min), X = round(A·x - B); kind
  /// `USER_C_K`, with a checksum of 0.
  private static let compressed = bytes(
    hex: """
      00000007000186a000041409
      46fffe00467ffe00 477ffe0000000000
      80018001 7fff7fff 00000000
      0000
      """)

  private func decode(_ bytes: [UInt8]) throws -> HTKFeatureFile {
    try HTKFeatureFile(bytes.span.bytes, path: "test.htk")
  }

  @Test func readsAndWritesTheReference() throws {
    #expect(try decode(Self.reference) == Self.file)
    #expect(try Self.file.encode() == Self.reference)
    #expect("\(Self.file.kind)" == "MFCC_E_D")
    #expect(Self.file.kind.base == .mfcc)
    #expect(Self.file.kind.qualifiers == [.energy, .delta])
  }

  @Test func readsCompressedFrames() throws {
    let file = try decode(Self.compressed)
    #expect(file.frames == NDArray(rows: [[1, -2], [3, 2], [2, 0]]))
    #expect("\(file.kind)" == "USER_C_K")
  }

  @Test func roundTripsThroughAFile() throws {
    try withTemporaryFolder { folder in
      let file = HTKFeatureFile(
        frames: NDArray<Float>((0..<3900).map { 1 / Float($0 + 1) }, shape: [100, 39]),
        period: 50_000, kind: HTKParameterKind(.plp, [.zerothCepstral, .acceleration, .zeroMean]))
      try file.write(to: "\(folder)/a.plp")
      #expect(try HTKFeatureFile(path: "\(folder)/a.plp") == file)
      let empty = HTKFeatureFile(
        frames: NDArray(zeros: [0, 3]), period: 0, kind: HTKParameterKind(.user))
      #expect(try decode(empty.encode()) == empty)
    }
  }

  @Test(arguments: [
    (0, "WAVEFORM, not features"), (5, "IREFC, not features"), (10, "DISCRETE, not features"),
    (63, "kind code 63"),
  ])
  func refusesWhatIsNotFrames(code: UInt8, complaint: String) throws {
    var bytes = Self.reference
    bytes[10] = 0
    bytes[11] = code
    let error = try #require(throws: FormatError.self) { try decode(bytes) }
    #expect(error.description.contains(complaint), "\(error)")
  }

  @Test func refusesSizesThatDoNotFit() throws {
    #expect(throws: FormatError.self) { try decode(Self.reference + [0]) }
    var odd = Self.reference
    odd[9] = 10
    #expect(throws: FormatError.self) { try decode(odd) }
    var zeroScale = Self.compressed
    zeroScale.replaceSubrange(12..<16, with: [0, 0, 0, 0])
    let error = try #require(throws: FormatError.self) { try decode(zeroScale) }
    #expect(error.description.contains("coefficient 0 is scaled by 0"))
  }

  @Test func refusesToWriteWhatTheHeaderCannotSay() {
    func file(
      _ shape: [Int] = [1, 1], period: Int = 1, _ kind: HTKParameterKind = .init(.user)
    ) -> HTKFeatureFile {
      HTKFeatureFile(frames: NDArray(zeros: shape), period: period, kind: kind)
    }
    for wrong in [
      file([3]), file([1, 0]), file([1, 8192]), file(period: -1), file(period: 1 << 31),
      file([1, 1], .init(.waveform)), file([1, 1], .init(.mfcc, .compressed)),
      file([1, 1], .init(.mfcc, .checksum)), file([1, 1], .init(rawValue: 63)),
    ] {
      #expect(throws: FormatError.self, "\(wrong)") { try wrong.encode() }
    }
  }

  @Test(arguments: [reference, compressed])
  func survivesDamage(bytes: [UInt8]) {
    expectErrorForEveryTruncation(of: bytes) { _ = try HTKFeatureFile($0, path: "") }
    let refused = expectSurvivalOfEveryCorruption(of: bytes) {
      _ = try HTKFeatureFile($0, path: "")
    }
    #expect(refused > 100)
  }
}
