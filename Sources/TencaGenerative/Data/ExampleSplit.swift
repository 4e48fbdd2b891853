/// The part of a data set that is wanted, where the data set says which example belongs to which.
public enum ExampleSplit: String, Sendable, Hashable, Codable, CaseIterable {
  /// What models learn from. A data set that knows no parts is all for training.
  case train
  /// What settings are chosen by.
  case validation
  /// What is only measured on.
  case test
  /// Every part, in the order above.
  case all

  /// The parts of a data set that this asks for.
  var parts: [ExampleSplit] { self == .all ? [.train, .validation, .test] : [self] }

  /// The words that files, folders and manifests have for the part.
  var words: [String] {
    switch self {
    case .train: ["train", "training"]
    case .validation: ["val", "validation", "valid", "dev"]
    // MNIST calls its ten thousand test pictures so.
    case .test: ["test", "t10k", "testing"]
    case .all: ["all"]
    }
  }

  /// The part called `word`, nil when no part is.
  init?(word: String) {
    let word = word.lowercased()
    guard let part = Self.all.parts.first(where: { $0.words.contains(word) }) else { return nil }
    self = part
  }
}
