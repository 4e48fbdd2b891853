public import TencaNeural
public import TencaNumerics

/// A trained model that makes examples of codes: an autoencoder's decoder, or a generator.
public protocol GenerativeModel: Sendable {
  /// The size of what it makes.
  var shape: ExampleShape { get }
  /// The numbers of a code.
  var codeCount: Int { get }
  /// The classes that it can be asked for; empty for none.
  var classNames: [String] { get }
  /// Brings examples of its training data to 0...1, as it makes them; nil where they lie there.
  var scaling: ExampleScaling? { get }
  /// How sounds become examples and examples sounds, as whoever made it wrote it down; nil for pictures.
  var representation: String? { get }
  /// Where it was learned.
  var training: TrainingOrigin { get }

  /// Examples for codes.
  ///
  /// - Parameters:
  ///   - codes: examples × ``codeCount``.
  ///   - classes: The class of each; nil for a model without classes.
  /// - Returns: examples × height × width × channels, in 0...1.
  func decoded(_ codes: Tensor, classes: [Int]?) -> Tensor

  /// New examples.
  ///
  /// - Parameters:
  ///   - classes: The class of each; nil for a model without classes.
  ///   - temperature: Multiplies the deviations of codes; below 1 for more usual examples.
  ///   - fromPrior: Whether codes come from the standard normal although the model knows where those of
  ///     its training data lie.
  func sampled(
    _ count: Int, classes: [Int]?, temperature: Double, fromPrior: Bool,
    _ random: inout RandomStream
  ) -> Tensor
}

/// Where a model was learned.
public struct TrainingOrigin: Sendable, Codable, Equatable {
  /// The data.
  public var source: String
  /// How many examples they held.
  public var count: Int
  /// Passes over them.
  public var epochs: Int
  /// What chance depended on.
  public var seed: UInt64

  /// Notes them.
  public init(source: String, count: Int, epochs: Int, seed: UInt64) {
    (self.source, self.count, self.epochs, self.seed) = (source, count, epochs, seed)
  }
}

extension GenerativeModel {
  /// The classes of `count` new examples, each class in turn; nil for a model without classes.
  public func classesInTurn(_ count: Int) -> [Int]? {
    classNames.isEmpty ? nil : (0..<count).map { $0 % classNames.count }
  }

  /// The number of a class by its name, or by its number.
  ///
  /// - Throws: ``GenerativeError/unknownClass(name:known:)``, also for a model without classes.
  public func classIndex(_ name: String) throws -> Int {
    if let index = classNames.firstIndex(of: name) { return index }
    if let number = Int(name), classNames.indices.contains(number) { return number }
    throw GenerativeError.unknownClass(name: name, known: classNames)
  }

  /// Many new examples as a set, made batch by batch.
  ///
  /// - Parameter classes: The class of each; each class in turn where it is left out.
  /// - Throws: `CancellationError`.
  public func exampleSet(
    _ count: Int, classes: [Int]? = nil, temperature: Double = 1, fromPrior: Bool = false,
    _ random: inout RandomStream, execution: Execution = .serial
  ) throws -> ExampleSet {
    let classes = classes ?? classesInTurn(count)
    var pictures: [NDArray<Float>] = []
    for batch in batches(of: count) {
      try execution.cancellation.check()
      execution.progress(.init(task: "generating", completed: batch.upperBound, total: count))
      pictures.append(
        sampled(
          batch.count, classes: classes.map { Array($0[batch]) }, temperature: temperature,
          fromPrior: fromPrior, &random
        ).floatArray)
    }
    return try ExampleSet(
      .concatenated(pictures), labels: classes, classNames: classNames,
      source: "generated samples")
  }
}
