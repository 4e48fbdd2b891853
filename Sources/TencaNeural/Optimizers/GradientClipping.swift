internal import CKernels

/// The length of all gradients as one vector.
///
/// - Complexity: O(numbers).
public func norm(of gradients: [Tensor]) -> Double {
  let squares = gradients.reduce(0) { sum, gradient in
    withExtendedLifetime(gradient.storage) {
      sum
        + tenca_tensor_sum_of_squares(
          gradient.precision.flag, gradient.pointer, gradient.count)
    }
  }
  return squares.squareRoot()
}

/// The gradients, all shortened by one factor where their common length is above a limit (Pascanu et al.
/// 2013, algorithm 1).
///
/// - Parameter limit: The length allowed, above 0.
/// - Returns: The gradients, which keep their direction, and their length before.
/// - Complexity: O(numbers).
public func clipped(_ gradients: [Tensor], toNorm limit: Double) -> (
  gradients: [Tensor], norm: Double
) {
  precondition(limit > 0, "gradients clipped to a length of \(limit)")
  let length = norm(of: gradients)
  if length <= limit { return (gradients, length) }
  return (gradients.map { ($0 * (limit / length)).detached() }, length)
}
