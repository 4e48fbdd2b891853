/// What can be wrong with sound that is made rather than recorded.
public enum SynthesisError: Error, CustomStringConvertible, Sendable, Equatable {
  /// An option is out of its range, which `limit` gives in words.
  case invalidOption(name: String, value: String, limit: String)
  /// There is no sound to learn from, for the reason given.
  case noSounds(reason: String)

  /// What was wrong, the value, and the limit.
  public var description: String {
    switch self {
    case .invalidOption(let name, let value, let limit):
      "option \(name) is \(value) but must be \(limit)"
    case .noSounds(let reason):
      "no sound to learn from: \(reason)"
    }
  }

  /// - Throws: ``invalidOption(name:value:limit:)`` unless `condition` holds.
  static func require(
    _ condition: Bool, _ name: String, _ value: some CustomStringConvertible, _ limit: String
  ) throws {
    if !condition { throw invalidOption(name: name, value: value.description, limit: limit) }
  }
}
