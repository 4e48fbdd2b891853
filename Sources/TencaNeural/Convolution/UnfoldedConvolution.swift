internal import CKernels

/// Convolutions as one matrix product of unfolded windows: the plain way, for double precision, for the
/// few shapes at which it wins, and wherever oneDNN is not there.
enum UnfoldedConvolution {
  static func output(_ shape: ConvolutionShape, _ x: Tensor, _ w: Tensor) -> Tensor {
    grouped(shape, axes: (x: x, w: w)) { one, x, w in
      Tensor.product(unfolded(one, x), matrix(w), transposeB: true)
        .withShape(one.output)
    }
  }

  static func inputGradient(_ shape: ConvolutionShape, _ g: Tensor, _ w: Tensor) -> Tensor {
    grouped(shape, axes: (x: g, w: w)) { one, g, w in
      let rows = g.withShape([one.images * one.outHeight * one.outWidth, one.outChannels])
      return folded(one, Tensor.product(rows, matrix(w)))
    }
  }

  static func weightGradient(_ shape: ConvolutionShape, _ x: Tensor, _ g: Tensor) -> Tensor {
    let groups = shape.geometry.groups
    let one = shape.ofOneGroup
    return withoutRecording {
      let parts = (0..<groups).map { group in
        let rows = g.detached().channels(group, of: groups)
          .withShape([one.images * one.outHeight * one.outWidth, one.outChannels])
        let columns = unfolded(one, x.detached().channels(group, of: groups))
        return Tensor.product(rows, columns, transposeA: true)
          .withShape([one.outChannels, one.kernelHeight, one.kernelWidth, one.channels])
          .permuted([0, 3, 1, 2])
      }
      return Tensor.concatenated(parts, axis: 0)
    }
  }

  /// Every group by itself, its channels side by side in the result.
  private static func grouped(
    _ shape: ConvolutionShape, axes: (x: Tensor, w: Tensor),
    _ body: (ConvolutionShape, Tensor, Tensor) -> Tensor
  ) -> Tensor {
    let groups = shape.geometry.groups
    let one = shape.ofOneGroup
    return withoutRecording {
      let parts = (0..<groups).map { group in
        let weights = one.outChannels * group..<one.outChannels * (group + 1)
        return body(
          one, axes.x.detached().channels(group, of: groups),
          axes.w.detached().sliced(0, weights))
      }
      return Tensor.concatenated(parts, axis: 3)
    }
  }

  /// Weights as out channels × (kernel rows, kernel columns, channels).
  private static func matrix(_ w: Tensor) -> Tensor {
    let w = w.permuted([0, 2, 3, 1])
    return w.reshaped([w.shape[0], -1])
  }

  private static func unfolded(_ shape: ConvolutionShape, _ x: Tensor) -> Tensor {
    let rows = shape.outHeight * shape.outWidth
    let width = shape.kernelHeight * shape.kernelWidth * shape.channels
    let result = Tensor(uninitialized: [shape.images * rows, width], x.precision)
    withExtendedLifetime(x.storage) {
      forEachPart(of: shape.images, cost: rows * width) { part in
        var windows = shape.windows
        tenca_tensor_unfold(
          x.precision.flag, x.pointer,
          result.pointer + part.lowerBound * rows * width * x.precision.size, &windows,
          part.lowerBound, part.count)
      }
    }
    return result
  }

  private static func folded(_ shape: ConvolutionShape, _ columns: Tensor) -> Tensor {
    let rows = shape.outHeight * shape.outWidth
    let width = columns.shape[1]
    let result = Tensor(uninitialized: shape.input, columns.precision)
    withExtendedLifetime(columns.storage) {
      forEachPart(of: shape.images, cost: rows * width) { part in
        var windows = shape.windows
        tenca_tensor_fold(
          columns.precision.flag,
          columns.pointer + part.lowerBound * rows * width * columns.precision.size,
          result.pointer, &windows, part.lowerBound, part.count)
      }
    }
    return result
  }
}

extension ConvolutionShape {
  /// The convolution of one group of channels.
  var ofOneGroup: ConvolutionShape {
    var geometry = geometry
    let groups = geometry.groups
    geometry.groups = 1
    return ConvolutionShape(
      input: [images, height, width, channels / groups],
      weight: [outChannels / groups, channels / groups, kernelHeight, kernelWidth], geometry)
  }

  /// The windows as the kernels take them.
  var windows: tenca_windows {
    tenca_windows(
      images: images, height: height, width: width, channels: channels, out_height: outHeight,
      out_width: outWidth, kernel_height: kernelHeight, kernel_width: kernelWidth,
      stride_height: geometry.stride[0], stride_width: geometry.stride[1],
      padding_top: geometry.padding[0], padding_left: geometry.padding[1],
      dilation_height: geometry.dilation[0], dilation_width: geometry.dilation[1])
  }
}

extension Tensor {
  /// The channels of one group.
  fileprivate func channels(_ group: Int, of groups: Int) -> Tensor {
    let width = shape[rank - 1] / groups
    return sliced(rank - 1, group * width..<(group + 1) * width)
  }
}
