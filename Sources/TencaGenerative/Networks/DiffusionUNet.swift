public import TencaNeural
public import TencaNumerics

/// Estimates the noise in pictures at a step of a diffusion (Ho et al. 2020): a U-net (Ronneberger et al.
/// 2015) of three sizes, with attention at the smallest.
public struct DiffusionUNet: Network {
  /// The channels at full size; twice as many at half and quarter size.
  public let width: Int
  var time1: Linear
  var time2: Linear
  var input: Convolution2D
  var down1: TimedResidualBlock
  var reduction1: Convolution2D
  var down2: TimedResidualBlock
  var reduction2: Convolution2D
  var down3: TimedResidualBlock
  var middle1: TimedResidualBlock
  var attention: PixelAttention
  var middle2: TimedResidualBlock
  var up3: TimedResidualBlock
  var enlargement2: Convolution2D
  var up2: TimedResidualBlock
  var enlargement1: Convolution2D
  var up1: TimedResidualBlock
  var normalization: GroupNormalization
  var output: Convolution2D

  /// A network with random weights, whose first estimates are zero.
  ///
  /// - Parameters:
  ///   - channels: The channels of a picture.
  ///   - width: The channels at full size, even.
  ///   - time: The numbers that the step is embedded in.
  ///   - groups: The groups of normalisations; they divide `width`.
  public init(
    channels: Int = 1, width: Int = 32, time: Int = 128, groups: Int = 8,
    _ random: inout RandomStream
  ) {
    precondition(width % 2 == 0, "a width of \(width), which must be even")
    self.width = width
    let wide = 2 * width
    func block(_ inputs: Int, _ outputs: Int) -> TimedResidualBlock {
      TimedResidualBlock(inputs, outputs, time: time, groups: groups, &random)
    }
    func convolution(_ inputs: Int, _ outputs: Int, stride: Int = 1) -> Convolution2D {
      Convolution2D(
        inputs, outputs, kernel: 3, geometry: .init(stride: stride, padding: 1), &random)
    }
    time1 = Linear(width, time, activation: .silu, &random)
    // Every block takes the embedding through an activation, so that is applied once, here.
    time2 = Linear(time, time, activation: .silu, &random)
    input = convolution(channels, width)
    down1 = block(width, width)
    reduction1 = convolution(width, width, stride: 2)
    down2 = block(width, wide)
    reduction2 = convolution(wide, wide, stride: 2)
    down3 = block(wide, wide)
    middle1 = block(wide, wide)
    attention = PixelAttention(wide, groups: groups, &random)
    middle2 = block(wide, wide)
    up3 = block(2 * wide, wide)
    enlargement2 = convolution(wide, wide)
    up2 = block(2 * wide, wide)
    enlargement1 = convolution(wide, width)
    up1 = block(wide, width)
    normalization = GroupNormalization(width, groups: groups, activation: .silu)
    output = Convolution2D(
      width, channels, kernel: 3, geometry: .init(padding: 1), initializer: .constant(0), &random)
  }

  /// The noise estimated in pictures.
  ///
  /// - Parameters:
  ///   - x: images × height × width × channels; height and width are multiples of 4.
  ///   - steps: Each picture's step of the diffusion, from 0.
  /// - Returns: The same shape.
  public func callAsFunction(
    _ x: Tensor, steps: [Int], _ pass: inout ForwardPass
  ) -> Tensor {
    precondition(
      x.rank == 4 && x.shape[1] % 4 == 0 && x.shape[2] % 4 == 0 && steps.count == x.shape[0],
      "\(steps.count) steps for pictures of shape \(x.shape), whose sides must be multiples of 4")
    let angles = sinusoidalEmbedding(of: steps, width: width, precision: x.precision)
    let time = time2(time1(angles, &pass), &pass)
    let full = down1(input(x, &pass), time: time, &pass)
    let half = down2(reduction1(full, &pass), time: time, &pass)
    let quarter = down3(reduction2(half, &pass), time: time, &pass)
    var h = middle1(quarter, time: time, &pass)
    h = middle2(attention(h, &pass), time: time, &pass)
    h = up3(.concatenated([h, quarter], axis: 3), time: time, &pass)
    h = enlargement2(h.upsampledNearest(by: 2), &pass)
    h = up2(.concatenated([h, half], axis: 3), time: time, &pass)
    h = enlargement1(h.upsampledNearest(by: 2), &pass)
    h = up1(.concatenated([h, full], axis: 3), time: time, &pass)
    return output(normalization(h, &pass), &pass)
  }

  /// Shows every tensor.
  public mutating func forEachTensor(
    _ path: String, _ body: (String, TensorRole, inout Tensor) throws -> Void
  ) rethrows {
    try time1.forEachTensor(path + "time1.", body)
    try time2.forEachTensor(path + "time2.", body)
    try input.forEachTensor(path + "input.", body)
    try down1.forEachTensor(path + "down1.", body)
    try reduction1.forEachTensor(path + "reduce1.", body)
    try down2.forEachTensor(path + "down2.", body)
    try reduction2.forEachTensor(path + "reduce2.", body)
    try down3.forEachTensor(path + "down3.", body)
    try middle1.forEachTensor(path + "middle1.", body)
    try attention.forEachTensor(path + "attention.", body)
    try middle2.forEachTensor(path + "middle2.", body)
    try up3.forEachTensor(path + "up3.", body)
    try enlargement2.forEachTensor(path + "enlarge2.", body)
    try up2.forEachTensor(path + "up2.", body)
    try enlargement1.forEachTensor(path + "enlarge1.", body)
    try up1.forEachTensor(path + "up1.", body)
    try normalization.forEachTensor(path + "norm.", body)
    try output.forEachTensor(path + "output.", body)
  }
}
