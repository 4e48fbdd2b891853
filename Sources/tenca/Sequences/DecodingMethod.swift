import ArgumentParser

/// How states are told from rows.
enum DecodingMethod: ExpressibleByArgument, Equatable {
  /// The most probable path as a whole; looks ahead.
  case viterbi
  /// What can be known at the time.
  case filtered
  /// The probability of each state given all rows; looks ahead.
  case smoothed
  /// The same, given so many rows ahead.
  case fixedLag(Int)
  /// So many paths, the most probable first; looks ahead.
  case kBest(Int)

  init?(argument: String) {
    let words = argument.split(separator: ":", omittingEmptySubsequences: false)
    switch (words[0], words.count) {
    case ("viterbi", 1): self = .viterbi
    case ("filtered", 1): self = .filtered
    case ("smoothed", 1): self = .smoothed
    case ("fixed-lag", 2):
      guard let lag = Int(words[1]), 0...1_000_000 ~= lag else { return nil }
      self = .fixedLag(lag)
    case ("k-best", 2):
      guard let count = Int(words[1]), 1...10_000 ~= count else { return nil }
      self = .kBest(count)
    default: return nil
    }
  }

  /// As it is written.
  var name: String {
    switch self {
    case .viterbi: "viterbi"
    case .filtered: "filtered"
    case .smoothed: "smoothed"
    case .fixedLag(let lag): "fixed-lag:\(lag)"
    case .kBest(let count): "k-best:\(count)"
    }
  }

  var defaultValueDescription: String { name }

  static let allValueStrings = [
    "viterbi", "filtered", "smoothed", "fixed-lag:ROWS", "k-best:PATHS",
  ]

  /// Whether a row's answer depends on rows after it.
  var looksAhead: Bool { self != .filtered && self != .fixedLag(0) }
}
