/// Convolution, the gradient of its input and that of its weights are three faces of one trilinear form
///
///     Σ out(n, p, o) · in(n, p · stride + k · dilation - padding, i) · weight(o, i, k).
///
/// Fix two of the three and the third's coefficients are a linear map. Each is therefore the
/// derivative of the others, and gradients of any order need nothing else.
enum Convolution {
  /// The output: images × out height × out width × out channels.
  static func output(_ x: Tensor, _ w: Tensor, _ geometry: ConvolutionGeometry) -> Tensor {
    let shape = ConvolutionShape(input: x.shape, weight: w.shape, geometry)
    let result =
      OneDNN.convolve(shape, x, w, bias: nil) ?? UnfoldedConvolution.output(shape, x, w)
    return result.recorded(from: x, w) { step in
      [
        step.wants[0] ? inputGradient(step.gradient, w, shape) : nil,
        step.wants[1] ? weightGradient(x, step.gradient, shape) : nil,
      ]
    }
  }

  /// The gradient of the input from that of the output: the transposed convolution.
  static func inputGradient(_ g: Tensor, _ w: Tensor, _ shape: ConvolutionShape) -> Tensor {
    precondition(
      g.shape == shape.output && w.shape == shape.weight,
      "a transposed convolution of \(g.shape) by weights \(w.shape), where \(shape.output) is expected"
    )
    let result = rawInputGradient(g, w, shape)
    return result.recorded(from: g, w) { step in
      [
        step.wants[0] ? output(step.gradient, w, shape.geometry) : nil,
        step.wants[1] ? weightGradient(step.gradient, g, shape) : nil,
      ]
    }
  }

  /// The gradient of the weights from the input and the gradient of the output.
  static func weightGradient(_ x: Tensor, _ g: Tensor, _ shape: ConvolutionShape) -> Tensor {
    let result =
      OneDNN.weightGradient(shape, x, g, withBias: false)?.weight
      ?? UnfoldedConvolution.weightGradient(shape, x, g)
    return result.recorded(from: x, g) { step in
      [
        step.wants[0] ? inputGradient(g, step.gradient, shape) : nil,
        step.wants[1] ? output(x, step.gradient, shape.geometry) : nil,
      ]
    }
  }

  static func rawInputGradient(_ g: Tensor, _ w: Tensor, _ shape: ConvolutionShape) -> Tensor {
    // oneDNN writes vectors of 8 channels: with a few, or with 11, it leaves much of the processor idle,
    // where one product and a fold do not (for 11 channels 96 against 58 GFLOP/s).
    if shape.geometry.groups == 1 && shape.channels < 16 && shape.channels % 8 != 0 {
      return UnfoldedConvolution.inputGradient(shape, g, w)
    }
    return OneDNN.inputGradient(shape, g, w) ?? UnfoldedConvolution.inputGradient(shape, g, w)
  }
}

extension Tensor {
  /// The two-dimensional convolution (in truth correlation, as in every library of networks), with bias
  /// and activation in the same pass where the library can.
  ///
  /// - Parameters:
  ///   - weight: out channels × channels of a group × kernel height × kernel width.
  ///   - bias: One number an out channel.
  /// - Returns: images × out height × out width × out channels.
  /// - Complexity: O(out numbers · channels of a group · kernel).
  public func convolved(
    by weight: Tensor, bias: Tensor? = nil, geometry: ConvolutionGeometry = .init(),
    activation: Activation = .identity
  ) -> Tensor {
    let shape = ConvolutionShape(input: self.shape, weight: weight.shape, geometry)
    guard precision == .single, activation.needsOnlyResult, let bias,
      let result = OneDNN.convolve(shape, self, weight, bias: bias, activation)
    else {
      let product = Convolution.output(self, weight, geometry)
      guard let bias else { return product.activated(activation) }
      return product.shifted(by: bias, activation: activation)
    }
    return result.recorded(from: self, weight, bias) { step in
      let g = activation.gradient(step.gradient, step.result(result))
      let x = self
      guard step.wants[1], step.wants[2], !g.isRecorded, !x.isRecorded,
        let both = OneDNN.weightGradient(shape, x, g, withBias: true), let biasGradient = both.bias
      else {
        return [
          step.wants[0] ? Convolution.inputGradient(g, weight, shape) : nil,
          step.wants[1] ? Convolution.weightGradient(x, g, shape) : nil,
          step.wants[2] ? g.sum(over: [0, 1, 2]) : nil,
        ]
      }
      return [
        step.wants[0] ? Convolution.inputGradient(g, weight, shape) : nil, both.weight,
        biasGradient,
      ]
    }
  }

  /// The transposed convolution: the gradient of a convolution's input, used to enlarge pictures.
  ///
  /// - Parameters:
  ///   - weight: channels × out channels of a group × kernel height × kernel width.
  ///   - bias: One number an out channel.
  ///   - outputPadding: Rows and columns added below and right, where several sizes have as many windows.
  /// - Returns: images × out height × out width × out channels.
  public func transposedConvolved(
    by weight: Tensor, bias: Tensor? = nil, geometry: ConvolutionGeometry = .init(),
    outputPadding: Int = 0, activation: Activation = .identity
  ) -> Tensor {
    precondition(rank == 4 && weight.rank == 4, "shapes \(self.shape) and \(weight.shape)")
    let size = [0, 1].map {
      geometry.inputLength($0, of: self.shape[$0 + 1], kernel: weight.shape[$0 + 2]) + outputPadding
    }
    let shape = ConvolutionShape(
      input: [self.shape[0], size[0], size[1], weight.shape[1] * geometry.groups],
      weight: weight.shape, geometry)
    let product = Convolution.inputGradient(self, weight, shape)
    guard let bias else { return product.activated(activation) }
    return product.shifted(by: bias, activation: activation)
  }
}
