public import TencaNumerics

/// A feature file of HTK, the Hidden Markov Model Toolkit: one utterance's frames.
///
/// A header of 12 bytes (frames, frame period, bytes a frame, parameter kind), then the frames as
/// single-precision numbers, all with the big end first. Compressed files (`_C`) are read too; their
/// checksum (`_K`) is not verified.
///
/// Source: HTK Book 3.4, section 5.10.
public struct HTKFeatureFile: Sendable, Equatable {
  /// The numbers, frames × coefficients.
  public var frames: NDArray<Float>
  /// The time from one frame to the next in units of 100 ns: 100000 for 10 ms.
  public var period: Int
  /// What the numbers are.
  public var kind: HTKParameterKind

  /// Makes the contents of a file.
  public init(frames: NDArray<Float>, period: Int, kind: HTKParameterKind) {
    self.frames = frames
    self.period = period
    self.kind = kind
  }

  /// Reads the file at `path`; "-" is standard input.
  ///
  /// - Throws: ``FormatError``; also for files that hold sound or integers instead of features.
  public init(path: String) throws {
    let file = try FileBytes(path: path)
    self = try file.withBytes { try HTKFeatureFile($0, path: file.path) }
  }

  /// Reads the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - path: What messages call the file.
  /// - Throws: ``FormatError``.
  public init(_ bytes: RawSpan, path: String) throws {
    self = try bytes.withUnsafeBytes { bytes in
      var reader = ByteReader(bytes, path: path)
      let frameCount = Int(try reader.integer("the frame count", as: Int32.self, order: .big))
      let period = Int(try reader.integer("the period", as: Int32.self, order: .big))
      let frameSize = Int(try reader.integer("the frame size", as: Int16.self, order: .big))
      let code = try reader.integer("the parameter kind", as: UInt16.self, order: .big)
      let kind = HTKParameterKind(rawValue: code)
      guard let base = kind.base, frameCount >= 0, frameSize > 0, period >= 0 else {
        throw reader.damaged(
          "\(frameCount) frames of \(frameSize) bytes every \(period)·100 ns, kind code \(code)",
          at: 0)
      }
      if let remedy = Self.remedies[base] {
        throw FormatError.unsupported(
          path: path, problem: "it holds \(kind), not features", remedy: remedy)
      }
      let frames =
        kind.qualifiers.contains(.compressed)
        ? try Self.compressedFrames(&reader, count: frameCount, size: frameSize)
        : try Self.frames(&reader, count: frameCount, size: frameSize)
      let trailerSize = kind.qualifiers.contains(.checksum) ? 2 : 0
      guard reader.remaining == trailerSize else {
        throw reader.damaged(
          "\(reader.remaining) bytes behind the last frame, where \(trailerSize) were due")
      }
      return HTKFeatureFile(frames: frames, period: period, kind: kind)
    }
  }

  /// The base kinds that are not floating-point frames, and what to do with each.
  private static let remedies: [HTKParameterKind.Base: String] = [
    .waveform: "Convert the sound to WAV first, for example with HCopy or sox",
    .irefc: "Convert it to LPREFC with HCopy",
    .discrete: "Read the features that it was quantised from",
  ]

  private static func frames(
    _ reader: inout ByteReader, count: Int, size: Int
  ) throws -> NDArray<Float> {
    guard size % 4 == 0 else {
      throw reader.damaged("frames of \(size) bytes are not made of 4-byte numbers", at: 8)
    }
    let bytes = try reader.take(count * size, "\(count) frames of \(size / 4) numbers")
    return ElementType.float32.array(bytes, shape: [count, size / 4], order: .big).asFloat
  }

  /// Frames of 16-bit integers X, from which the numbers are (X + B) / A, with one A and one B for
  /// each coefficient. A and B stand before the frames and count as four of them.
  private static func compressedFrames(
    _ reader: inout ByteReader, count: Int, size: Int
  ) throws -> NDArray<Float> {
    guard size % 2 == 0, count >= 4 else {
      throw reader.damaged("\(count) compressed frames of \(size) bytes", at: 0)
    }
    let width = size / 2
    func row(_ type: ElementType, _ rows: Int, _ part: String) throws -> ArchivedArray {
      let bytes = try reader.take(rows * width * type.size, part)
      return type.array(bytes, shape: [rows, width], order: .big)
    }
    let scale = try row(.float32, 1, "the scales A").asFloat
    if let column = scale.elements.firstIndex(where: { $0 == 0 || !$0.isFinite }) {
      throw reader.damaged("coefficient \(column) is scaled by \(scale[0, column])", at: 12)
    }
    let offset = try row(.float32, 1, "the offsets B").asFloat
    var frames = try row(.int16, count - 4, "\(count - 4) compressed frames").asFloat
    frames.withUnsafeMutableBuffer { numbers in
      for index in numbers.indices {
        let column = index % width
        numbers[index] = (numbers[index] + offset[0, column]) / scale[0, column]
      }
    }
    return frames
  }
}

extension HTKFeatureFile {
  /// The bytes of the file.
  ///
  /// - Throws: ``FormatError/unencodable(name:problem:)`` for what the header cannot say: frames of
  ///   more than 8191 numbers, more than 2³¹ - 1 frames, kinds that are not floating-point frames,
  ///   `_C` and `_K`.
  public func encode() throws -> [UInt8] {
    let header = try header()
    return try ByteSink.collect { try put(into: $0, header: header) }
  }

  /// Replaces the file at `path`.
  ///
  /// - Throws: ``FormatError`` or `ReplacingFileError`.
  public func write(to path: String) throws {
    let header = try header()
    try ByteSink.write(to: path) { try put(into: $0, header: header) }
  }

  private struct Header {
    let frameCount: Int32
    let period: Int32
    let frameSize: Int16
  }

  private func header() throws -> Header {
    func refusal(_ problem: String) -> FormatError {
      .unencodable(name: "\(kind)", problem: problem)
    }
    guard frames.rank == 2, let frameCount = Int32(exactly: frames.rows),
      let frameSize = Int16(exactly: frames.columns * 4), frameSize > 0
    else {
      throw refusal("an HTK file cannot hold an array of shape \(frames.shape)")
    }
    guard let period = Int32(exactly: period), period >= 0 else {
      throw refusal("an HTK file cannot hold the period \(period)")
    }
    guard let base = kind.base, Self.remedies[base] == nil,
      kind.qualifiers.isDisjoint(with: [.compressed, .checksum])
    else {
      throw refusal("only plain floating-point features are written, without _C and _K")
    }
    return Header(frameCount: frameCount, period: period, frameSize: frameSize)
  }

  private func put(into sink: ByteSink, header: Header) throws {
    try sink.put(header.frameCount, .big)
    try sink.put(header.period, .big)
    try sink.put(header.frameSize, .big)
    try sink.put(kind.rawValue, .big)
    try frames.withUnsafeBuffer { numbers in
      for number in numbers { try sink.put(number.bitPattern, .big) }
    }
  }
}
