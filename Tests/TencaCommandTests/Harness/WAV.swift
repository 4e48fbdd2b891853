/// The bytes of WAV files, right and wrong, made by hand.
struct WAV {
  var format = 1
  var channels = 1
  var rate = 8000
  var bits = 16
  var data: [UInt8] = []
  /// The length that the header promises; nil for the true one.
  var promised: Int?
  var magic = "RIFF"

  /// Sixteen-bit samples of a tone.
  static func tone(count: Int) -> WAV {
    let samples = Tone.samples(440, count: count, rate: 8000, seed: 7)
    return WAV(data: samples.flatMap { littleEndian(Int(Int16($0 * 20000)), bytes: 2) })
  }

  /// Samples in 32-bit floating point.
  static func floats(_ samples: [Float]) -> WAV {
    WAV(
      format: 3, bits: 32,
      data: samples.flatMap { littleEndian(Int($0.bitPattern), bytes: 4) })
  }

  var bytes: [UInt8] {
    let length = promised ?? data.count
    let frame = channels * bits / 8
    var bytes = Array(magic.utf8) + Self.littleEndian(36 + length, bytes: 4)
    bytes += Array("WAVEfmt ".utf8) + Self.littleEndian(16, bytes: 4)
    bytes += Self.littleEndian(format, bytes: 2) + Self.littleEndian(channels, bytes: 2)
    bytes += Self.littleEndian(rate, bytes: 4) + Self.littleEndian(rate * frame, bytes: 4)
    bytes += Self.littleEndian(frame, bytes: 2) + Self.littleEndian(bits, bytes: 2)
    return bytes + Array("data".utf8) + Self.littleEndian(length, bytes: 4) + data
  }

  private static func littleEndian(_ value: Int, bytes: Int) -> [UInt8] {
    (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
