import Glibc

/// Sounds that differ as voices and words do: by pitch, in noise that differs from take to take.
enum Tone {
  static let classes: KeyValuePairs = ["low": 300.0, "middle": 900, "high": 2100]

  static func samples(_ hertz: Double, count: Int, rate: Int, seed: Int) -> [Float] {
    var noise = Xorshift(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1)
    return (0..<count).map { index in
      let phase = 2 * Double.pi * hertz * Double(index) / Double(rate)
      return Float(0.3 * sin(phase)) + Float.random(in: -0.02...0.02, using: &noise)
    }
  }
}

/// Xorshift (Marsaglia 2003): noise that is the same in every run.
struct Xorshift: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
