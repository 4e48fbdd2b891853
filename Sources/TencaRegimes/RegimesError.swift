/// Series or options that nothing can be learned from.
public enum RegimesError: Error, CustomStringConvertible, Sendable, Equatable {
  /// A series is not fit for what is asked of it: `place` is its name, with the row or date.
  case unfitSeries(place: String, problem: String, remedy: String)
  /// An option is out of its range, which `limit` gives in words.
  case invalidOption(name: String, value: String, limit: String)
  /// A stored model that cannot be read.
  case damagedModel(reason: String)

  /// What was wrong, where, and what to do.
  public var description: String {
    switch self {
    case .unfitSeries(let place, let problem, let remedy):
      "\(place): \(problem). \(remedy)."
    case .invalidOption(let name, let value, let limit):
      "option \(name) is \(value) but must be \(limit)"
    case .damagedModel(let reason): "the stored model cannot be read: \(reason)"
    }
  }

  /// - Throws: ``invalidOption(name:value:limit:)`` unless `condition` holds.
  static func require(
    _ condition: Bool, _ name: String, _ value: some CustomStringConvertible, _ limit: String
  ) throws {
    if !condition { throw invalidOption(name: name, value: value.description, limit: limit) }
  }
}
