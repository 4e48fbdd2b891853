public import TencaNeural
public import TencaNumerics

/// Tells each example how near the others of its batch are, so that a discriminator sees a generator
/// that makes the same example again and again (Salimans et al. 2016, section 3.2).
///
/// Features go through a learned matrix to `kernels` rows of `width` numbers; for each kernel an example
/// gets the mean of exp(-distance) over the other examples, with the sum of absolute differences as
/// distance. The paper has the sum, which grows with the batch: beside features of order 1 it is so
/// large at first that the discriminator looks at nothing else.
public struct MinibatchDiscrimination: Layer {
  /// The numbers that an example gets.
  public let kernelCount: Int
  /// The numbers that are compared in each kernel.
  public let width: Int
  var projection: Linear

  /// A layer with random weights.
  public init(
    _ features: Int, kernels: Int = 8, width: Int = 4, _ random: inout RandomStream
  ) {
    (kernelCount, self.width) = (kernels, width)
    projection = Linear(features, kernels * width, bias: false, &random)
  }

  /// Features with ``kernelCount`` numbers behind them.
  ///
  /// - Parameter x: examples × features.
  /// - Complexity: O(examples² · kernels · width).
  public func callAsFunction(_ x: Tensor, _ pass: inout ForwardPass) -> Tensor {
    let count = x.shape[0]
    // Examples last: sums along them, and over whole planes of pairs, are the fast ones.
    let rows = projection(x, &pass).reshaped([count, kernelCount, width]).permuted([2, 1, 0])
    let one = rows.reshaped([width, kernelCount, count, 1])
    let other = rows.reshaped([width, kernelCount, 1, count])
    let distances = (one - other).absolute().sum(over: [0])
    // An example's distance to itself adds 1, which is taken away.
    let sums = (-distances).exponential().sum(over: [2]) - 1
    let closeness = sums.permuted([1, 0]) / Double(max(count - 1, 1))
    return .concatenated([x, closeness], axis: 1)
  }

  /// Shows the matrix.
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try projection.forEachTensor(path, body)
  }
}

/// Tells each example how much the examples of its batch differ: the mean over features of their
/// deviation (Karras et al. 2018, section 3).
public struct MinibatchDeviation: Layer {
  /// A layer that learns nothing.
  public init() {}

  /// Features with one number behind them, the same for all.
  ///
  /// - Parameter x: examples × features.
  public func callAsFunction(_ x: Tensor, _ pass: inout ForwardPass) -> Tensor {
    let deviations = (x - x.mean(over: [0], keepingAxes: true)).squared().mean(over: [0])
    // So that a feature that does not vary has a gradient.
    let mean = (deviations + 1e-8).squareRoot().mean()
    return .concatenated([x, mean.broadcast(to: [x.shape[0], 1])], axis: 1)
  }

  /// There is none.
  public func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) {}
}
