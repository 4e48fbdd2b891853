internal import TencaFormats
public import TencaNumerics

/// Examples of one shape with or without classes: what generative models learn from.
///
/// ```swift
/// let clothes = try ExampleSet.read("corpora/fashion-mnist", split: .train)
/// let batch = clothes.batch(0..<64)          // 64 × 28 × 28 × 1, each in 0...1
/// ```
///
/// A value: choosing examples copies none of them, and a file that can be mapped stays on disk.
public struct ExampleSet: Sendable {
  /// The size of every example.
  public let shape: ExampleShape
  /// The class of every example, an index into ``classNames``; nil where none are known.
  public let labels: [Int]?
  /// The names of the classes; empty where there are no labels.
  public let classNames: [String]
  /// What messages call the set: where it came from.
  public let source: String
  /// The files that could not be used, and why.
  public let failures: [ExampleFailure]
  let storage: ExampleStorage

  /// A set of checked parts.
  init(
    _ storage: ExampleStorage, shape: ExampleShape, labels: [Int]?, classNames: [String],
    source: String, failures: [ExampleFailure] = []
  ) {
    (self.storage, self.shape, self.labels) = (storage, shape, labels)
    (self.classNames, self.source, self.failures) = (
      labels == nil ? [] : classNames, source, failures
    )
  }

  /// Makes a set of numbers that are there already.
  ///
  /// - Parameters:
  ///   - examples: examples × height × width × channels; any finite numbers, kept as they are.
  ///   - labels: The class of each, an index into `classNames`.
  ///   - classNames: The classes.
  ///   - source: What messages call the set.
  /// - Throws: ``GenerativeError`` for another number of axes, no example, a number that is not
  ///   finite, and labels that do not fit.
  public init(
    _ examples: NDArray<Float>, labels: [Int]? = nil, classNames: [String] = [],
    source: String = "the examples"
  ) throws {
    guard examples.rank == 4, !examples.isEmpty else {
      throw GenerativeError.badArray(
        path: source, shape: examples.shape,
        limit: "[examples, height, width, channels], none of them 0")
    }
    let lengths = examples.shape
    let shape = ExampleShape(height: lengths[1], width: lengths[2], channels: lengths[3])
    let part = StoredArray(examples, path: source)
    try Self.requireFinite(part, shape: shape)
    try Self.require(labels, fit: lengths[0], classNames: classNames, path: source)
    self.init(
      ExampleStorage([part], exampleSize: shape.count), shape: shape, labels: labels,
      classNames: classNames, source: source)
  }

  /// The number of examples.
  public var count: Int { storage.count }

  /// Whether the examples were bytes, which become numbers in 0...1.
  public var holdsBytes: Bool { storage.holdsBytes }

  /// Whether the examples are read from their files when they are asked for.
  public var isMapped: Bool { storage.isMapped }

  /// Writes examples as they were given, one after the other: bytes divided by 255, other numbers as
  /// they are.
  ///
  /// - Parameters:
  ///   - indices: The examples, each below ``count``; any order, repeated or not.
  ///   - target: Room for indices × height × width × channels numbers, channels last; it may be
  ///     uninitialised.
  /// - Complexity: O(numbers written), 60,000 pictures of 28 × 28 in about 0.05 s.
  public func copyExamples(
    _ indices: some Collection<Int>, into target: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(
      target.count == indices.count * shape.count,
      "room for \(target.count) numbers, where \(indices.count) examples of \(shape) are wanted")
    for (row, index) in indices.enumerated() {
      precondition(index >= 0 && index < count, "example \(index) of \(count)")
      let places = row * shape.count..<(row + 1) * shape.count
      storage.copy(index, into: UnsafeMutableBufferPointer(rebasing: target[places]))
    }
  }

  /// Examples as an array: indices × height × width × channels.
  public func batch(_ indices: some Collection<Int>) -> NDArray<Float> {
    NDArray(shape: [indices.count, shape.height, shape.width, shape.channels]) {
      copyExamples(indices, into: $0)
    }
  }

  /// One example: height × width × channels numbers, channels last.
  public func example(_ index: Int) -> [Float] { batch(CollectionOfOne(index)).elements }
}

/// A file of a data set that could not be used, and why.
public struct ExampleFailure: Sendable, Equatable {
  /// Its name in the data set.
  public let name: String
  /// What was wrong and what to do, in words.
  public let message: String

  /// Makes a failure of an error.
  public init(name: String, _ error: any Error) {
    self.name = name
    message = "\(error)"
  }
}
