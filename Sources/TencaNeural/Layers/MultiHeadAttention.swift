public import TencaNumerics

/// Attention with several heads (Vaswani et al. 2017, section 3.2.2): each looks through its own part of
/// the projected numbers, and their answers are projected together.
public struct MultiHeadAttention: Network {
  /// How many heads there are.
  public let heads: Int
  /// To queries, keys and values, one behind another.
  public var projection: Linear
  /// From the heads' answers.
  public var output: Linear

  /// - Precondition: `heads` divides `width`.
  public init(
    _ width: Int, heads: Int, bias: Bool = true, initializer: Initializer = .glorot,
    _ random: inout RandomStream
  ) {
    precondition(heads > 0 && width % heads == 0, "\(heads) heads for a width of \(width)")
    self.heads = heads
    projection = Linear(width, 3 * width, bias: bias, initializer: initializer, &random)
    output = Linear(width, width, bias: bias, initializer: initializer, &random)
  }

  /// What every place of a sequence finds in all places.
  ///
  /// - Parameters:
  ///   - x: samples × length × width.
  ///   - isCausal: Whether a place sees only itself and what lies before it.
  /// - Returns: samples × length × width.
  /// - Complexity: O(length² · width) for each sample.
  public func callAsFunction(
    _ x: Tensor, isCausal: Bool = false, _ pass: inout ForwardPass
  ) -> Tensor {
    let (samples, length, width) = (x.shape[0], x.shape[1], x.shape[2])
    let all = projection(x, &pass).reshaped([samples, length, 3, heads, width / heads])
      .permuted([2, 0, 3, 1, 4])
    func part(_ index: Int) -> Tensor {
      all.sliced(0, index..<index + 1).reshaped([samples, heads, length, width / heads])
    }
    let answers = Tensor.attention(
      queries: part(0), keys: part(1), values: part(2),
      bias: isCausal ? Self.causalBias(length, x.precision) : nil)
    return output(
      answers.permuted([0, 2, 1, 3]).reshaped([samples, length, width]), &pass)
  }

  /// 0 for places that are seen, and for others what leaves nothing of them behind a softmax.
  private static func causalBias(_ length: Int, _ precision: Precision) -> Tensor {
    let elements = (0..<length * length).map { $0 % length > $0 / length ? -1e30 : 0 }
    return Tensor(elements, shape: [length, length], precision: precision)
  }

  /// Shows the projections.
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try projection.forEachTensor(path + "projection.", body)
    try output.forEachTensor(path + "output.", body)
  }
}
