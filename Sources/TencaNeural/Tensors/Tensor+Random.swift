public import TencaNumerics

extension Tensor {
  /// Normal numbers of mean zero from a stream, which moves on.
  public init(
    normal shape: [Int], deviation: Double = 1, from random: inout RandomStream,
    precision: Precision = .single
  ) {
    self.init(uninitialized: shape, .single)
    random.fillNormal(
      UnsafeMutableBufferPointer(
        start: pointer.assumingMemoryBound(to: Float.self), count: count),
      standardDeviation: Float(deviation))
    if precision == .double { self = converted(to: .double) }
  }

  /// Numbers spread evenly over a range, from a stream, which moves on.
  public init(
    uniform shape: [Int], in range: Range<Double> = 0..<1, from random: inout RandomStream,
    precision: Precision = .single
  ) {
    self.init(uninitialized: shape, precision)
    let width = range.upperBound - range.lowerBound
    for index in 0..<count {
      let value = range.lowerBound + width * random.uniform()
      switch precision {
      case .single: pointer.assumingMemoryBound(to: Float.self)[index] = Float(value)
      case .double: pointer.assumingMemoryBound(to: Double.self)[index] = value
      }
    }
  }

  /// Ones with the probability that each number is, zeros otherwise; the stream moves on.
  public func binarized(_ random: inout RandomStream) -> Tensor {
    let thresholds = Tensor(uniform: shape, from: &random, precision: precision)
    return Tensor.greater(self, thresholds).detached()
  }
}
