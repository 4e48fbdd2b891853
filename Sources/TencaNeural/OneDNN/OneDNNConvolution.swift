internal import COneDNN
import Synchronization

/// One convolution, forward or one of its gradients, compiled by oneDNN for its sizes.
///
/// Pictures stay channels-last. Weights are brought into the layout that the library wants, and their
/// gradient back from it.
private final class CompiledConvolution: @unchecked Sendable {
  enum Kind: Hashable {
    case forward(hasBias: Bool, Activation)
    case inputGradient
    case weightGradient(hasBias: Bool)
  }

  let library: OneDNN.Library
  let primitive: dnnl_primitive_t
  /// Between weights as we keep them and as the library wants them; nil where they are the same.
  let reorder: dnnl_primitive_t?
  let plain: dnnl_memory_t
  let packed: dnnl_memory_t
  let packedSize: Int
  let scratch: dnnl_memory_t
  let scratchSize: Int
  let images: dnnl_memory_t
  let output: dnnl_memory_t
  let bias: dnnl_memory_t?

  init?(_ shape: ConvolutionShape, _ kind: Kind, _ library: OneDNN.Library) {
    self.library = library
    let calls = library.calls
    var images = dnnl_memory_desc_t()
    var output = dnnl_memory_desc_t()
    var plain = dnnl_memory_desc_t()
    var anyWeights = dnnl_memory_desc_t()
    var bias = dnnl_memory_desc_t()
    let groups = shape.geometry.groups
    let weightDims =
      groups == 1
      ? shape.weight : [groups, shape.outChannels / groups] + shape.weight.dropFirst()
    func describe(
      _ target: inout dnnl_memory_desc_t, _ dims: [Int], _ tag: dnnl_format_tag_t
    ) -> Bool {
      var dims = dims.map(Int64.init)
      return calls.dnnl_memory_desc_init_by_tag(
        &target, Int32(dims.count), &dims, dnnl_f32, tag) == dnnl_success
    }
    guard
      describe(
        &images, [shape.images, shape.channels, shape.height, shape.width], dnnl_acdb),
      describe(
        &output, [shape.images, shape.outChannels, shape.outHeight, shape.outWidth], dnnl_acdb),
      describe(&plain, weightDims, groups == 1 ? dnnl_abcd : dnnl_abcde),
      describe(&anyWeights, weightDims, dnnl_format_tag_any),
      describe(&bias, [shape.outChannels], dnnl_a)
    else { return nil }

    let geometry = shape.geometry
    var strides = geometry.stride.map(Int64.init)
    var dilates = geometry.dilation.map { Int64($0 - 1) }
    var before = geometry.padding[..<2].map(Int64.init)
    // What the windows leave over at the end counts as negative padding.
    var after = [
      (shape.outHeight - 1) * geometry.stride[0] + geometry.dilation[0] * (shape.kernelHeight - 1)
        + 1
        - shape.height - geometry.padding[0],
      (shape.outWidth - 1) * geometry.stride[1] + geometry.dilation[1] * (shape.kernelWidth - 1) + 1
        - shape.width - geometry.padding[1],
    ].map(Int64.init)
    var description = dnnl_convolution_desc_t()
    var forwardDescription = dnnl_convolution_desc_t()
    func forward(_ target: inout dnnl_convolution_desc_t, hasBias: Bool) -> Bool {
      withUnsafePointer(to: &bias) { bias in
        calls.dnnl_dilated_convolution_forward_desc_init(
          &target, dnnl_forward_training, dnnl_convolution_direct, &images, &anyWeights,
          hasBias ? bias : nil, &output, &strides, &dilates, &before, &after) == dnnl_success
      }
    }
    var attributes: dnnl_primitive_attr_t?
    guard calls.dnnl_primitive_attr_create(&attributes) == dnnl_success else { return nil }
    defer { _ = calls.dnnl_primitive_attr_destroy(attributes) }
    _ = calls.dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user)
    var primitiveDescription: dnnl_primitive_desc_t?
    var hint: dnnl_primitive_desc_t?
    defer { if hint != nil { _ = calls.dnnl_primitive_desc_destroy(hint) } }
    var weightQuery = dnnl_query_weights_md
    var hasBias = false
    switch kind {
    case .forward(let withBias, let activation):
      hasBias = withBias
      guard forward(&description, hasBias: withBias) else { return nil }
      if let algorithm = Self.algorithm(activation) {
        var operations: dnnl_post_ops_t?
        _ = calls.dnnl_post_ops_create(&operations)
        _ = calls.dnnl_post_ops_append_eltwise(
          operations, 1, algorithm, Float(activation.parameter), 0)
        _ = calls.dnnl_primitive_attr_set_post_ops(attributes, operations)
        _ = calls.dnnl_post_ops_destroy(operations)
      }
    case .inputGradient:
      guard forward(&forwardDescription, hasBias: false),
        calls.dnnl_dilated_convolution_backward_data_desc_init(
          &description, dnnl_convolution_direct, &images, &anyWeights, &output, &strides, &dilates,
          &before, &after) == dnnl_success
      else { return nil }
    case .weightGradient(let withBias):
      hasBias = withBias
      weightQuery = dnnl_query_diff_weights_md
      let made = withUnsafePointer(to: &bias) { bias in
        calls.dnnl_dilated_convolution_backward_weights_desc_init(
          &description, dnnl_convolution_direct, &images, &anyWeights, withBias ? bias : nil,
          &output, &strides, &dilates, &before, &after)
      }
      guard forward(&forwardDescription, hasBias: withBias), made == dnnl_success else {
        return nil
      }
    }
    if case .forward = kind {
    } else {
      guard
        calls.dnnl_primitive_desc_create(&hint, &forwardDescription, nil, library.engine, nil)
          == dnnl_success
      else { return nil }
    }
    guard
      calls.dnnl_primitive_desc_create(
        &primitiveDescription, &description, attributes, library.engine, hint) == dnnl_success
    else { return nil }
    defer { _ = calls.dnnl_primitive_desc_destroy(primitiveDescription) }
    var primitive: dnnl_primitive_t?
    guard calls.dnnl_primitive_create(&primitive, primitiveDescription) == dnnl_success,
      let primitive,
      let weights = calls.dnnl_primitive_desc_query_md(primitiveDescription, weightQuery, 0),
      let scratch = calls.dnnl_primitive_desc_query_md(
        primitiveDescription, dnnl_query_scratchpad_md, 0)
    else { return nil }
    self.primitive = primitive

