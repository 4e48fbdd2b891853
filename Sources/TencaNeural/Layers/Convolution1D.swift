public import TencaNumerics

/// A one-dimensional convolution over samples × length × channels, or its transpose, which lengthens.
public struct Convolution1D: Layer {
  /// out × in of a group × width; of the transpose in × out of a group × width.
  public var weight: Tensor
  /// out numbers; nil for none.
  public var bias: Tensor?
  /// Applied to the result.
  public let activation: Activation
  /// Whether this is the transposed convolution.
  public let isTransposed: Bool
  private let geometry: ConvolutionGeometry

  /// A layer of windows of `kernel` taps.
  ///
  /// - Parameter padding: Zeros before and behind.
  public init(
    _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int = 1, padding: (Int, Int) = (0, 0),
    dilation: Int = 1, groups: Int = 1, isTransposed: Bool = false, bias: Bool = true,
    activation: Activation = .identity, initializer: Initializer = .fanIn,
    _ random: inout RandomStream
  ) {
    geometry = .alongWidth(stride: stride, padding: padding, dilation: dilation, groups: groups)
    let shape =
      isTransposed
      ? [inputs, outputs / groups, kernel] : [outputs, inputs / groups, kernel]
    let fanIn = shape[1] * kernel
    weight = initializer.tensor(shape, fanIn: fanIn, fanOut: shape[0] * kernel, &random)
    self.bias = bias ? initializer.bias(outputs, fanIn: fanIn, &random) : nil
    (self.activation, self.isTransposed) = (activation, isTransposed)
  }

  /// Samples × length × channels to samples × out length × out channels.
  public func callAsFunction(_ x: Tensor, _ pass: inout ForwardPass) -> Tensor {
    let rows = x.reshaped([x.shape[0], 1, x.shape[1], x.shape[2]])
    let taps = weight.reshaped([weight.shape[0], weight.shape[1], 1, weight.shape[2]])
    let result =
      isTransposed
      ? rows.transposedConvolved(by: taps, bias: bias, geometry: geometry, activation: activation)
      : rows.convolved(by: taps, bias: bias, geometry: geometry, activation: activation)
    return result.reshaped([x.shape[0], result.shape[2], result.shape[3]])
  }

  /// Shows weight and bias.
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try body(path + "weight", .parameter, &weight)
    if bias != nil { try body(path + "bias", .parameter, &bias!) }
  }
}

extension ConvolutionGeometry {
  /// A geometry for rows that are pictures of height 1.
  static func alongWidth(
    stride: Int, padding: (Int, Int), dilation: Int, groups: Int
  ) -> ConvolutionGeometry {
    ConvolutionGeometry(
      stride: [1, stride], padding: [0, padding.0, 0, padding.1], dilation: [1, dilation],
      groups: groups)
  }
}
