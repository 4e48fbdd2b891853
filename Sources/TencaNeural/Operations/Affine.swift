internal import CKernels

extension Tensor {
  /// Adds one number a channel and applies a function, in one pass.
  ///
  /// - Parameter bias: As many numbers as the last axis is long.
  public func shifted(by bias: Tensor, activation: Activation = .identity) -> Tensor {
    let channels = shape[rank - 1]
    precondition(
      bias.shape == [channels], "a bias of \(bias.shape) for a tensor with shape \(shape)")
    guard activation.needsOnlyResult else { return (self + bias).activated(activation) }
    let rows = count / max(channels, 1)
    let result = scaledRows(
      rows: rows, Tensor(ones: [channels], precision: precision), bias, activation)
    return result.recorded(from: self, bias) { step in
      let g = activation.gradient(step.gradient, step.result(result))
      return [
        step.wants[0] ? g : nil,
        step.wants[1] ? g.reshaped([rows, channels]).sum(over: [0]) : nil,
      ]
    }
  }

  /// Adds a row of a table to each example and applies a function, in one pass.
  ///
  /// - Parameters:
  ///   - table: Rows of as many numbers as an example has.
  ///   - indices: The row that an example gets, one an example.
  func shifted(
    byRows indices: [Int32], of table: Tensor, activation: Activation = .identity
  ) -> Tensor {
    let (examples, rows) = (shape[0], table.shape[0])
    precondition(indices.count == examples && indices.allSatisfy { $0 >= 0 && $0 < rows })
    let width = table.count / rows
    precondition(count == examples * width, "rows of \(width) numbers for a tensor of \(shape)")
    guard activation.needsOnlyResult else {
      return (self + table.gathered(indices)).activated(activation)
    }
    let result = Tensor(uninitialized: shape, precision)
    let ones = Tensor(ones: [width], precision: precision)
    withExtendedLifetime((storage, table.storage, ones.storage)) {
      forEachPart(of: examples, cost: width * 2) { part in
        for example in part {
          let start = example * width * precision.size
          let row = table.pointer + Int(indices[example]) * width * precision.size
          tenca_tensor_scale_shift(
            precision.flag, pointer + start, result.pointer + start, 1, width, ones.pointer, row,
            activation.code, activation.parameter)
        }
      }
    }
    return result.recorded(from: self, table) { step in
      let g = activation.gradient(step.gradient, step.result(result))
      return [step.wants[0] ? g : nil, step.wants[1] ? g.scattered(indices, rows: rows) : nil]
    }
  }

  /// activation(x · scale + shift) with one scale and shift a channel, not recorded.
  func scaledRows(
    rows: Int, _ scale: Tensor, _ shift: Tensor, _ activation: Activation
  ) -> Tensor {
    let result = Tensor(uninitialized: shape, precision)
    let channels = scale.count
    withExtendedLifetime((storage, scale.storage, shift.storage)) {
      forEachPart(of: rows, cost: channels * 2) { part in
        let start = part.lowerBound * channels * precision.size
        tenca_tensor_scale_shift(
          precision.flag, pointer + start, result.pointer + start, part.count, channels,
          scale.pointer, shift.pointer, activation.code, activation.parameter)
      }
    }
    return result
  }

  /// x·Wᵀ + b: rows of numbers through a dense layer.
  ///
  /// - Parameters:
  ///   - weight: out × in, as PyTorch keeps it.
  ///   - bias: out numbers.
  /// - Returns: … × out.
  public func linear(
    _ weight: Tensor, bias: Tensor? = nil, activation: Activation = .identity
  ) -> Tensor {
    let rows = reshaped([-1, shape[rank - 1]])
    let product = Tensor.product(rows, weight, transposeB: true)
    let result =
      bias.map { product.shifted(by: $0, activation: activation) } ?? product.activated(activation)
    return result.reshaped(shape.dropLast() + [weight.shape[0]])
  }
}

extension Activation {
  /// How kernels that take an activation along are told.
  var code: Int32 { operation.map { Int32($0.rawValue) } ?? -1 }
}
