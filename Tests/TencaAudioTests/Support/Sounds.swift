import TencaNumerics

#if canImport(Glibc)
  import Glibc
#endif

/// Sounds made of numbers.
enum Sounds {
  /// Normal noise of a given spread, the same every time.
  static func noise(_ count: Int, level: Float = 0.1, seed: UInt64 = 1) -> [Float] {
    var random = RandomStream(seed: seed)
    return (0..<count).map { _ in max(-1, min(1, level * Float(random.normal()))) }
  }

  /// A sine of a frequency in hertz.
  static func tone(_ frequency: Double, _ count: Int, rate: Int, level: Double = 0.5) -> [Float] {
    (0..<count).map { Float(level * sin(2 * .pi * frequency * Double($0) / Double(rate))) }
  }

  /// Noise of 16-bit integers, as floats of ±1.
  static func quantizedNoise(_ count: Int, seed: UInt64 = 1) -> [Float] {
    noise(count, level: 0.3, seed: seed).map { ($0 * 32767).rounded() / 32768 }
  }
}
