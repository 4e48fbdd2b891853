internal import COneDNN

/// One convolution, forward or one of its gradients, compiled by oneDNN for its sizes.
///
/// Pictures stay channels-last. Weights are brought into the layout that the library wants, and their
/// gradient back from it.
final class CompiledConvolution: @unchecked Sendable {
  enum Kind: Hashable {
    case forward(hasBias: Bool, Activation)
    case inputGradient
    case weightGradient(hasBias: Bool)

    var isForward: Bool { if case .forward = self { true } else { false } }
    var isWeightGradient: Bool { if case .weightGradient = self { true } else { false } }
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

  /// - Parameter operands: The type of what is read; what is written is always single.
  init?(
    _ shape: ConvolutionShape, _ kind: Kind, operands: ProductPrecision, _ library: OneDNN.Library
  ) {
    self.library = library
    let calls = library.calls
    let groups = shape.geometry.groups
    let weightDims =
      groups == 1
      ? shape.weight : [groups, shape.outChannels / groups] + shape.weight.dropFirst()
    let read = operands == .single ? dnnl_f32 : dnnl_bf16
    let inputDims = [shape.images, shape.channels, shape.height, shape.width]
    let outputDims = [shape.images, shape.outChannels, shape.outHeight, shape.outWidth]
    guard
      // Of the primitive, and of the forward one that gradients are derived from.
      var images = library.description(
        inputDims, kind == .inputGradient ? dnnl_f32 : read, dnnl_acdb),
      var forwardImages = library.description(inputDims, read, dnnl_acdb),
      var output = library.description(outputDims, kind.isForward ? dnnl_f32 : read, dnnl_acdb),
      var plain = library.description(weightDims, dnnl_f32, groups == 1 ? dnnl_abcd : dnnl_abcde),
      var anyWeights = library.description(
        weightDims, kind.isWeightGradient ? dnnl_f32 : read, dnnl_format_tag_any),
      var forwardWeights = library.description(weightDims, read, dnnl_format_tag_any),
      var bias = library.description([shape.outChannels], dnnl_f32, dnnl_a)
    else { return nil }

    var windows = PackedWindows(shape)
    var description = dnnl_convolution_desc_t()
    var forwardDescription = dnnl_convolution_desc_t()
    func forward(_ target: inout dnnl_convolution_desc_t, hasBias: Bool) -> Bool {
      withUnsafePointer(to: &bias) { bias in
        calls.dnnl_dilated_convolution_forward_desc_init(
          &target, dnnl_forward_training, dnnl_convolution_direct, &forwardImages,
          &forwardWeights, hasBias ? bias : nil, &output, &windows.strides, &windows.dilates,
          &windows.before, &windows.after) == dnnl_success
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
          &description, dnnl_convolution_direct, &images, &anyWeights, &output, &windows.strides,
          &windows.dilates, &windows.before, &windows.after) == dnnl_success
      else { return nil }
    case .weightGradient(let withBias):
      hasBias = withBias
      weightQuery = dnnl_query_diff_weights_md
      let made = withUnsafePointer(to: &bias) { bias in
        calls.dnnl_dilated_convolution_backward_weights_desc_init(
          &description, dnnl_convolution_direct, &images, &anyWeights, withBias ? bias : nil,
          &output, &windows.strides, &windows.dilates, &windows.before, &windows.after)
      }
      guard forward(&forwardDescription, hasBias: withBias), made == dnnl_success else {
        return nil
      }
    }
    if !kind.isForward {
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

    guard let plainMemory = library.memory(&plain), let packed = library.memory(weights),
      let scratchMemory = library.memory(scratch), let imagesMemory = library.memory(&images),
      let outputMemory = library.memory(&output)
    else { return nil }
    self.plain = plainMemory
    self.packed = packed
    self.scratch = scratchMemory
    self.images = imagesMemory
    self.output = outputMemory
    packedSize = Int(calls.dnnl_memory_desc_get_size(weights))
    scratchSize = Int(calls.dnnl_memory_desc_get_size(scratch))
    self.bias = hasBias ? library.memory(&bias) : nil
    if calls.dnnl_memory_desc_equal(&plain, weights) != 0 {
      reorder = nil
    } else {
      let isGradient = kind.isWeightGradient
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

  /// Runs the primitive. Weights, always single, are read, or written by the gradient.
  func run(
    _ kind: Kind, images: UnsafeMutableRawPointer, output: UnsafeMutableRawPointer,
    weight: Tensor, bias: Tensor?
  ) {
    let calls = library.calls
    let scratch = TensorStorage(byteCount: max(scratchSize, 64))
    let packing = reorder == nil ? nil : TensorStorage(byteCount: packedSize)
    let weights = reorder == nil ? plain : packed
    set(self.images, images)
    set(self.output, output)
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

/// How the windows of a convolution lie, as the library takes it.
private struct PackedWindows {
  var strides: [Int64]
  var dilates: [Int64]
  var before: [Int64]
  var after: [Int64]

  init(_ shape: ConvolutionShape) {
    let geometry = shape.geometry
    strides = geometry.stride.map(Int64.init)
    dilates = geometry.dilation.map { Int64($0 - 1) }
    before = geometry.padding[..<2].map(Int64.init)
    // What the windows leave over at the end counts as negative padding.
    let lengths = [
      (shape.height, shape.outHeight, shape.kernelHeight),
      (shape.width, shape.outWidth, shape.kernelWidth),
    ]
    after = lengths.enumerated().map { axis, lengths in
      let (length, windows, kernel) = lengths
      let reach = (windows - 1) * geometry.stride[axis] + geometry.dilation[axis] * (kernel - 1) + 1
      return Int64(reach - length - geometry.padding[axis])
    }
  }
}
