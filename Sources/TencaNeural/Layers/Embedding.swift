public import TencaNumerics

/// A table of learned rows, looked up by number: words, classes or places to vectors.
public struct Embedding: Network {
  /// count × width.
  public var weight: Tensor

  /// A table of `count` rows of `width` numbers, normal with deviation 1 where nothing else is said.
  public init(
    _ count: Int, _ width: Int, initializer: Initializer = .normal(deviation: 1),
    _ random: inout RandomStream
  ) {
    weight = initializer.tensor([count, width], fanIn: width, fanOut: width, &random)
  }

  /// The rows of the given numbers, numbers × width.
  ///
  /// - Precondition: Every number is a row of the table.
  public func callAsFunction(_ numbers: [Int]) -> Tensor {
    weight.gathered(numbers.map(Int32.init))
  }

  /// Shows the table.
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try body(path + "weight", .parameter, &weight)
  }
}
