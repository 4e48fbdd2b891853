/// The sounds that words are made of, each a left-right chain of hidden states: phones, or whole words.
///
/// With trees that ask nothing they are monophones; with others, triphones whose states are tied.
public struct AcousticUnits: Sendable, Codable, Equatable {
  /// What silence is called.
  public static let silenceName = "SIL"

  /// The names; silence is the first.
  public let names: [String]
  /// For each unit and each of its places, which state of the bank it has in a context.
  public internal(set) var trees: [[ContextTree]]
  /// For each unit and each of its places, the probability of staying for another frame.
  public internal(set) var stayProbabilities: [[Double]]

  /// Units of known parts.
  init(names: [String], trees: [[ContextTree]], stayProbabilities: [[Double]]) {
    self.names = names
    self.trees = trees
    self.stayProbabilities = stayProbabilities
  }

  /// Units that are the same in every context, each place with a state of its own.
  ///
  /// - Parameters:
  ///   - names: Without silence, which becomes the first.
  ///   - places: Hidden states of each of them.
  ///   - silencePlaces: Hidden states of silence.
  init(contextFree names: [String], places: [Int], silencePlaces: Int) {
    self.names = [Self.silenceName] + names
    var next = 0
    trees = ([silencePlaces] + places).map { count in
      defer { next += count }
      return (next..<next + count).map { ContextTree(state: $0) }
    }
    stayProbabilities = trees.map { $0.map { _ in 0.6 } }
  }

  /// The number of silence.
  public static let silence = 0

  /// The number of states of the bank.
  public var stateCount: Int {
    1 + (trees.flatMap { $0 }.flatMap(\.states).max() ?? -1)
  }

  /// Whether a unit's states differ with its neighbours.
  public var isContextDependent: Bool {
    trees.contains { $0.contains { $0.nodes.count > 1 } }
  }

  /// The number of places, hidden states one after another, of a unit.
  public func places(of unit: Int) -> Int { trees[unit].count }

  /// The numbers of units by their names.
  var numbers: [String: Int] {
    Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
  }
}
