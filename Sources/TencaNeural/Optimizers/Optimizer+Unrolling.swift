extension Optimizer {
  /// A step whose result can be differentiated by whatever the gradients were made from: what a network
  /// would become, for one who looks ahead (Metz et al. 2017, section 2.2).
  ///
  /// Weights and moments are what ``update(_:_:)`` would make of them but for ε, which stands beneath
  /// the root so that the root has a slope at 0.
  ///
  /// - Parameters:
  ///   - network: The network before the step.
  ///   - gradients: One a parameter, recorded.
  /// - Complexity: O(parameters).
  public mutating func unroll<Model: Network>(
    _ network: inout Model, _ gradients: [Tensor]
  ) {
    if first.isEmpty { first = gradients.map(\.zerosLike) }
    if second.isEmpty { second = gradients.map(\.zerosLike) }
    steps += 1
    var index = 0
    network.forEachTensor("") { _, role, tensor in
      guard role == .parameter else { return }
      tensor = tensor - step(gradients[index], index) * rate
      index += 1
    }
  }

  /// What is taken from a weight, over the rate.
  private mutating func step(_ g: Tensor, _ index: Int) -> Tensor {
    switch rule {
    case .sgd(let momentum):
      if momentum == 0 { return g }
      first[index] = first[index] * momentum + g
      return first[index]
    case .rmsProp(let smoothing, let epsilon):
      second[index] = second[index] * smoothing + g.squared() * (1 - smoothing)
      return g / (second[index] + epsilon * epsilon).squareRoot()
    case .adam(let beta1, let beta2, let epsilon, _):
      first[index] = first[index] * beta1 + g * (1 - beta1)
      second[index] = second[index] * beta2 + g.squared() * (1 - beta2)
      let mean = first[index] / (1 - power(beta1, steps))
      let variance = second[index] / (1 - power(beta2, steps))
      return mean / (variance + epsilon * epsilon).squareRoot()
    }
  }
}
