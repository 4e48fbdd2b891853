internal import CKernels
public import TencaNumerics

/// How gradients change weights.
public enum OptimizerRule: Sendable, Hashable, Codable {
  /// w ← w - rate · (momentum · velocity + g).
  case sgd(momentum: Double = 0)
  /// w ← w - rate · g / (√mean(g²) + ε) (Hinton 2012), as PyTorch has it.
  case rmsProp(smoothing: Double = 0.99, epsilon: Double = 1e-8)
  /// Adam (Kingma & Ba 2015), with decoupled weight decay (AdamW, Loshchilov & Hutter 2019) where
  /// `decay` is not 0.
  case adam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, decay: Double = 0)
}

/// Changes the parameters of a network by gradients, in place where nobody else holds them.
public struct Optimizer: Sendable {
  /// How.
  public let rule: OptimizerRule
  /// The step size; a schedule may change it between steps.
  public var rate: Double
  /// The steps taken.
  public internal(set) var steps = 0
  var first: [Tensor] = []
  var second: [Tensor] = []

  /// An optimiser that has taken no step.
  public init(_ rule: OptimizerRule, rate: Double) {
    self.rule = rule
    self.rate = rate
  }

  /// Takes one step.
  ///
  /// - Parameter gradients: One a parameter, in the network's order.
  /// - Complexity: O(parameters).
  public mutating func update(_ network: inout some Network, _ gradients: [Tensor]) {
    if first.isEmpty { first = gradients.map(\.zerosLike) }
    if second.isEmpty { second = gradients.map(\.zerosLike) }
    steps += 1
    var index = 0
    network.forEachTensor("") { _, role, tensor in
      guard role == .parameter else { return }
      update(&tensor, gradients[index], index)
      index += 1
    }
    precondition(index == gradients.count, "\(gradients.count) gradients for \(index) parameters")
  }

  private mutating func update(_ weight: inout Tensor, _ g: Tensor, _ index: Int) {
    precondition(weight.shape == g.shape, "a gradient of \(g.shape) for \(weight.shape)")
    switch rule {
    case .sgd(let momentum):
      if momentum == 0 {
        weight.makeUnique()
        weight.add(g, scale: -rate)
      } else {
        first[index] = (first[index] * momentum + g).detached()
        weight.makeUnique()
        weight.add(first[index], scale: -rate)
      }
    case .rmsProp(let smoothing, let epsilon):
      second[index] = (second[index] * smoothing + g.squared() * (1 - smoothing)).detached()
      weight.makeUnique()
      weight.add(g / (second[index].squareRoot() + epsilon), scale: -rate)
    case .adam(let beta1, let beta2, let epsilon, let decay):
      weight.makeUnique()
      first[index].makeUnique()
      second[index].makeUnique()
      let correction1 = 1 - Self.power(beta1, steps)
      let correction2 = 1 - Self.power(beta2, steps)
      let (w, m, v) = (weight.pointer, first[index].pointer, second[index].pointer)
      let size = weight.precision.size
      let flag = weight.precision.flag
      withExtendedLifetime(g.storage) {
        forEachPart(of: weight.count, cost: 2) { [rate] part in
          let start = part.lowerBound * size
          tenca_tensor_adam(
            flag, w + start, g.pointer + start, m + start, v + start, part.count, rate, beta1,
            beta2, epsilon, decay, correction1, correction2)
        }
      }
    }
  }

  static func power(_ base: Double, _ exponent: Int) -> Double {
    // By squaring, so that a saved run computes the same digits as one that went on.
    var (result, factor, left) = (1.0, base, exponent)
    while left > 0 {
      if left & 1 == 1 { result *= factor }
      factor *= factor
      left >>= 1
    }
    return result
  }
}

extension Optimizer {
  /// The moments by parameter, to be saved with ``steps``.
  public func arrays(prefix: String) -> [String: ArchivedArray] {
    var result: [String: ArchivedArray] = [:]
    for (index, tensor) in first.enumerated() {
      result["\(prefix)first.\(index)"] = tensor.archived
    }
    for (index, tensor) in second.enumerated() {
      result["\(prefix)second.\(index)"] = tensor.archived
    }
    return result
  }

  /// Goes on where ``arrays(prefix:)`` were saved after `steps` steps.
  ///
  /// - Throws: ``NeuralError/missingTensor(name:)``, ``NeuralError/wrongShape(name:found:expected:)``.
  public mutating func load(
    _ arrays: [String: ArchivedArray], prefix: String, steps: Int, parameters: [Tensor]
  ) throws {
    func moments(_ kind: String) throws -> [Tensor] {
      try parameters.enumerated().map { index, parameter in
        let name = "\(prefix)\(kind).\(index)"
        guard let array = arrays[name] else { throw NeuralError.missingTensor(name: name) }
        guard array.shape == parameter.shape else {
          throw NeuralError.wrongShape(
            name: name, found: array.shape, expected: parameter.shape)
        }
        return Tensor(array)
      }
    }
    self.steps = steps
    guard steps > 0 else { return }
    first = try moments("first")
    second = try moments("second")
  }
}

extension Tensor {
  /// Makes sure that nobody else holds the numbers, and forgets their history.
  mutating func makeUnique() {
    if node != nil { self = detached() }
    if !isKnownUniquelyReferenced(&storage) { storage = copied().storage }
  }
}
