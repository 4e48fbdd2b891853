extension Tensor {
  /// Pictures enlarged by a whole factor, every pixel repeated.
  ///
  /// - Returns: images × (height · factor) × (width · factor) × channels.
  /// - Complexity: O(count of the result).
  public func upsampledNearest(by factor: Int) -> Tensor {
    precondition(rank == 4 && factor > 0, "pictures of shape \(shape) enlarged by \(factor)")
    if factor == 1 { return self }
    let (images, height, width, channels) = (shape[0], shape[1], shape[2], shape[3])
    return reshaped([images, height, 1, width, 1, channels])
      .broadcast(to: [images, height, factor, width, factor, channels])
      .reshaped([images, height * factor, width * factor, channels])
  }

  /// Pictures brought to another size by interpolation between the four nearest pixels, whose centres
  /// lie at halves (in PyTorch `align_corners=False`).
  ///
  /// - Parameter size: Height and width of the result.
  /// - Returns: images × size × channels.
  /// - Complexity: O(count · size), two products with interpolation matrices.
  public func resizedBilinear(to size: [Int]) -> Tensor {
    precondition(
      rank == 4 && size.count == 2 && size.allSatisfy { $0 > 0 },
      "pictures of shape \(shape) brought to \(size)")
    return interpolated(1, to: size[0]).interpolated(2, to: size[1])
  }

  private func interpolated(_ axis: Int, to length: Int) -> Tensor {
    if length == shape[axis] { return self }
    let inner = shape[(axis + 1)...].reduce(1, *)
    let outer = shape[..<axis].reduce(1, *)
    let matrix = Self.interpolation(from: shape[axis], to: length, precision)
      .broadcast(to: [outer, length, shape[axis]])
    var result = shape
    result[axis] = length
    return Tensor.product(matrix, reshaped([outer, shape[axis], inner])).reshaped(result)
  }

  /// out × in weights of linear interpolation between pixels' centres; the outermost are repeated.
  private static func interpolation(
    from count: Int, to length: Int, _ precision: Precision
  ) -> Tensor {
    var weights = [Double](repeating: 0, count: length * count)
    let step = Double(count) / Double(length)
    for place in 0..<length {
      let position = min(max((Double(place) + 0.5) * step - 0.5, 0), Double(count - 1))
      let low = Int(position)
      let share = position - Double(low)
      weights[place * count + low] += 1 - share
      weights[place * count + min(low + 1, count - 1)] += share
    }
    return Tensor(weights, shape: [length, count], precision: precision)
  }

  /// Channels spread over pixels: `factor`² channels become a square of pixels (Shi et al. 2016), in
  /// PyTorch's order: channel c · factor² + row · factor + column.
  ///
  /// - Returns: images × (height · factor) × (width · factor) × (channels / factor²).
  public func pixelShuffled(by factor: Int) -> Tensor {
    precondition(
      rank == 4 && factor > 0 && shape[3] % (factor * factor) == 0,
      "channels of shape \(shape) spread over \(factor) x \(factor) pixels")
    let (images, height, width) = (shape[0], shape[1], shape[2])
    let channels = shape[3] / (factor * factor)
    return reshaped([images, height, width, channels, factor, factor])
      .permuted([0, 1, 4, 2, 5, 3])
      .reshaped([images, height * factor, width * factor, channels])
  }
}
