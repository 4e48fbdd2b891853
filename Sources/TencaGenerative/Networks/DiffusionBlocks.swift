internal import Foundation
internal import TencaNeural
internal import TencaNumerics

/// Two convolutions beside a shortcut; the time of the diffusion is added to every pixel between them.
struct TimedResidualBlock: Network {
  var normalization1: GroupNormalization
  var convolution1: Convolution2D
  var time: Linear
  var normalization2: GroupNormalization
  var convolution2: Convolution2D
  /// Only where the channels change.
  var shortcut: Convolution2D?

  init(
    _ inputs: Int, _ outputs: Int, time count: Int, groups: Int, _ random: inout RandomStream
  ) {
    normalization1 = GroupNormalization(inputs, groups: groups, activation: .silu)
    convolution1 = Convolution2D(
      inputs, outputs, kernel: 3, geometry: .init(padding: 1), &random)
    time = Linear(count, outputs, &random)
    normalization2 = GroupNormalization(outputs, groups: groups, activation: .silu)
    // From zero, so that at first the block is its shortcut (Ho et al. 2020, appendix B's code).
    convolution2 = Convolution2D(
      outputs, outputs, kernel: 3, geometry: .init(padding: 1), initializer: .constant(0), &random)
    shortcut = inputs == outputs ? nil : Convolution2D(inputs, outputs, kernel: 1, &random)
  }

  /// - Parameter time: images × the numbers of the time's embedding, an activation applied.
  func callAsFunction(_ x: Tensor, time embedding: Tensor, _ pass: inout ForwardPass) -> Tensor {
    let moved = time(embedding, &pass)
    var h = convolution1(normalization1(x, &pass), &pass)
    h = h + moved.reshaped([x.shape[0], 1, 1, -1])
    h = convolution2(normalization2(h, &pass), &pass)
    return (shortcut.map { $0(x, &pass) } ?? x) + h
  }

  mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try normalization1.forEachTensor(path + "norm1.", body)
    try convolution1.forEachTensor(path + "convolution1.", body)
    try time.forEachTensor(path + "time.", body)
    try normalization2.forEachTensor(path + "norm2.", body)
    try convolution2.forEachTensor(path + "convolution2.", body)
    if shortcut != nil { try shortcut!.forEachTensor(path + "shortcut.", body) }
  }
}

/// Every pixel looks at all others (Vaswani et al. 2017, with one head), beside a shortcut.
struct PixelAttention: Layer {
  var normalization: GroupNormalization
  /// To queries, keys and values, one behind another along the channels.
  var projection: Convolution2D
  var output: Convolution2D

  init(_ channels: Int, groups: Int, _ random: inout RandomStream) {
    normalization = GroupNormalization(channels, groups: groups)
    projection = Convolution2D(channels, 3 * channels, kernel: 1, &random)
    output = Convolution2D(channels, channels, kernel: 1, &random)
  }

  func callAsFunction(_ x: Tensor, _ pass: inout ForwardPass) -> Tensor {
    let channels = x.shape[3]
    let all = projection(normalization(x, &pass), &pass).reshaped([x.shape[0], -1, 3 * channels])
    func part(_ index: Int) -> Tensor { all.sliced(2, index * channels..<(index + 1) * channels) }
    let mixed = Tensor.attention(queries: part(0), keys: part(1), values: part(2))
    return x + output(mixed.reshaped(x.shape), &pass)
  }

  mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try normalization.forEachTensor(path + "norm.", body)
    try projection.forEachTensor(path + "projection.", body)
    try output.forEachTensor(path + "output.", body)
  }
}

/// Sines and cosines of steps at frequencies from 1 down to nearly 1/10000 (Vaswani et al. 2017,
/// section 3.5, with the sines in front).
///
/// - Returns: steps × `width`, a constant.
func sinusoidalEmbedding(of steps: [Int], width: Int, precision: Precision) -> Tensor {
  let half = width / 2
  let angles = steps.map { step in
    (0..<half).map { Double(step) * exp(-log(1e4) * Double($0) / Double(half)) }
  }
  return Tensor(
    angles.flatMap { $0.map(sin) + $0.map(cos) }, shape: [steps.count, 2 * half],
    precision: precision)
}
