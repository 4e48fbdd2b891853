/// Which hidden state a place in a phone has, given the phones before and after it: a tree of questions
/// about those (Young, Odell and Woodland 1994).
public struct ContextTree: Sendable, Codable, Equatable {
  /// The side that a question asks about.
  public enum Side: String, Sendable, Codable {
    /// The phone before.
    case left
    /// The phone after.
    case right
  }

  /// A question or, where it has no phones to ask for, an answer.
  public struct Node: Sendable, Codable, Equatable {
    /// What is asked about.
    public var side = Side.left
    /// Whether the neighbour is one of these, by number.
    public var phones: [Int] = []
    /// The node to go on with if it is, and if not.
    public var yes = 0
    /// The node to go on with if it is not.
    public var no = 0
    /// In an answer, the state.
    public var state: Int?
  }

  /// The root first.
  public internal(set) var nodes: [Node]

  /// The tree that asks nothing.
  public init(state: Int) { nodes = [Node(state: state)] }

  init(nodes: [Node]) { self.nodes = nodes }

  /// The state in a context.
  ///
  /// - Complexity: O(depth · phones asked for).
  public func state(left: Int, right: Int) -> Int {
    var index = 0
    while true {
      let node = nodes[index]
      if let state = node.state { return state }
      index = node.phones.contains(node.side == .left ? left : right) ? node.yes : node.no
    }
  }

  /// Whether every way through the tree, as read from a file, ends in an answer.
  var isSound: Bool {
    !nodes.isEmpty
      && nodes.enumerated().allSatisfy { index, node in
        node.state.map { $0 >= 0 }
          ?? (node.yes > index && node.no > index && max(node.yes, node.no) < nodes.count)
      }
  }

  /// The states that the tree tells apart.
  public var states: [Int] { nodes.compactMap(\.state) }
}
