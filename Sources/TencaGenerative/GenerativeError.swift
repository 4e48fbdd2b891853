/// What can be wrong with a generative model, its data or its measures.
public enum GenerativeError: Error, CustomStringConvertible, Sendable, Equatable {
  /// An option is out of its range, which `limit` gives in words.
  case invalidOption(name: String, value: String, limit: String)
  /// The data are not there.
  case missing(path: String)
  /// A folder or file in which nothing was found that examples could be made of.
  case noExamples(path: String, wanted: String)
  /// Fewer examples than there is anything to learn from.
  case tooFewExamples(path: String, count: Int, least: Int)
  /// A data set that has no part of this name.
  case noSuchSplit(path: String, split: String, present: [String])
  /// An array whose shape is not that of examples, which `limit` gives in words.
  case badArray(path: String, shape: [Int], limit: String)
  /// A number that is infinite or none at all; rows and columns are counted from 0.
  case notFinite(path: String, example: Int, row: Int, column: Int, value: String)
  /// Labels that are not as many as the examples.
  case labelCount(path: String, labels: Int, examples: Int)
  /// A label that no class has.
  case unknownLabel(path: String, example: Int, label: String, classCount: Int)
  /// A part of the data without labels, where another has them, or a cell of a manifest that is empty.
  case unlabelled(path: String, place: String)
  /// An example of another size than the first, where no size was asked for.
  case sizeDiffers(path: String, size: String, first: String, firstPath: String)
  /// None of the files could be used; `reason` is what was wrong with the first.
  case nothingUsable(path: String, count: Int, reason: String)
  /// A class that a model does not know.
  case unknownClass(name: String, known: [String])
  /// Examples of another shape than a model's.
  case otherShape(path: String, found: String, expected: String)
  /// An array that holds no features of samples, which `limit` gives in words; `set` says whose.
  case badFeatures(set: String, shape: [Int], limit: String)
  /// A feature that is infinite or none at all, counted from 0.
  case featureNotFinite(set: String, sample: Int, feature: Int, value: String)
  /// Fewer samples than a measure can be taken of.
  case tooFewSamples(set: String, count: Int, least: Int)

  /// What was wrong, the value, and the limit.
  public var description: String {
    switch self {
    case .invalidOption(let name, let value, let limit):
      "option \(name) is \(value) but must be \(limit)"
    case .unknownClass(let name, let known):
      known.isEmpty
        ? "class \(name): the model knows no classes. Train one with --conditional."
        : "no class is called \(name). There are \(known.joined(separator: ", "))."
    case .otherShape(let path, let found, let expected):
      "\(path): examples of \(found), where the model takes \(expected). Bring them to that size."
    case .missing(let path):
      "\(path): no such file or folder. Check the spelling."
    case .noExamples(let path, let wanted):
      "\(path): no examples found. Wanted is \(wanted)."
    case .tooFewExamples(let path, let count, let least):
      "\(path): \(count == 1 ? "1 example" : "\(count) examples"), where at least \(least) are "
        + "needed. Add more."
    case .noSuchSplit(let path, let split, let present):
      "\(path): no \(split) part. "
        + (present.isEmpty
          ? "It is not parted: take all of it, or hold some out."
          : "Its parts are \(present.joined(separator: ", ")).")
    case .badArray(let path, let shape, let limit):
      "\(path): an array of shape \(shape), where \(limit) is wanted."
    case .notFinite(let path, let example, let row, let column, let value):
      "\(path), example \(example), row \(row), column \(column): the value is \(value). Examples "
        + "are counted from 0 and hold finite numbers: drop or mend it."
    case .labelCount(let path, let labels, let examples):
      "\(path): \(labels) labels for \(examples) examples. Every example has one: check that the two "
        + "files belong together."
    case .unknownLabel(let path, let example, let label, let classCount):
      "\(path), example \(example): the label is \(label), where \(classCount) classes are "
        + "numbered 0 to \(classCount - 1). Name all classes in a classes.txt beside the data, one a "
        + "line."
    case .unlabelled(let path, let place):
      "\(path): no label for \(place), where others have one. Label all examples or none."
    case .sizeDiffers(let path, let size, let first, let firstPath):
      "\(path) is \(size), but \(firstPath) is \(first). Give a size that all are brought to."
    case .nothingUsable(let path, let count, let reason):
      "\(path): none of \(count) files could be used. The first failure: \(reason)"
    case .badFeatures(let set, let shape, let limit):
      "\(set): an array of shape \(shape), where \(limit) is wanted."
    case .featureNotFinite(let set, let sample, let feature, let value):
      "\(set), sample \(sample), number \(feature): the value is \(value). Both are counted from 0. "
        + "A diverged model or extractor makes such numbers: mend it, they cannot be measured."
    case .tooFewSamples(let set, let count, let least):
      "\(set): \(count == 1 ? "1 sample" : "\(count) samples"), where at least \(least) are needed. "
        + "Take more."
    }
  }

  /// - Throws: ``invalidOption(name:value:limit:)`` unless `condition` holds.
  static func require(
    _ condition: Bool, _ name: String, _ value: some CustomStringConvertible, _ limit: String
  ) throws {
    if !condition { throw invalidOption(name: name, value: value.description, limit: limit) }
  }
}
