/// A WAV file made by hand, so that anything in it can be wrong.
struct WAVBytes {
  var formatTag = 1
  var channels = 1
  var sampleRate = 16000
  var bits = 16
  /// What follows the first 16 bytes of the `fmt ` chunk.
  var formatExtension: [UInt8] = []
  var data: [UInt8]
  /// Whole chunks before `fmt `, between it and `data`, and after that.
  var first: [UInt8] = []
  var between: [UInt8] = []
  var last: [UInt8] = []
  /// What the header says, where it is not the truth.
  var dataLength: Int?
  var riffLength: Int?

  init(data: [UInt8]) { self.data = data }

  /// 16-bit samples.
  init(samples: [Float]) {
    data = samples.flatMap { sample in
      littleEndian(Int((sample * 32768).rounded()) & 0xFFFF, bytes: 2)
    }
  }

  var bytes: [UInt8] {
    let frame = channels * bits / 8
    var format = littleEndian(formatTag, bytes: 2) + littleEndian(channels, bytes: 2)
    format += littleEndian(sampleRate, bytes: 4) + littleEndian(sampleRate &* frame, bytes: 4)
    format += littleEndian(frame, bytes: 2) + littleEndian(bits, bytes: 2) + formatExtension
    var body = Array("WAVE".utf8) + first + Self.chunk("fmt ", format) + between
    body += Array("data".utf8) + littleEndian(dataLength ?? data.count, bytes: 4) + data
    if data.count % 2 == 1 && dataLength == nil { body.append(0) }
    body += last
    return Array("RIFF".utf8) + littleEndian(riffLength ?? body.count, bytes: 4) + body
  }

  static func chunk(_ name: String, _ contents: [UInt8]) -> [UInt8] {
    Array(name.utf8) + littleEndian(contents.count, bytes: 4) + contents
      + [UInt8](repeating: 0, count: contents.count % 2)
  }
}

/// The lowest bytes of an integer, least significant first.
func littleEndian(_ value: Int, bytes: Int) -> [UInt8] {
  (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}
