/// SplitMix64 (G. Steele, D. Lea, C. Flood 2014): numbers that are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Whether two numbers are the same up to rounding.
func isClose(_ left: Double?, _ right: Double?, within tolerance: Double = 1e-12) -> Bool {
  guard let left, let right else { return left == nil && right == nil }
  return abs(left - right) <= tolerance * max(1, abs(left), abs(right))
}

/// All sentences of some words that are no longer than a limit.
func allSentences(of words: [String], upTo length: Int) -> [[String]] {
  var all: [[String]] = [[]]
  var longest = all
  for _ in 0..<length {
    longest = longest.flatMap { sentence in words.map { sentence + [$0] } }
    all += longest
  }
  return all
}
