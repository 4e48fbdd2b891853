internal import CKernels
internal import Foundation

/// A tensor seen as samples × rows × channels, whose statistics are taken over groups of channels.
struct NormalizationLayout {
  let samples: Int
  let rows: Int
  let channels: Int
  let groups: Int

  struct Moments: Sendable {
    let moments: NormalizationMoments
    /// 1 / √(variance + ε), samples × groups.
    let inverse: [Double]
  }

  init(_ shape: [Int], _ scope: NormalizationScope) {
    channels = shape[shape.count - 1]
    let count = shape.reduce(1, *)
    switch scope {
    case .batch:
      samples = 1
      groups = channels
    case .groups(let number):
      precondition(number > 0 && channels % number == 0, "\(channels) channels in \(number) groups")
      samples = shape[0]
      groups = number
    }
    rows = count / max(samples * channels, 1)
  }

  private var width: Int { channels / groups }
  /// The numbers that share a mean.
  private var terms: Double { Double(rows * width) }
  private var sampleCount: Int { rows * channels }

  func moments(_ x: Tensor, epsilon: Double) -> Moments {
    let (sums, squares, pivots) = channelSums(x)
    var mean = [Double](repeating: 0, count: samples * groups)
    var variance = mean
    for group in mean.indices {
      let first = group * width
      var total = 0.0
      for c in first..<first + width { total += sums[c] + Double(rows) * pivots[c] }
      let m = total / terms
      var spread = 0.0
      for c in first..<first + width {
        // Σ(x - m)² from sums about a pivot p: Σ(x - p)² - 2 (m - p) Σ(x - p) + n (m - p)².
        let d = m - pivots[c]
        spread += squares[c] - 2 * d * sums[c] + Double(rows) * d * d
      }
      mean[group] = m
      variance[group] = max(spread / terms, 0)
    }
    return Moments(
      moments: NormalizationMoments(mean: mean, variance: variance),
      inverse: variance.map { 1 / ($0 + epsilon).squareRoot() })
  }

  func applied(
    _ x: Tensor, _ moments: Moments, _ scale: Tensor, _ shift: Tensor, _ activation: Activation
  ) -> Tensor {
    let (gamma, beta) = (scale.elements, shift.elements)
    var factors = [Double](repeating: 0, count: samples * channels)
    var offsets = factors
    for c in factors.indices {
      factors[c] = gamma[c % channels] * moments.inverse[c / width]
      offsets[c] = beta[c % channels] - moments.moments.mean[c / width] * factors[c]
    }
    let a = Tensor(factors, precision: x.precision)
    let b = Tensor(offsets, precision: x.precision)
    let size = x.precision.size
    let result = Tensor(uninitialized: x.shape, x.precision)
    withExtendedLifetime((x.storage, a.storage, b.storage)) {
      forEachBlock { sample, part in
        let start = (sample * rows + part.lowerBound) * channels * size
        tenca_tensor_scale_shift(
          x.precision.flag, x.pointer + start, result.pointer + start, part.count, channels,
          a.pointer + sample * channels * size, b.pointer + sample * channels * size,
          activation.code, activation.parameter)
      }
    }
    return result
  }

  /// The gradients of input, scale and shift, in two passes.
  func gradients(
    _ x: Tensor, _ gradient: Tensor, _ result: Tensor, _ scale: Tensor, _ moments: Moments,
    _ activation: Activation, _ wants: [Bool]
  ) -> [Tensor?] {
    let (sums, products) = gradientSums(x, gradient, result, activation)
    let gamma = scale.elements
    let mean = moments.moments.mean
    var scaleGradient = [Double](repeating: 0, count: channels)
    var shiftGradient = scaleGradient
    var a = [Double](repeating: 0, count: samples * channels)
    var b = a
    var d = a
    for group in 0..<samples * groups {
      let first = group * width
      let inverse = moments.inverse[group]
      var total = 0.0
      var aligned = 0.0
      for c in first..<first + width {
        // Σ g·x̂, from Σ g·x.
        let product = (products[c] - mean[group] * sums[c]) * inverse
        scaleGradient[c % channels] += product
        shiftGradient[c % channels] += sums[c]
        total += gamma[c % channels] * sums[c]
        aligned += gamma[c % channels] * product
      }
      // dx = (γ g - mean(γ g) - x̂ mean(γ g x̂)) / σ, as a g + b x + d.
      let slope = -aligned / terms * inverse * inverse
      for c in first..<first + width {
        a[c] = gamma[c % channels] * inverse
        b[c] = slope
        d[c] = -total / terms * inverse - slope * mean[group]
      }
    }
    let precision = x.precision
    return [
      wants[0]
        ? combined(
          x, gradient, result, activation, Tensor(a, precision: precision),
          Tensor(b, precision: precision), Tensor(d, precision: precision)) : nil,
      wants[1] ? Tensor(scaleGradient, precision: precision) : nil,
      wants[2] ? Tensor(shiftGradient, precision: precision) : nil,
    ]
  }