    func memory(_ description: UnsafePointer<dnnl_memory_desc_t>) -> dnnl_memory_t? {
      var memory: dnnl_memory_t?
      // Without a buffer of its own: every run brings its own.
      _ = calls.dnnl_memory_create(&memory, description, library.engine, nil)
      return memory
    }
    guard let plainMemory = memory(&plain), let packed = memory(weights),
      let scratchMemory = memory(scratch), let imagesMemory = memory(&images),
      let outputMemory = memory(&output)
    else { return nil }
    self.plain = plainMemory
    self.packed = packed
    self.scratch = scratchMemory
    self.images = imagesMemory
    self.output = outputMemory
    packedSize = Int(calls.dnnl_memory_desc_get_size(weights))
    scratchSize = Int(calls.dnnl_memory_desc_get_size(scratch))
    self.bias = hasBias ? memory(&bias) : nil
    if calls.dnnl_memory_desc_equal(&plain, weights) != 0 {
      reorder = nil
    } else {
      var isGradient = false
      if case .weightGradient = kind { isGradient = true }
      var reorderDescription: dnnl_primitive_desc_t?
      var reorder: dnnl_primitive_t?
      let made = withUnsafePointer(to: &plain) { plain in
        calls.dnnl_reorder_primitive_desc_create(
          &reorderDescription, isGradient ? weights : plain, library.engine,
          isGradient ? plain : weights, library.engine, nil)
      }
      guard made == dnnl_success,
        calls.dnnl_primitive_create(&reorder, reorderDescription) == dnnl_success
      else { return nil }
      _ = calls.dnnl_primitive_desc_destroy(reorderDescription)
      self.reorder = reorder
    }
  }

  /// Runs the primitive. Weights are read, or written by the gradient.
  func run(
    _ kind: Kind, images: Tensor, output: Tensor, weight: Tensor, bias: Tensor?
  ) {
    let calls = library.calls
    let scratch = TensorStorage(byteCount: max(scratchSize, 64))
    let packing = reorder == nil ? nil : TensorStorage(byteCount: packedSize)
    let weights = reorder == nil ? plain : packed
    set(self.images, images.pointer)
    set(self.output, output.pointer)
    set(plain, weight.pointer)
    set(self.scratch, scratch.pointer)
    if let packing { set(packed, packing.pointer) }
    if let bias, let memory = self.bias { set(memory, bias.pointer) }
    func argument(_ index: Int32, _ memory: dnnl_memory_t?) -> dnnl_exec_arg_t {
      dnnl_exec_arg_t(arg: index, memory: memory)
    }
    var arguments = [argument(Int32(DNNL_ARG_SCRATCHPAD), self.scratch)]
    switch kind {
    case .forward:
      arguments += [
        argument(1, self.images), argument(17, self.output), argument(33, weights),
      ]
      if self.bias != nil { arguments.append(argument(41, self.bias)) }
      pack(from: plain, to: packed)
    case .inputGradient:
      arguments += [
        argument(1 + 128, self.images), argument(17 + 128, self.output), argument(33, weights),
      ]
      pack(from: plain, to: packed)
    case .weightGradient:
      arguments += [
        argument(1, self.images), argument(17 + 128, self.output), argument(33 + 128, weights),
      ]
      if self.bias != nil { arguments.append(argument(41 + 128, self.bias)) }
    }
    let status = calls.dnnl_primitive_execute(
      primitive, library.stream, Int32(arguments.count), arguments)
    precondition(status == dnnl_success, "oneDNN refused to run a convolution: \(status)")
    if case .weightGradient = kind { pack(from: packed, to: plain) }
    withExtendedLifetime((scratch, packing)) {}
  }

  private func pack(from source: dnnl_memory_t, to target: dnnl_memory_t) {
    guard let reorder else { return }
    let arguments = [
      dnnl_exec_arg_t(arg: 1, memory: source), dnnl_exec_arg_t(arg: 17, memory: target),
    ]
    _ = library.calls.dnnl_primitive_execute(reorder, library.stream, 2, arguments)
  }

  private func set(_ memory: dnnl_memory_t, _ pointer: UnsafeMutableRawPointer) {
    _ = library.calls.dnnl_memory_set_data_handle(memory, pointer)
  }

  private static func algorithm(_ activation: Activation) -> dnnl_alg_kind_t? {
    switch activation {
    case .relu, .leakyReLU: dnnl_eltwise_relu
    case .tanh: dnnl_eltwise_tanh
    case .sigmoid: dnnl_eltwise_logistic
    default: nil
    }
  }
}

