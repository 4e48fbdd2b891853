import TencaNumerics
import Testing

@testable import TencaNeural

@Suite("gradients of layers, pooling and attention")
struct LayerGradientTests {
  /// A layer whose parameters are operands, behind its input.
  static func layer<L: Layer>(
    _ name: String, _ input: [Int], isTraining: Bool = false, _ make: (inout RandomStream) -> L
  ) -> OperationCase {
    var random = RandomStream(seed: 11)
    let layer = make(&random).converted(to: .double)
    return OperationCase(name, [input] + layer.parameters.map(\.shape)) { operands in
      var copy = layer
      var next = operands.dropFirst().makeIterator()
      copy.forEachTensor("") { _, role, tensor in
        if role == .parameter {
          tensor = next.next()!
        } else {
          tensor = tensor.converted(to: operands[0].precision)
        }
      }
      var pass =
        isTraining ? ForwardPass.training(RandomStream(seed: 3)) : ForwardPass.inference
      return copy(operands[0], &pass).squared()
    }
  }

  static let layers: [OperationCase] = [
    layer("group normalisation", [2, 2, 2, 6]) { _ in
      GroupNormalization(6, groups: 3, activation: .silu)
    },
    layer("layer normalisation", [2, 3, 5]) { _ in LayerNormalization(5, activation: .tanh) },
    layer("instance normalisation", [2, 2, 3, 2]) { _ in InstanceNormalization(2) },
    layer("dropout", [4, 5], isTraining: true) { _ in Dropout(0.4) },
    layer("convolution along one axis", [2, 7, 2]) { random in
      Convolution1D(
        2, 3, kernel: 3, stride: 2, padding: (2, 1), dilation: 2, activation: .tanh, &random)
    },
    layer("causal convolution in groups", [1, 5, 4]) { random in
      Convolution1D(4, 2, kernel: 2, padding: (1, 0), groups: 2, &random)
    },
    layer("transposed convolution along one axis", [2, 4, 2]) { random in
      Convolution1D(2, 1, kernel: 4, stride: 2, padding: (1, 1), isTransposed: true, &random)
    },
    layer("spectral normalisation, dense", [3, 4]) { random in
      SpectralNormalization(Linear(4, 3, &random), &random)
    },
    layer("spectral normalisation, convolution", [1, 4, 4, 2]) { random in
      SpectralNormalization(
        Convolution2D(2, 3, kernel: 3, geometry: .init(padding: 1), &random), &random)
    },
    layer("spectral normalisation, transposed", [1, 2, 2, 2]) { random in
      SpectralNormalization(
        Convolution2D(
          2, 3, kernel: 4, geometry: .init(stride: 2, padding: 1), isTransposed: true, &random),
        &random)
    },
    layer("layers one behind another", [2, 4]) { random in
      Sequential([
        Linear(4, 3, activation: .tanh, &random), LayerNormalization(3), Linear(3, 2, &random),
      ])
    },
  ]

  static let operations: [OperationCase] = [
    OperationCase("embedding", [[5, 3]]) { operands in
      var random = RandomStream(seed: 0)
      var table = Embedding(5, 3, &random)
      table.weight = operands[0]
      return table([4, 1, 4, 0]).squared()
    },
    OperationCase("enlarged, nearest", [[2, 2, 3, 2]]) { $0[0].upsampledNearest(by: 2).squared() },
    OperationCase("enlarged, bilinear", [[2, 2, 3, 2]]) {
      $0[0].resizedBilinear(to: [4, 6]).squared()
    },
    OperationCase("made smaller, bilinear", [[1, 5, 7, 1]]) {
      $0[0].resizedBilinear(to: [3, 4]).squared()
    },
    OperationCase("pixels shuffled", [[2, 2, 3, 8]]) { $0[0].pixelShuffled(by: 2).squared() },
    OperationCase("largest of windows", [[2, 4, 6, 2]]) {
      $0[0].maximumPooled(kernel: [2, 3]).squared()
    },
    OperationCase("largest of overlapping windows", [[1, 5, 5, 2]]) {
      $0[0].maximumPooled(kernel: [3, 3], geometry: .init(stride: 2, padding: 1)).squared()
    },
    OperationCase("means of windows", [[2, 4, 6, 2]]) {
      $0[0].averagePooled(kernel: [2, 3]).squared()
    },
    OperationCase("means of overlapping windows", [[1, 5, 5, 2]]) {
      $0[0].averagePooled(kernel: [3, 3], geometry: .init(stride: 2, padding: 1)).squared()
    },
    OperationCase("attention", [[2, 3, 4], [2, 5, 4], [2, 5, 2]]) {
      .attention(queries: $0[0], keys: $0[1], values: $0[2])
    },
    OperationCase("attention with a bias", [[2, 3], [4, 3], [4, 2], [2, 4]]) {
      .attention(queries: $0[0], keys: $0[1], values: $0[2], bias: $0[3])
    },
    attention("attention with two heads", isCausal: false),
    attention("causal attention with two heads", isCausal: true),
    OperationCase("softmax", [[3, 5]]) { $0[0].softmax() },
    OperationCase("logarithm of softmax", [[3, 5]]) { $0[0].logSoftmax() },
    OperationCase("cross-entropy of classes", [[3, 4]]) { $0[0].crossEntropy([2, 0, 3]) },
    OperationCase("cross-entropy of bits", [[2, 3]]) {
      $0[0].binaryCrossEntropy(
        Tensor([0, 1, 0.3, 0.9, 1, 0], shape: [2, 3], precision: $0[0].precision))
    },
  ]

  static func attention(_ name: String, isCausal: Bool) -> OperationCase {
    OperationCase(name, [[2, 3, 4], [12, 4], [12], [4, 4], [4]]) { operands in
      var random = RandomStream(seed: 0)
      var layer = MultiHeadAttention(4, heads: 2, &random)
      layer.projection.weight = operands[1]
      layer.projection.bias = operands[2]
      layer.output.weight = operands[3]
      layer.output.bias = operands[4]
      var pass = ForwardPass.inference
      return layer(operands[0], isCausal: isCausal, &pass)
    }
  }

  @Test("first order agrees with finite differences", arguments: layers + operations)
  func firstOrder(_ operation: OperationCase) {
    let error = GradientCheck.firstOrderError(operation.operands, operation.function)
    #expect(error < 1e-7)
  }

  @Test("second order agrees with finite differences", arguments: layers + operations)
  func secondOrder(_ operation: OperationCase) {
    let error = GradientCheck.secondOrderError(operation.operands, operation.function)
    #expect(error < 1e-6)
  }

  @Test("single precision agrees with double", arguments: layers + operations)
  func singlePrecision(_ operation: OperationCase) {
    let (single, double) = (
      GradientCheck.valueAndGradients(operation, .single),
      GradientCheck.valueAndGradients(operation, .double)
    )
    for (a, b) in zip(single, double) {
      let scale = b.reduce(1) { max($0, abs($1)) }
      #expect(zip(a, b).allSatisfy { abs($0 - $1) < 5e-5 * scale })
    }
  }
}
