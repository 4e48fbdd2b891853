internal import TencaNumerics

/// The whole matrices that lead from frame to frame, made once where there is one for all.
struct StepMatrices: Sendable {
  private let transition: TransitionMatrix
  private let constant: NDArray<Double>?

  init(_ transition: TransitionMatrix) {
    self.transition = transition
    constant = transition.varies ? nil : transition.matrix
  }

  /// The matrix from a frame to the one after.
  subscript(frame: Int) -> NDArray<Double> { constant ?? transition.matrix(from: frame) }
}
