internal import Synchronization

/// Where NaN or infinity first was.
public enum NonFinitePlace: Sendable, Equatable, CustomStringConvertible {
  /// In a weight or a statistic.
  case tensor(String)
  /// In what a layer makes of finite numbers.
  case layer(String)
  /// In the gradient of a weight.
  case gradient(String)

  /// The place, to stand behind "first".
  public var description: String {
    switch self {
    case .tensor(let name): "in the tensor '\(name)'"
    case .layer(let name): "in what the layer '\(name)' makes"
    case .gradient(let name): "in the gradient of '\(name)'"
    }
  }
}

/// Looks, while a step is taken once more, for the first tensor that holds NaN or infinity.
///
/// Networks and operations ask for it where they are anyway; unless a search is on, that is all they
/// do.
final class NonFiniteSearch: Sendable {
  /// The search that is on.
  @TaskLocal static var current: NonFiniteSearch?

  private struct State {
    var names: [Int: String] = [:]
    var place: NonFinitePlace?
  }

  private let state = Mutex(State())

  /// What was found; nil for nothing.
  var place: NonFinitePlace? { state.withLock { $0.place } }

  /// Looks at a tensor of a network, of which `node` is what results remember.
  func look(at tensor: Tensor, of name: String, node: GraphNode?) {
    state.withLock { state in
      if let node { state.names[node.number] = name }
      if state.place == nil && !tensor.isFinite { state.place = .tensor(name) }
    }
  }

  /// Looks at what an operation made.
  func look(at result: Tensor, node: GraphNode) {
    state.withLock { state in
      guard state.place == nil, !result.isFinite, let name = nearest(node, state.names) else {
        return
      }
      let layer = name.lastIndex(of: ".").map { name[..<$0] } ?? name[...]
      state.place = .layer(String(layer))
    }
  }

  /// The weight that was used last before a result: the one fewest operations away, and of several
  /// the last of the network.
  private func nearest(_ node: GraphNode, _ names: [Int: String]) -> String? {
    var level = [node]
    var seen: Set<Int> = []
    while !level.isEmpty {
      level = level.flatMap { $0.operands.compactMap { $0 } }
        .filter { seen.insert($0.number).inserted }
      let found = level.filter { names[$0.number] != nil }.max { $0.number < $1.number }
      if let found { return names[found.number] }
    }
    return nil
  }
}
