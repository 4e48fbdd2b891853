/// Which sentences may be said and how probable each is: a weighted finite-state acceptor of words.
///
/// A sentence is said by following arcs from ``start`` to a state of ``finals`` and speaking their
/// words. Its probability is that of the best such path: the product of the arcs' and of the
/// ending's. All weights are natural logarithms.
public struct WordGraph: Sendable, Equatable {
  /// A step from one state to another that says a word, or nothing.
  public struct Arc: Sendable, Equatable {
    /// The state it leaves.
    public var from: Int
    /// The state it enters.
    public var to: Int
    /// The word it says; nil says nothing (an epsilon).
    public var word: String?
    /// The natural logarithm of its probability.
    public var logProbability: Double

    /// Makes an arc.
    public init(from: Int, to: Int, word: String?, logProbability: Double = 0) {
      self.from = from
      self.to = to
      self.word = word
      self.logProbability = logProbability
    }
  }

  /// The number of states, which are counted from 0.
  public var stateCount: Int
  /// Where sentences begin.
  public var start: Int
  /// The natural logarithm of the probability of ending in a state; a state that is missing ends no
  /// sentence.
  public var finals: [Int: Double]
  /// All steps, in any order.
  public var arcs: [Arc]

  /// Makes a graph.
  ///
  /// - Precondition: All states named are in `0..<stateCount`.
  public init(stateCount: Int, start: Int, finals: [Int: Double], arcs: [Arc]) {
    let states = 0..<stateCount
    precondition(states.contains(start), "start state \(start) of \(stateCount)")
    precondition(finals.keys.allSatisfy(states.contains), "a final state out of range")
    precondition(
      arcs.allSatisfy { states.contains($0.from) && states.contains($0.to) },
      "an arc to or from a state out of range")
    self.stateCount = stateCount
    self.start = start
    self.finals = finals
    self.arcs = arcs
  }

  /// The words that arcs say, sorted, each once.
  ///
  /// - Complexity: O(*a* + *w* log *w*) for *a* arcs and *w* words.
  public var words: [String] { Set(arcs.compactMap(\.word)).sorted() }

  /// The arcs that leave each state, as indices into ``arcs``.
  func leaving() -> [[Int]] {
    var leaving = [[Int]](repeating: [], count: stateCount)
    for (index, arc) in arcs.enumerated() { leaving[arc.from].append(index) }
    return leaving
  }
}
