public import TencaNumerics

/// A two-dimensional convolution over images × height × width × channels, or its transpose, which
/// enlarges.
public struct Convolution2D: Layer {
  /// out × in of a group × height × width; of the transpose in × out of a group × height × width: the
  /// shapes of PyTorch.
  public var weight: Tensor
  /// out numbers; nil for none.
  public var bias: Tensor?
  /// How windows lie.
  public let geometry: ConvolutionGeometry
  /// Applied to the result.
  public let activation: Activation
  /// Whether this is the transposed convolution.
  public let isTransposed: Bool

  /// A layer of square windows.
  public init(
    _ inputs: Int, _ outputs: Int, kernel: Int, geometry: ConvolutionGeometry = .init(),
    isTransposed: Bool = false, bias: Bool = true, activation: Activation = .identity,
    initializer: Initializer = .fanIn, _ random: inout RandomStream
  ) {
    let groups = geometry.groups
    let shape =
      isTransposed
      ? [inputs, outputs / groups, kernel, kernel] : [outputs, inputs / groups, kernel, kernel]
    // PyTorch counts the fan-in of a transposed convolution along its second axis, too.
    let fanIn = shape[1] * kernel * kernel
    weight = initializer.tensor(
      shape, fanIn: fanIn, fanOut: shape[0] * kernel * kernel, &random)
    self.bias = bias ? initializer.bias(outputs, fanIn: fanIn, &random) : nil
    self.geometry = geometry
    self.activation = activation
    self.isTransposed = isTransposed
  }

  /// Pictures to pictures.
  public func callAsFunction(_ x: Tensor, _ pass: inout ForwardPass) -> Tensor {
    isTransposed
      ? x.transposedConvolved(by: weight, bias: bias, geometry: geometry, activation: activation)
      : x.convolved(by: weight, bias: bias, geometry: geometry, activation: activation)
  }

  /// Shows weight and bias.
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try body(path + "weight", .parameter, &weight)
    if bias != nil { try body(path + "bias", .parameter, &bias!) }
  }
}
