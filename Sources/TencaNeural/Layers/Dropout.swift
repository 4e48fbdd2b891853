/// Puts numbers to zero by chance in training and enlarges the others, so that their mean stays
/// (Srivastava et al. 2014); after training it changes nothing.
public struct Dropout: Layer {
  /// The probability of being dropped.
  public let probability: Double

  /// - Precondition: `probability` is at least 0 and below 1.
  public init(_ probability: Double) {
    precondition((0..<1).contains(probability), "dropout with the probability \(probability)")
    self.probability = probability
  }

  /// The same shape; chance comes from the pass.
  public func callAsFunction(_ x: Tensor, _ pass: inout ForwardPass) -> Tensor {
    guard pass.isTraining, probability > 0 else { return x }
    let chance = Tensor(uniform: x.shape, from: &pass.random, precision: x.precision)
    let limit = Tensor(repeating: probability, shape: [], precision: x.precision)
    return x * (Tensor.greater(chance, limit) / (1 - probability))
  }

  /// Has no tensors.
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {}
}
