/// Takes steps whose results can be differentiated by whatever the gradients were made from: what a
/// network would become, for one who looks ahead (Metz et al. 2017, section 2.2).
///
/// Weights and moments are what ``Optimizer/update(_:_:)`` would make of them but for ε, which stands
/// beneath the root so that the root has a slope at 0. All weights are one row of numbers meanwhile:
/// a step of small networks is a dozen operations, not a dozen a layer.
public struct UnrolledOptimizer: Sendable {
  private let rule: OptimizerRule
  private let rate: Double
  private var steps: Int
  /// The moments of all weights, one behind another; nil before the first step.
  private var first: Tensor?
  private var second: Tensor?

  /// Goes on where an optimiser is, which stays as it is.
  public init(_ optimizer: Optimizer) {
    (rule, rate, steps) = (optimizer.rule, optimizer.rate, optimizer.steps)
    first = optimizer.first.isEmpty ? nil : Self.joined(optimizer.first)
    second = optimizer.second.isEmpty ? nil : Self.joined(optimizer.second)
  }

  /// Takes one step.
  ///
  /// - Parameters:
  ///   - network: The network before the step.
  ///   - gradients: One a parameter, recorded.
  /// - Complexity: O(parameters).
  public mutating func update<Model: Network>(_ network: inout Model, _ gradients: [Tensor]) {
    steps += 1
    let taken = step(Self.joined(gradients)) * rate
    var start = 0
    network.forEachTensor("") { _, role, tensor in
      guard role == .parameter else { return }
      let part = taken.sliced(0, start..<start + tensor.count)
      tensor = tensor - part.reshaped(tensor.shape)
      start += tensor.count
    }
  }

  private static func joined(_ tensors: [Tensor]) -> Tensor {
    .concatenated(tensors.map { $0.reshaped([$0.count]) }, axis: 0)
  }

  /// What is taken from weights, over the rate.
  private mutating func step(_ g: Tensor) -> Tensor {
    let (m, v) = (first ?? g.zerosLike, second ?? g.zerosLike)
    switch rule {
    case .sgd(let momentum):
      if momentum == 0 { return g }
      let velocity = m * momentum + g
      first = velocity
      return velocity
    case .rmsProp(let smoothing, let epsilon):
      let square = v * smoothing + g.squared() * (1 - smoothing)
      second = square
      return g / (square + epsilon * epsilon).squareRoot()
    case .adam(let beta1, let beta2, let epsilon, _):
      let mean = m * beta1 + g * (1 - beta1)
      let square = v * beta2 + g.squared() * (1 - beta2)
      (first, second) = (mean, square)
      // Both corrections of the start in one: m / c₁ / √(v / c₂ + ε²).
      let (c1, c2) = (1 - Optimizer.power(beta1, steps), 1 - Optimizer.power(beta2, steps))
      return mean
        / (square.scaled(by: c1 * c1 / c2, plus: c1 * c1 * epsilon * epsilon)).squareRoot()
    }
  }
}
