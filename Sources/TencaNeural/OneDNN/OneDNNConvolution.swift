import Synchronization

/// The convolutions compiled so far. A lock guards each run too: the memory descriptions of a compiled
/// one are set anew every time.
private final class ConvolutionCache: Sendable {
  struct Key: Hashable {
    let shape: ConvolutionShape
    let kind: CompiledConvolution.Kind
    let operands: ProductPrecision
    let threads: Int
  }

  private let compiled = Mutex<[Key: CompiledConvolution?]>([:])

  static let shared = ConvolutionCache()

  /// Runs a convolution or one of its gradients with operands in the precision of the moment.
  ///
  /// - Returns: Whether it could be run; what is to be written is undefined where not.
  func run(
    _ shape: ConvolutionShape, _ kind: CompiledConvolution.Kind, images: Tensor, output: Tensor,
    weight: Tensor, bias: Tensor?
  ) -> Bool {
    guard let library = OneDNN.library else { return false }
    guard ProductPrecision.current == .bfloat16 else {
      return run(
        library, shape, kind, .single, images: images.storage, output: output.storage,
        weight: weight, bias: bias)
    }
    // Whatever is read is rounded.
    let readsImages = kind != .inputGradient
    let readsOutput = !kind.isForward
    if library.hasBfloat16 {
      return run(
        library, shape, kind, .bfloat16,
        images: readsImages ? images.asBfloat16() : images.storage,
        output: readsOutput ? output.asBfloat16() : output.storage, weight: weight, bias: bias)
    }
    return run(
      library, shape, kind, .single,
      images: readsImages ? images.roundedToBfloat16().storage : images.storage,
      output: readsOutput ? output.roundedToBfloat16().storage : output.storage,
      weight: kind.isWeightGradient ? weight : weight.roundedToBfloat16(), bias: bias)
  }

  private func run(
    _ library: OneDNN.Library, _ shape: ConvolutionShape, _ kind: CompiledConvolution.Kind,
    _ operands: ProductPrecision, images: TensorStorage, output: TensorStorage, weight: Tensor,
    bias: Tensor?
  ) -> Bool {
    let key = Key(shape: shape, kind: kind, operands: operands, threads: NetworkThreads.count)
    return compiled.withLock { compiled in
      if compiled[key] == nil {
        compiled[key] = .some(CompiledConvolution(shape, kind, operands: operands, library))
      }
      guard let found = compiled[key], let convolution = found else { return false }
      withExtendedLifetime((images, output, weight.storage, bias?.storage)) {
        convolution.run(
          kind, images: images.pointer, output: output.pointer, weight: weight, bias: bias)
      }
      OperationCount.add(multiplications: shape.multiplications)
      return true
    }
  }
}

extension OneDNN {
  /// The output of a convolution; nil where the library cannot.
  static func convolve(
    _ shape: ConvolutionShape, _ x: Tensor, _ w: Tensor, bias: Tensor?,
    _ activation: Activation = .identity
  ) -> Tensor? {
    guard x.precision == .single else { return nil }
    let result = Tensor(uninitialized: shape.output, .single)
    let done = ConvolutionCache.shared.run(
      shape, .forward(hasBias: bias != nil, activation), images: x, output: result, weight: w,
      bias: bias)
    return done ? result : nil
  }

  /// The gradient of a convolution's input; nil where the library cannot.
  static func inputGradient(_ shape: ConvolutionShape, _ g: Tensor, _ w: Tensor) -> Tensor? {
    guard g.precision == .single else { return nil }
    let result = Tensor(uninitialized: shape.input, .single)
    let done = ConvolutionCache.shared.run(
      shape, .inputGradient, images: result, output: g, weight: w, bias: nil)
    return done ? result : nil
  }

  /// The gradients of a convolution's weights and bias; nil where the library cannot.
  static func weightGradient(
    _ shape: ConvolutionShape, _ x: Tensor, _ g: Tensor, withBias: Bool
  ) -> (weight: Tensor, bias: Tensor?)? {
    guard x.precision == .single else { return nil }
    let weight = Tensor(uninitialized: shape.weight, .single)
    let bias = withBias ? Tensor(uninitialized: [shape.outChannels], .single) : nil
    let done = ConvolutionCache.shared.run(
      shape, .weightGradient(hasBias: withBias), images: x, output: g, weight: weight, bias: bias)
    return done ? (weight, bias) : nil
  }
}
