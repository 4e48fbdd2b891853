import TencaGenerative
import TencaNumerics
import Testing

@testable import TencaNeural

@Suite("products of bfloat16")
struct ProductPrecisionTests {
  @Test("numbers go to the nearest bfloat16, ties to even")
  func rounding() {
    let step = 1.0 / 128
    let cases: [(Double, Double)] = [
      (0, 0), (1, 1), (-1, -1), (1 + step, 1 + step), (1 + step / 2, 1),
      (1 + 1.5 * step, 1 + 2 * step),
      (1 + 0.51 * step, 1 + step), (-(1 + 0.49 * step), -1), (1e30, 1.0000000150474662e30),
      (.infinity, .infinity), (-.infinity, -.infinity),
      (Double(Float.greatestFiniteMagnitude), .infinity),
    ]
    let x = Tensor(cases.map(\.0))
    for (found, expected) in zip(x.roundedToBfloat16().elements, cases) {
      #expect(abs(found / expected.1 - 1) < 1e-2 || found == expected.1, "\(expected)")
      if abs(expected.0) < 1e10 { #expect(found == expected.1, "\(expected)") }
    }
    #expect(Tensor([Double.nan]).roundedToBfloat16().elements[0].isNaN)
    // The 16 bits are the upper half of the float.
    let stored = x.asBfloat16()
    let bits = withExtendedLifetime(stored) {
      let start = stored.pointer.assumingMemoryBound(to: UInt16.self)
      return (0..<x.count).map { UInt32(start[$0]) }
    }
    for (half, value) in zip(bits, x.roundedToBfloat16().elements) {
      #expect(Float(bitPattern: half << 16) == Float(value))
    }
  }

  /// What products and convolutions are made of, at sizes that take every way through the code.
  static let operations: [OperationCase] = [
    OperationCase("product", [[30, 40], [40, 20]]) { .product($0[0], $0[1]) },
    OperationCase("product, first transposed", [[40, 30], [40, 20]]) {
      .product($0[0], $0[1], transposeA: true)
    },
    OperationCase("product, second transposed", [[30, 40], [20, 40]]) {
      .product($0[0], $0[1], transposeB: true)
    },
    OperationCase("many products", [[3, 2, 16, 24], [3, 2, 24, 8]]) { .product($0[0], $0[1]) },
    OperationCase("attention", [[4, 16, 8], [4, 20, 8], [4, 20, 8]]) {
      .attention(queries: $0[0], keys: $0[1], values: $0[2])
    },
    OperationCase("convolution", [[4, 12, 12, 16], [24, 16, 3, 3], [24]]) {
      $0[0].convolved(by: $0[1], bias: $0[2], geometry: .init(padding: 1))
    },
    OperationCase("convolution with stride", [[4, 12, 12, 16], [32, 16, 4, 4]]) {
      $0[0].convolved(by: $0[1], geometry: .init(stride: 2, padding: 1))
    },
    OperationCase("convolution of few channels", [[4, 12, 12, 3], [16, 3, 4, 4]]) {
      $0[0].convolved(by: $0[1], geometry: .init(stride: 2, padding: 1))
    },
    OperationCase("convolution in groups", [[2, 8, 8, 16], [16, 8, 3, 3]]) {
      $0[0].convolved(by: $0[1], geometry: .init(padding: 1, groups: 2))
    },
    OperationCase("transposed convolution", [[4, 6, 6, 32], [32, 16, 4, 4], [16]]) {
      $0[0].transposedConvolved(by: $0[1], bias: $0[2], geometry: .init(stride: 2, padding: 1))
    },
    OperationCase("transposed convolution to one channel", [[4, 6, 6, 16], [16, 1, 4, 4]]) {
      $0[0].transposedConvolved(by: $0[1], geometry: .init(stride: 2, padding: 1))
    },
  ]

  @Test("values and gradients agree with single precision to a hundredth", arguments: operations)
  func agreement(_ operation: OperationCase) {
    let exact = GradientCheck.valueAndGradients(operation, .single)
    let rounded = ProductPrecision.$current.withValue(.bfloat16) {
      GradientCheck.valueAndGradients(operation, .single)
    }
    for (index, (a, b)) in zip(exact, rounded).enumerated() {
      let error = zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
      let length = a.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(error < 0.01 * length, "\(operation.name), \(index)")
    }
    // The values themselves are rounded: otherwise nothing would have been switched.
    #expect(exact[0] != rounded[0], "\(operation.name)")
  }

  @Test("a gradient of a gradient is taken in bfloat16 too")
  func secondOrder() {
    var random = RandomStream(seed: 4)
    let x = Tensor(normal: [8, 12, 12, 4], from: &random).watched()
    let w = Tensor(normal: [16, 4, 4, 4], deviation: 0.1, from: &random).watched()
    func penalty() -> [Double] {
      let y = x.convolved(by: w, geometry: .init(stride: 2, padding: 1)).activated(.tanh)
      let slope = gradients(of: y.sum(), withRespectTo: [x], differentiable: true)[0]
      return gradients(of: slope.squared().sum(), withRespectTo: [w])[0].elements
    }
    let exact = penalty()
    let rounded = ProductPrecision.$current.withValue(.bfloat16) { penalty() }
    let error = zip(exact, rounded).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    let length = exact.reduce(0) { $0 + $1 * $1 }.squareRoot()
    #expect(error < 0.03 * length && error > 0)
  }

  /// Trains a small convolutional autoencoder on pictures of a bright square each.
  private func train(_ products: ProductPrecision) throws -> (
    loss: Double, weights: [String: ArchivedArray]
  ) {
    var options = AutoencoderOptions(shape: .init(height: 16, width: 16, channels: 1))
    options.architecture = .conv
    options.width = 8
    options.latentCount = 4
    var pictures = NDArray<Float>(zeros: [60, 256])
    for index in 0..<60 {
      let corner = (index * 7) % 12 * 16 + (index * 5) % 12
      for row in 0..<4 { for column in 0..<4 { pictures[index, corner + row * 16 + column] = 1 } }
    }
    let examples = try ExampleSet(pictures.reshaped([60, 16, 16, 1]))
    var trainee = try AutoencoderTrainee(
      options, examples, schedule: try LearningRateSchedule(rate: 3e-3), seed: 5)
    var last = 0.0
    try TrainingLoop(epochs: 30, batchSize: 20, seed: 5, products: products)
      .run(&trainee, execution: .serial) { _, _ in
      } report: { report, _ in
        last = report.measures[0].value
      }
    return (last, trainee.arrays())
  }

  @Test("a run learns as it does in single precision, and the same seed gives the same bytes")
  func learning() throws {
    let single = try train(.single)
    let rounded = try train(.bfloat16)
    #expect(abs(rounded.loss / single.loss - 1) < 0.05, "\(rounded.loss) and \(single.loss)")
    #expect(rounded.weights != single.weights)
    #expect(try train(.bfloat16).weights == rounded.weights)
  }
}
