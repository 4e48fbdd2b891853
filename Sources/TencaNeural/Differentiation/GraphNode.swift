import Synchronization

/// How a tensor was made: the nodes of its operands and the rule that carries a gradient to them.
final class GraphNode: Sendable {
  /// Nodes are numbered as they are made, so operands have lower numbers than results.
  let number: Int
  /// One an operand; nil where nothing watched is behind it.
  let operands: [GraphNode?]
  let rule: GradientRule?

  private static let counter = Atomic<Int>(0)

  init(operands: [GraphNode?], rule: GradientRule?) {
    number = Self.counter.wrappingAdd(1, ordering: .relaxed).newValue
    self.operands = operands
    self.rule = rule
  }
}

/// Carries the gradient of a result to its operands, in their order; nil for those not wanted.
///
/// Rules are written in operations of tensors, so a gradient that is itself recorded can be
/// differentiated again. Where it is not recorded they may take a faster kernel.
typealias GradientRule = @Sendable (BackwardStep) -> [Tensor?]

/// What a rule is given.
struct BackwardStep {
  /// The gradient of the result.
  let gradient: Tensor
  let node: GraphNode
  /// Which operands' gradients are wanted.
  let wants: [Bool]

  /// The result with its history, from the same numbers without. A rule that held the result itself
  /// would keep it alive for ever, as the result holds the rule.
  func result(_ detached: Tensor) -> Tensor {
    Tensor(
      shape: detached.shape, precision: detached.precision, storage: detached.storage, node: node)
  }
}

/// Whether operations remember how they were made.
enum Recording {
  @TaskLocal static var isOn = true
}

/// Runs `body` without remembering how its results are made: faster, and in less memory.
public func withoutRecording<Result>(_ body: () throws -> Result) rethrows -> Result {
  try Recording.$isOn.withValue(false, operation: body)
}

extension Tensor {
  /// The same numbers as the beginning of a history: results may be differentiated by it.
  public func watched() -> Tensor {
    Tensor(
      shape: shape, precision: precision, storage: storage,
      node: GraphNode(operands: [], rule: nil))
  }

  /// The same numbers without their history: a constant.
  public func detached() -> Tensor {
    Tensor(shape: shape, precision: precision, storage: storage)
  }

  /// Whether results made from this tensor are recorded.
  var isRecorded: Bool { node != nil && Recording.isOn }

  /// This tensor, just computed from `operands`, with a rule for its gradient where one is needed.
  func recorded(from operands: Tensor..., rule: @escaping GradientRule) -> Tensor {
    recorded(from: operands, rule: rule)
  }

  /// The same for operands in an array.
  func recorded(from operands: [Tensor], rule: @escaping GradientRule) -> Tensor {
    guard operands.contains(where: { $0.node != nil }), Recording.isOn else { return self }
    let node = GraphNode(operands: operands.map(\.node), rule: rule)
    NonFiniteSearch.current?.look(at: self, node: node)
    return Tensor(shape: shape, precision: precision, storage: storage, node: node)
  }
}
