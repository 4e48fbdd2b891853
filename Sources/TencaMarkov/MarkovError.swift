/// Data, options or parameters that no hidden Markov model can be made of.
public enum MarkovError: Error, CustomStringConvertible, Sendable, Equatable {
  /// There are no rows, or rows without columns.
  case noData(shape: [Int])
  /// The lengths of the sequences do not make up the data.
  case wrongLengths(problem: String)
  /// The data have another number of columns than the model.
  case wrongColumns(expected: Int, actual: Int)
  /// A cell holds what this emission cannot have emitted; `limit` says in words what it can.
  case invalidValue(row: Int, column: Int, value: Double, limit: String)
  /// No state can have emitted this frame (counted over all data), after the frames before it.
  case impossibleData(sequence: Int, frame: Int)
  /// A log-likelihood is NaN or +∞.
  case invalidLogLikelihood(frame: Int, state: Int, value: Double)
  /// An option is out of its range, which `limit` gives in words.
  case invalidOption(name: String, value: String, limit: String)
  /// Parameters that are no model: `problem` says where and why.
  case invalidModel(problem: String)
  /// A stored model that cannot be read: `problem` says why.
  case unreadableArchive(name: String, problem: String)

  /// What was wrong, where, and what to do.
  public var description: String {
    switch self {
    case .noData(let shape):
      "data of shape \(shape) hold nothing to work on. Give at least one row and one column."
    case .wrongLengths(let problem):
      "the lengths of the sequences are wrong: \(problem)"
    case .wrongColumns(let expected, let actual):
      "the data have \(actual) columns, the model \(expected). Use the columns it was made from."
    case .invalidValue(let row, let column, let value, let limit):
      "row \(row), column \(column) of the data is \(value) but must be \(limit)"
    case .impossibleData(let sequence, let frame):
      "frame \(frame), in sequence \(sequence), cannot have come from this model: no state that can "
        + "be reached there emits it. Check the row, or allow what the model holds to be impossible."
    case .invalidLogLikelihood(let frame, let state, let value):
      "the log-likelihood of frame \(frame) in state \(state) is \(value), which is none. A spread "
        + "of zero gives infinite densities: give the state one above zero."
    case .invalidOption(let name, let value, let limit):
      "option \(name) is \(value) but must be \(limit)"
    case .invalidModel(let problem):
      "these parameters are no hidden Markov model: \(problem)"
    case .unreadableArchive(let name, let problem):
      "cannot read \"\(name)\" of the stored model: \(problem)"
    }
  }

  /// - Throws: ``invalidOption(name:value:limit:)`` unless `condition` holds.
  static func require(
    _ condition: Bool, _ name: String, _ value: some CustomStringConvertible, _ limit: String
  ) throws {
    if !condition { throw invalidOption(name: name, value: value.description, limit: limit) }
  }

  /// - Throws: ``invalidLogLikelihood(frame:state:value:)`` for the first value that is none.
  static func requireLogLikelihoods(
    _ values: some RandomAccessCollection<Double>, frame: Int, states: Int
  ) throws {
    for (index, value) in values.enumerated() where value.isNaN || value == .infinity {
      throw invalidLogLikelihood(
        frame: frame + index / states, state: index % states, value: value)
    }
  }
}
