/// What can be wrong with documents, or with the way in which they are to be read.
public enum TextError: Error, CustomStringConvertible, Sendable, Equatable {
  /// An option is out of its range, which `limit` gives in words.
  case invalidOption(name: String, value: String, limit: String)
  /// There is no document.
  case noDocuments
  /// Of the `distinct` words in the documents none is in as many documents as asked for.
  case noTerms(documents: Int, distinct: Int)

  /// What was wrong, the value, and what to do.
  public var description: String {
    switch self {
    case .invalidOption(let name, let value, let limit):
      "option \(name) is \(value) but must be \(limit)"
    case .noDocuments:
      "there is no document. Give a table with at least one row."
    case .noTerms(let documents, let distinct):
      "of \(distinct) distinct words in \(documents) documents none is left. Ask for words of fewer "
        + "or more documents, or keep the stop words."
    }
  }

  /// - Throws: ``invalidOption(name:value:limit:)`` unless `condition` holds.
  static func require(
    _ condition: Bool, _ name: String, _ value: some CustomStringConvertible, _ limit: String
  ) throws {
    if !condition { throw invalidOption(name: name, value: value.description, limit: limit) }
  }
}
