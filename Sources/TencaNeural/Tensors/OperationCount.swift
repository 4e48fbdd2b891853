import Synchronization

/// How many floating-point operations matrix products and convolutions have taken, for benchmarks.
///
/// A multiplication and an addition are two. Taps beyond a picture's edge count, as in PyTorch's own
/// count. Norms, activations and optimisers do not: what is set beside a peak of matrix products should
/// be work of that kind.
package enum OperationCount {
  private static let sum = Atomic<Int>(0)

  /// Operations since the process began.
  package static var total: Int { sum.load(ordering: .relaxed) }

  /// Notes so many multiplications, each with its addition.
  static func add(multiplications: Int) {
    sum.wrappingAdd(2 * multiplications, ordering: .relaxed)
  }
}

extension ConvolutionShape {
  /// The multiplications of the convolution, and of either of its gradients.
  var multiplications: Int { output.reduce(1, *) * weight.dropFirst().reduce(1, *) }
}
