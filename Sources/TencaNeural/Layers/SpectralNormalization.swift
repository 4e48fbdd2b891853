public import TencaNumerics

/// A layer whose outputs are sums weighted by one tensor, which others may normalise.
public protocol WeightedLayer: Layer {
  /// The weights.
  var weight: Tensor { get set }
  /// The axis of ``weight`` that runs over outputs.
  var outputAxis: Int { get }
}

extension Linear: WeightedLayer {
  /// The first axis.
  public var outputAxis: Int { 0 }
}

extension Convolution2D: WeightedLayer {
  /// The first axis, or the second of a transposed convolution.
  public var outputAxis: Int { isTransposed ? 1 : 0 }
}

/// A layer whose weights are divided by their largest singular value, so that no input is stretched more
/// than once (Miyato et al. 2018, algorithm 1).
///
/// The singular value is followed by one step of power iteration in each training pass, as weights
/// change little between passes.
public struct SpectralNormalization<Base: WeightedLayer>: Layer {
  /// The layer with the weights that are learned, not yet divided.
  public var base: Base
  /// The left singular vector, one number an output.
  public var singularVector: Tensor

  /// Normalises a layer; the singular vector begins with fifteen steps from a random one.
  public init(_ base: Base, _ random: inout RandomStream) {
    self.base = base
    let matrix = Self.matrix(base).detached()
    singularVector = Tensor(
      normal: [matrix.shape[0], 1], from: &random, precision: matrix.precision)
    for _ in 0..<15 { singularVector = Self.iterated(matrix, singularVector).left }
  }

  /// What the layer makes of its input with the weights divided.
  public mutating func callAsFunction(_ x: Tensor, _ pass: inout ForwardPass) -> Tensor {
    let matrix = Self.matrix(base)
    let value: Tensor
    if pass.isTraining {
      let (left, right) = Self.iterated(matrix.detached(), singularVector)
      singularVector = left
      // Both vectors are constants: the gradient is equation 12.
      value = (Tensor.product(matrix, right) * left).sum()
    } else {
      value = Tensor.product(matrix, singularVector, transposeA: true).squared().sum().squareRoot()
    }
    var divided = base
    divided.weight = base.weight / value
    return divided(x, &pass)
  }

  /// Shows the layer's tensors and the singular vector.
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try base.forEachTensor(path, body)
    try body(path + "singular_vector", .statistic, &singularVector)
  }

  /// The weights as outputs × all that flows into one.
  private static func matrix(_ layer: Base) -> Tensor {
    let weight = layer.weight
    let axes = [layer.outputAxis] + weight.shape.indices.filter { $0 != layer.outputAxis }
    return weight.permuted(axes).reshaped([weight.shape[layer.outputAxis], -1])
  }

  /// One step of power iteration.
  private static func iterated(
    _ matrix: Tensor, _ left: Tensor
  ) -> (left: Tensor, right: Tensor) {
    let right = normalized(Tensor.product(matrix, left, transposeA: true))
    return (normalized(Tensor.product(matrix, right)), right)
  }

  private static func normalized(_ x: Tensor) -> Tensor {
    // So small that it matters only where all weights are zero.
    (x / (x.squared().sum().squareRoot() + 1e-12)).detached()
  }
}