  /// The same gradients made of differentiable operations.
  ///
  /// - Parameter g: The gradient behind the activation.
  func composedGradients(
    _ x: Tensor, _ g: Tensor, _ scale: Tensor, epsilon: Double
  ) -> [Tensor?] {
    let shape = [samples, rows, groups, width]
    let axes = [1, 3]
    func mean(_ t: Tensor) -> Tensor { t.mean(over: axes, keepingAxes: true) }
    let x4 = x.reshaped(shape)
    let g4 = g.reshaped(shape)
    let centred = x4 - mean(x4)
    let inverse = (mean(centred.squared()) + epsilon).squareRoot().reciprocal()
    let standard = centred * inverse
    let scaled = g4 * scale.reshaped([1, 1, groups, width])
    let dx = (scaled - mean(scaled) - standard * mean(scaled * standard)) * inverse
    return [
      dx.reshaped(x.shape), (g4 * standard).sum(over: [0, 1]).reshaped([channels]),
      g4.sum(over: [0, 1]).reshaped([channels]),
    ]
  }
}

extension NormalizationLayout {
  /// Calls `body` for parts of the rows of every sample.
  private func forEachBlock(_ body: (_ sample: Int, _ rows: Range<Int>) -> Void) {
    if samples == 1 {
      forEachPart(of: rows, cost: channels * 2) { body(0, $0) }
    } else {
      forEachPart(of: samples, cost: sampleCount * 2) { part in
        for sample in part { body(sample, 0..<rows) }
      }
    }
  }

  /// In how many pieces sums over the rows of a single sample are made: the same for any number of
  /// threads, so that the order of additions is.
  private var pieces: Int { samples == 1 && sampleCount > 1 << 16 ? 16 : 1 }

  /// Runs a kernel that makes two sums a channel, in pieces, and adds those in order.
  private func sums(
    _ kernel: (
      _ start: Int, _ sample: Int, _ rows: Int, _ target: Int, _ sums: UnsafeMutablePointer<Double>,
      _ products: UnsafeMutablePointer<Double>
    ) -> Void
  ) -> ([Double], [Double]) {
    let pieces = pieces
    var first = [Double](repeating: 0, count: samples * pieces * channels)
    var second = first
    first.withUnsafeMutableBufferPointer { first in
      second.withUnsafeMutableBufferPointer { second in
        let (a, b) = (first.baseAddress!, second.baseAddress!)
        forEachPart(of: samples * pieces, cost: sampleCount / pieces) { part in
          for piece in part {
            let sample = piece / pieces
            let low = rows * (piece % pieces) / pieces
            let high = rows * (piece % pieces + 1) / pieces
            kernel(
              (sample * rows + low) * channels, sample, high - low, piece, a + piece * channels,
              b + piece * channels)
          }
        }
      }
    }
    if pieces == 1 { return (first, second) }
    for piece in 1..<pieces {
      for c in 0..<channels {
        first[c] += first[piece * channels + c]
        second[c] += second[piece * channels + c]
      }
    }
    return (Array(first[..<channels]), Array(second[..<channels]))
  }

  /// Sums and squares about each sample's first row, which keeps digits where means are large.
  private func channelSums(_ x: Tensor) -> (sums: [Double], squares: [Double], pivots: [Double]) {
    let size = x.precision.size
    return withExtendedLifetime(x.storage) {
      let (sums, squares) = sums { start, sample, rows, _, sums, squares in
        tenca_tensor_moments(
          x.precision.flag, x.pointer + start * size, rows, channels,
          x.pointer + sample * sampleCount * size, sums, squares)
      }
      let pivots = (0..<samples * channels).map { c -> Double in
        let at = (c / channels) * sampleCount + c % channels
        return x.precision == .single
          ? Double(x.pointer.assumingMemoryBound(to: Float.self)[at])
          : x.pointer.assumingMemoryBound(to: Double.self)[at]
      }
      return (sums, squares, pivots)
    }
  }

  private func gradientSums(
    _ x: Tensor, _ gradient: Tensor, _ result: Tensor, _ activation: Activation
  ) -> ([Double], [Double]) {
    let size = x.precision.size
    return withExtendedLifetime((x.storage, gradient.storage, result.storage)) {
      sums { start, _, rows, _, sums, products in
        tenca_tensor_gradient_moments(
          x.precision.flag, gradient.pointer + start * size, x.pointer + start * size,
          result.pointer + start * size, rows, channels, activation.code, activation.parameter,
          sums, products)
      }
    }
  }

  private func combined(
    _ x: Tensor, _ gradient: Tensor, _ result: Tensor, _ activation: Activation, _ a: Tensor,
    _ b: Tensor, _ d: Tensor
  ) -> Tensor {
    let size = x.precision.size
    let target = Tensor(uninitialized: x.shape, x.precision)
    withExtendedLifetime(
      (x.storage, gradient.storage, result.storage, (a.storage, b.storage, d.storage))
    ) {
      forEachBlock { sample, part in
        let start = (sample * rows + part.lowerBound) * channels * size
        let channel = sample * channels * size
        tenca_tensor_gradient_combine(
          x.precision.flag, gradient.pointer + start, x.pointer + start, result.pointer + start,
          target.pointer + start, part.count, channels, activation.code, activation.parameter,
          a.pointer + channel, b.pointer + channel, d.pointer + channel)
      }
    }
    return target
  }
}
