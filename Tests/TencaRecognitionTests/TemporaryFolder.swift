import FoundationEssentials
import TencaAudio

/// A folder that is there while a test runs.
final class TemporaryFolder {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory.path + "/tenca-\(UInt64.random(in: 0...UInt64.max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a text file and returns its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    let file = try place(name)
    try text.write(toFile: file, atomically: false, encoding: .utf8)
    return file
  }

  /// Writes a sound: a tone in seeded noise, of a pitch of its own.
  @discardableResult
  func writeTone(
    _ hertz: Double, to name: String, seconds: Double = 0.3, rate: Int = 8000, seed: Int = 1
  ) throws -> String {
    let file = try place(name)
    var generator = SystemLikeGenerator(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1)
    let samples = (0..<Int(seconds * Double(rate))).map { index in
      let phase = 2 * Double.pi * hertz * Double(index) / Double(rate)
      return Float(0.3 * sine(phase)) + Float.random(in: -0.02...0.02, using: &generator)
    }
    try SoundWriter.write([Waveform(samples: samples, sampleRate: rate)], to: file)
    return file
  }

  private func place(_ name: String) throws -> String {
    let file = "\(path)/\(name)"
    let folder = file[..<file.lastIndex(of: "/")!]
    try FileManager.default.createDirectory(
      atPath: String(folder), withIntermediateDirectories: true)
    return file
  }
}

/// A sine by its series after reduction: tests need no mathematics library for that.
private func sine(_ angle: Double) -> Double {
  let x = angle.remainder(dividingBy: 2 * .pi)
  var (term, sum) = (x, x)
  for n in 1..<14 {
    term *= -x * x / Double((2 * n) * (2 * n + 1))
    sum += term
  }
  return sum
}

/// Xorshift (Marsaglia 2003): noise that is the same in every run.
struct SystemLikeGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
