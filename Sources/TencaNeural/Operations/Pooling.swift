internal import CKernels

extension Tensor {
  /// The largest number of every window, channel by channel; the gradient goes to the first of equals.
  ///
  /// - Parameters:
  ///   - kernel: Rows and columns of a window.
  ///   - geometry: How windows lie; nil puts them side by side. Padding never wins.
  /// - Returns: images × out height × out width × channels.
  /// - Precondition: Every window touches its picture, and the pictures hold fewer than 2³¹ numbers.
  /// - Complexity: O(out numbers · kernel).
  public func maximumPooled(kernel: [Int], geometry: ConvolutionGeometry? = nil) -> Tensor {
    let shape = poolingShape(kernel, geometry)
    precondition(count <= Int(Int32.max), "pictures of shape \(self.shape) are too many to pool")
    var indices = [Int32](repeating: 0, count: shape.output.reduce(1, *))
    let perImage = indices.count / max(shape.images, 1)
    withExtendedLifetime(storage) {
      indices.withUnsafeMutableBufferPointer { target in
        nonisolated(unsafe) let target = target.baseAddress
        forEachPart(of: shape.images, cost: perImage * kernel[0] * kernel[1]) { part in
          var windows = shape.windows
          tenca_tensor_largest_in_windows(
            precision.flag, pointer, target, &windows, part.lowerBound, part.count)
        }
      }
    }
    return reshaped([count]).gathered(indices).reshaped(shape.output)
  }

  /// The mean of every window, channel by channel; zeros of the padding count, as in PyTorch.
  ///
  /// - Parameters:
  ///   - kernel: Rows and columns of a window.
  ///   - geometry: How windows lie; nil puts them side by side.
  /// - Returns: images × out height × out width × channels.
  /// - Complexity: O(out numbers · kernel).
  public func averagePooled(kernel: [Int], geometry: ConvolutionGeometry? = nil) -> Tensor {
    let shape = poolingShape(kernel, geometry)
    let (images, channels) = (self.shape[0], self.shape[3])
    // Channels become pictures of their own, so that one window of equal weights serves all.
    let planes = permuted([0, 3, 1, 2]).reshaped([-1, self.shape[1], self.shape[2], 1])
    let weight = Tensor(
      repeating: 1 / Double(kernel[0] * kernel[1]), shape: [1, 1] + kernel, precision: precision)
    return planes.convolved(by: weight, geometry: shape.geometry)
      .reshaped([images, channels, shape.outHeight, shape.outWidth])
      .permuted([0, 2, 3, 1])
  }

  private func poolingShape(_ kernel: [Int], _ geometry: ConvolutionGeometry?) -> ConvolutionShape {
    precondition(
      rank == 4 && kernel.count == 2 && kernel.allSatisfy { $0 > 0 },
      "windows of \(kernel) over a tensor with shape \(shape)")
    let geometry = geometry ?? ConvolutionGeometry(stride: kernel, padding: [0, 0, 0, 0])
    return ConvolutionShape(input: shape, weight: [shape[3], shape[3]] + kernel, geometry)
  }
}
