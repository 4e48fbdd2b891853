internal import TencaFormats

extension ExampleSet {
  /// - Throws: ``GenerativeError/notFinite(path:example:row:column:value:)`` for the first number that
  ///   is infinite or none at all.
  static func requireFinite(_ part: StoredArray, shape: ExampleShape) throws {
    guard let (index, value) = part.firstNotFinite() else { return }
    let (row, column) = shape.place(of: index % shape.count)
    throw GenerativeError.notFinite(
      path: part.path, example: index / shape.count, row: row, column: column,
      value: "\(value)")
  }

  /// - Throws: ``GenerativeError/labelCount(path:labels:examples:)`` or
  ///   ``GenerativeError/unknownLabel(path:example:label:classCount:)`` unless every example has a
  ///   label that is an index into the names.
  static func require(
    _ labels: [Int]?, fit count: Int, classNames: [String], path: String
  ) throws {
    guard let labels else { return }
    guard labels.count == count else {
      throw GenerativeError.labelCount(path: path, labels: labels.count, examples: count)
    }
    if let wrong = labels.firstIndex(where: { !classNames.indices.contains($0) }) {
      throw GenerativeError.unknownLabel(
        path: path, example: wrong, label: "\(labels[wrong])", classCount: classNames.count)
    }
  }

  /// - Throws: ``GenerativeError/tooFewExamples(path:count:least:)`` for a set that was read with
  ///   fewer than two examples, of which there is nothing to learn.
  func requireEnough() throws -> ExampleSet {
    guard count >= 2 else {
      throw GenerativeError.tooFewExamples(path: source, count: count, least: 2)
    }
    return self
  }
}