/// The convolutions compiled so far. A lock guards each run too: the memory descriptions of a compiled
/// one are set anew every time.
private final class ConvolutionCache: Sendable {
  struct Key: Hashable {
    let shape: ConvolutionShape
    let kind: CompiledConvolution.Kind
    let threads: Int
  }

  private let compiled = Mutex<[Key: CompiledConvolution?]>([:])

  static let shared = ConvolutionCache()

  func run(
    _ shape: ConvolutionShape, _ kind: CompiledConvolution.Kind, images: Tensor, output: Tensor,
    weight: Tensor, bias: Tensor?
  ) -> Bool {
    guard let library = OneDNN.library else { return false }
    let key = Key(shape: shape, kind: kind, threads: NetworkThreads.count)
    return compiled.withLock { compiled in
      if compiled[key] == nil {
        compiled[key] = .some(CompiledConvolution(shape, kind, library))
      }
      guard let found = compiled[key], let convolution = found else { return false }
      convolution.run(kind, images: images, output: output, weight: weight, bias: bias)
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
    let done = withExtendedLifetime((x.storage, w.storage, bias?.storage)) {
      ConvolutionCache.shared.run(
        shape, .forward(hasBias: bias != nil, activation), images: x, output: result, weight: w,
        bias: bias)
    }
    return done ? result : nil
  }

  /// The gradient of a convolution's input; nil where the library cannot.
  static func inputGradient(_ shape: ConvolutionShape, _ g: Tensor, _ w: Tensor) -> Tensor? {
    guard g.precision == .single else { return nil }
    let result = Tensor(uninitialized: shape.input, .single)
    let done = withExtendedLifetime((g.storage, w.storage)) {
      ConvolutionCache.shared.run(
        shape, .inputGradient, images: result, output: g, weight: w, bias: nil)
    }
    return done ? result : nil
  }

  /// The gradients of a convolution's weights and bias; nil where the library cannot.
  static func weightGradient(
    _ shape: ConvolutionShape, _ x: Tensor, _ g: Tensor, withBias: Bool
  ) -> (weight: Tensor, bias: Tensor?)? {
    guard x.precision == .single else { return nil }
    let weight = Tensor(uninitialized: shape.weight, .single)
    let bias = withBias ? Tensor(uninitialized: [shape.outChannels], .single) : nil
    let done = withExtendedLifetime((x.storage, g.storage)) {
      ConvolutionCache.shared.run(
        shape, .weightGradient(hasBias: withBias), images: x, output: g, weight: weight, bias: bias)
    }
    return done ? (weight, bias) : nil
  }
}
