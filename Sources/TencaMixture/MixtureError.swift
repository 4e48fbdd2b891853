/// Data, options or a stored model that no mixture can be made of.
public enum MixtureError: Error, CustomStringConvertible, Sendable, Equatable {
  /// There are no rows, or rows without columns.
  case noData(shape: [Int])
  /// A number of the data is NaN or infinite.
  case notFinite(row: Int, column: Int, value: Double)
  /// A column holds no value in any row that counts.
  case noValues(column: Int)
  /// The data have another number of columns than the model.
  case wrongColumns(expected: Int, actual: Int)
  /// An option is out of its range, which `limit` gives in words.
  case invalidOption(name: String, value: String, limit: String)
  /// Parameters that are no mixture: `problem` says where and why.
  case invalidModel(problem: String)
  /// A stored model that cannot be read: `problem` says why.
  case unreadableArchive(name: String, problem: String)

  /// What was wrong, where, and what to do.
  public var description: String {
    switch self {
    case .noData(let shape):
      "data of shape \(shape) hold nothing to learn from. Give at least one row and one column."
    case .notFinite(let row, let column, let value):
      "row \(row), column \(column) of the data is \(value). Remove the row or replace the value."
    case .noValues(let column):
      "column \(column) of the data holds no value at all. Leave the column out."
    case .wrongColumns(let expected, let actual):
      "the data have \(actual) columns, the model \(expected). Use the features it was made from."
    case .invalidOption(let name, let value, let limit):
      "option \(name) is \(value) but must be \(limit)"
    case .invalidModel(let problem):
      "these parameters are no mixture: \(problem)"
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
}
