/// How the windows of a two-dimensional convolution lie on its pictures.
public struct ConvolutionGeometry: Sendable, Hashable, Codable {
  /// Steps between windows, down and across.
  public var stride: [Int]
  /// Zeros around the picture: above, left, below, right.
  public var padding: [Int]
  /// Steps between the taps of a window, down and across; 1 for neighbours.
  public var dilation: [Int]
  /// Into how many parts, each by itself, channels are divided.
  public var groups: Int

  /// The same stride, padding and dilation in both directions.
  public init(stride: Int = 1, padding: Int = 0, dilation: Int = 1, groups: Int = 1) {
    self.init(
      stride: [stride, stride], padding: [padding, padding, padding, padding],
      dilation: [dilation, dilation], groups: groups)
  }

  /// Every direction by itself.
  ///
  /// - Precondition: Strides, dilations and groups are positive, paddings not negative.
  public init(stride: [Int], padding: [Int], dilation: [Int] = [1, 1], groups: Int = 1) {
    precondition(
      stride.count == 2 && padding.count == 4 && dilation.count == 2
        && (stride + dilation + [groups]).allSatisfy { $0 > 0 } && padding.allSatisfy { $0 >= 0 },
      "a convolution with stride \(stride), padding \(padding), dilation \(dilation), groups \(groups)"
    )
    (self.stride, self.padding, self.dilation, self.groups) = (stride, padding, dilation, groups)
  }

  /// How many windows of `kernel` taps fit on `length` pixels along an axis (0 down, 1 across).
  public func outputLength(_ axis: Int, of length: Int, kernel: Int) -> Int {
    (length + padding[axis] + padding[axis + 2] - dilation[axis] * (kernel - 1) - 1) / stride[axis]
      + 1
  }

  /// The size that the transposed convolution makes of `length` pixels, the least that gives as many
  /// windows.
  public func inputLength(_ axis: Int, of length: Int, kernel: Int) -> Int {
    (length - 1) * stride[axis] - padding[axis] - padding[axis + 2] + dilation[axis] * (kernel - 1)
      + 1
  }
}

/// A convolution with all its sizes.
struct ConvolutionShape: Hashable {
  let images: Int
  let height: Int
  let width: Int
  let channels: Int
  let outHeight: Int
  let outWidth: Int
  let outChannels: Int
  let kernelHeight: Int
  let kernelWidth: Int
  let geometry: ConvolutionGeometry

  /// - Parameters:
  ///   - input: images × height × width × channels.
  ///   - weight: out channels × channels of a group × kernel height × kernel width.
  init(input: [Int], weight: [Int], _ geometry: ConvolutionGeometry) {
    precondition(
      input.count == 4 && weight.count == 4 && input[3] == weight[1] * geometry.groups
        && weight[0] % geometry.groups == 0,
      "a convolution of \(input) by weights \(weight) in \(geometry.groups) groups")
    (images, height, width, channels) = (input[0], input[1], input[2], input[3])
    (outChannels, kernelHeight, kernelWidth) = (weight[0], weight[2], weight[3])
    outHeight = geometry.outputLength(0, of: height, kernel: kernelHeight)
    outWidth = geometry.outputLength(1, of: width, kernel: kernelWidth)
    self.geometry = geometry
    precondition(
      outHeight > 0 && outWidth > 0,
      "pictures of \(height) x \(width) are smaller than a window of \(kernelHeight) x \(kernelWidth)"
    )
  }

  var input: [Int] { [images, height, width, channels] }
  var output: [Int] { [images, outHeight, outWidth, outChannels] }
  var weight: [Int] { [outChannels, channels / geometry.groups, kernelHeight, kernelWidth] }
}
