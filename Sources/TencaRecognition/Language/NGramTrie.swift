/// The n-grams of a model as a tree: a node is its parent's words and one more.
struct NGramTrie: Sendable, Equatable {
  /// The node of no words.
  static let root = 0

  private(set) var words: [Int32] = [-1]
  private(set) var parents: [Int32] = [-1]
  private(set) var orders: [UInt8] = [0]
  /// The natural logarithm of the probability of a node's last word after those before.
  var logProbabilities: [Double] = [0]
  /// The natural logarithm of what a node's words leave to shorter histories.
  var backoffs: [Double] = [0]
  /// Whether a node has children.
  private(set) var isParent: [Bool] = [false]
  private var children: [UInt64: Int32] = [:]

  /// The number of nodes, the root among them.
  var count: Int { words.count }

  /// The node of one word more; nil when there is none.
  func child(of node: Int, _ word: Int) -> Int? {
    children[Self.key(node, word)].map(Int.init)
  }

  /// The node of some words; nil when there is none.
  func node(_ words: some Sequence<Int>) -> Int? {
    var node = Self.root
    for word in words {
      guard let next = child(of: node, word) else { return nil }
      node = next
    }
    return node
  }

  /// The node of one word more, which is made if there is none.
  mutating func insert(_ word: Int, after node: Int) -> Int {
    if let child = child(of: node, word) { return child }
    let new = count
    children[Self.key(node, word)] = Int32(new)
    isParent[node] = true
    words.append(Int32(word))
    parents.append(Int32(node))
    orders.append(orders[node] + 1)
    logProbabilities.append(0)
    backoffs.append(0)
    isParent.append(false)
    return new
  }

  /// The words of a node.
  func words(of node: Int) -> [Int] {
    var (words, here) = ([Int](), node)
    while here != Self.root {
      words.append(Int(self.words[here]))
      here = Int(parents[here])
    }
    return words.reversed()
  }

  private static func key(_ node: Int, _ word: Int) -> UInt64 {
    UInt64(UInt32(node)) << 32 | UInt64(UInt32(word))
  }
}
