#if canImport(Glibc)
  internal import Glibc
#endif

/// How much a grammar counts beside what is heard, and where pauses may be.
public struct SearchWeights: Sendable, Codable, Equatable {
  /// What ln of a grammar's probability is multiplied by: frames overlap, so what is heard would
  /// otherwise count too much.
  public var languageWeight = 10.0
  /// What is added to ln p for every word: below 0, fewer words are heard.
  public var wordPenalty = -10.0
  /// The probability of a pause after a word.
  public var pauseProbability = 0.5

  /// Makes the defaults.
  public init() {}
}

/// Makes the network of hidden states that a grammar, a lexicon and acoustic units span.
///
/// A word's first and last units depend on the words beside it, so a junction between words knows, beside
/// the grammar's state, which unit came before and which comes after. Words that lead to one state of the
/// grammar are there once, whichever state they come from.
struct GraphCompiler {
  private let graph: WordGraph
  private let units: AcousticUnits
  private let weights: SearchWeights
  /// Of each word's pronunciations, the units.
  private let pronunciations: [String: [[Int]]]
  private let leaving: [[WordGraph.Arc]]
  private let rights: [Set<Int>]
  private let stays: [[(stay: Double, leave: Double)]]

  private var builder = SearchGraphBuilder()
  private var junctions: [Junction: Int32] = [:]
  private var open: [Junction] = []
  private var chains: [ChainKey: Chain] = [:]

  /// A place between words.
  private struct Junction: Hashable {
    /// The state of the grammar.
    let state: Int
    /// The unit before, or ``GraphCompiler/begin``.
    let left: Int
    /// The unit after.
    let right: Int
  }

  /// One unit of one word on its way to one state of the grammar.
  private struct ChainKey: Hashable {
    let word: String
    let pronunciation: Int
    let target: Int
    let position: Int
    let left: Int
    let right: Int
  }

  private struct Chain { let first: Int32, last: Int32 }

  /// The beginning of a recording: to a unit's left it is silence, but silence may still follow.
  private static let begin = -2

  /// - Throws: ``RecognitionError/missingWords(_:)`` for words of the grammar that have no
  ///   pronunciation.
  init(
    _ graph: WordGraph, lexicon: PronunciationLexicon, units: AcousticUnits, weights: SearchWeights
  ) throws {
    try lexicon.require(graph.words)
    self.graph = graph
    self.units = units
    self.weights = weights
    let numbers = units.numbers
    pronunciations = try Dictionary(
      uniqueKeysWithValues: graph.words.map { word in
        let known = try lexicon.pronunciations(of: word).map { phones in
          try phones.map { phone in
            guard let number = numbers[phone] else {
              throw RecognitionError.unknownPhone(word: word, phone: phone)
            }
            return number
          }
        }
        return (word, known)
      })
    leaving = graph.leaving().map { $0.map { graph.arcs[$0] } }
    rights = Self.rights(
      graph, leaving, pronunciations, isContextDependent: units.isContextDependent)
    stays = units.stayProbabilities.map { $0.map { (log($0), log(1 - $0)) } }
  }

  /// Which units may follow each state of the grammar.
  private static func rights(
    _ graph: WordGraph, _ leaving: [[WordGraph.Arc]], _ pronunciations: [String: [[Int]]],
    isContextDependent: Bool
  ) -> [Set<Int>] {
    var rights = leaving.map { arcs in
      Set(
        arcs.flatMap { arc in
          arc.word.map { pronunciations[$0]!.map { context($0[0], isContextDependent) } } ?? []
        } + [AcousticUnits.silence])
    }
    var changes = true
    while changes {
      changes = false
      for arc in graph.arcs where arc.word == nil && !rights[arc.to].isSubset(of: rights[arc.from])
      {
        rights[arc.from].formUnion(rights[arc.to])
        changes = true
      }
    }
    return rights
  }

  /// What a neighbour matters for: units that are the same in every context only ask whether it is
  /// silence.
  private static func context(_ unit: Int, _ isContextDependent: Bool) -> Int {
    isContextDependent || unit <= AcousticUnits.silence ? unit : 1
  }

  private func context(_ unit: Int) -> Int { Self.context(unit, units.isContextDependent) }

  /// The network.
  ///
  /// - Complexity: O(arcs of the grammar · units), and with the contexts that words meet.
  mutating func compile() -> SearchGraph {
    let root = builder.junction()
    enter(graph.start, left: Self.begin, from: root)
    while let junction = open.popLast() { expand(junction) }
    return builder.graph(start: root)
  }

  private mutating func node(_ junction: Junction) -> Int32 {
    if let known = junctions[junction] { return known }
    let node = builder.junction()
    junctions[junction] = node
    open.append(junction)
    return node
  }

  /// Leads from a node to all junctions of a state, with or without a pause.
  private mutating func enter(
    _ state: Int, left: Int, from source: Int32, label: Int32 = -1, leave: Double = 0,
    right only: Int? = nil
  ) {
    for right in rights[state].sorted() where only == nil || only == right {
      let pause =
        right == AcousticUnits.silence ? weights.pauseProbability : 1 - weights.pauseProbability
      let target = node(Junction(state: state, left: context(left), right: right))
      builder.connect(source, to: target, weight: leave + log(max(pause, 1e-30)), label: label)
    }
  }

  private mutating func expand(_ junction: Junction) {
    let source = junctions[junction]!
    if junction.right == AcousticUnits.silence {
      if let end = graph.finals[junction.state] {
        builder.end(source, weight: end * weights.languageWeight)
      }
      if junction.left != AcousticUnits.silence { addSilence(junction.state, from: source) }
    }
    for arc in leaving[junction.state] {
      let language = arc.logProbability * weights.languageWeight
      guard let word = arc.word else {
        if rights[arc.to].contains(junction.right) {
          let target = node(Junction(state: arc.to, left: junction.left, right: junction.right))
          builder.connect(source, to: target, weight: language, language: language)
        }
        continue
      }
      for (index, spoken) in pronunciations[word]!.enumerated()
      where context(spoken[0]) == junction.right {
        let entries = addWord(word, index, spoken, left: max(junction.left, 0), target: arc.to)
        for entry in entries {
          let weight = language + weights.wordPenalty
          builder.connect(source, to: entry, weight: weight, language: weight)
        }
      }
    }
  }

  /// A pause, after which the state of the grammar is the same.
  private mutating func addSilence(_ state: Int, from source: Int32) {
    let key = ChainKey(
      word: "", pronunciation: 0, target: state, position: 0, left: -1, right: -1)
    let isNew = chains[key] == nil
    let chain = chain(key, AcousticUnits.silence, left: 0, right: 0)
    builder.connect(source, to: chain.first, weight: 0)
    guard isNew else { return }
    let label = builder.label(nil, pronunciation: 0)
    for right in rights[state].sorted() {
      let target = node(Junction(state: state, left: AcousticUnits.silence, right: right))
      builder.connect(
        chain.last, to: target, weight: stays[AcousticUnits.silence].last!.leave, label: label)
    }
  }

  /// A word on its way to a state of the grammar.
  ///
  /// - Returns: The nodes where it begins, given what came before.
  private mutating func addWord(
    _ word: String, _ pronunciation: Int, _ spoken: [Int], left: Int, target: Int
  ) -> [Int32] {
    func key(_ position: Int, left: Int, right: Int) -> ChainKey {
      ChainKey(
        word: word, pronunciation: pronunciation, target: target, position: position,
        left: units.isContextDependent && position == 0 ? left : -1,
        right: units.isContextDependent && position == spoken.count - 1 ? right : -1)
    }
    let label = builder.label(word, pronunciation: pronunciation)
    var entries: [Int32] = []
    // From the last unit to the first, so that what follows is there already.
    var following: [Int32] = []
    for position in stride(from: spoken.count - 1, through: 0, by: -1) {
      let unit = spoken[position]
      let before = position == 0 ? left : spoken[position - 1]
      let isLast = position == spoken.count - 1
      let afters = isLast ? rights[target].sorted() : [spoken[position + 1]]
      var firsts: [Int32] = []
      for after in units.isContextDependent || !isLast ? afters : [1] {
        let key = key(position, left: before, right: after)
        let isNew = chains[key] == nil
        let chain = chain(key, unit, left: before, right: after)
        firsts.append(chain.first)
        guard isNew else { continue }
        let leave = stays[unit].last!.leave
        if isLast {
          enter(
            target, left: unit, from: chain.last, label: label, leave: leave,
            right: units.isContextDependent ? after : nil)
        } else {
          for next in following { builder.connect(chain.last, to: next, weight: leave) }
        }
      }
      following = firsts
      entries = firsts
    }
    return entries
  }

  /// The hidden states of a unit in a context, one after another.
  private mutating func chain(_ key: ChainKey, _ unit: Int, left: Int, right: Int) -> Chain {
    if let known = chains[key] { return known }
    let nodes = units.trees[unit].indices.map { place in
      builder.emitting(
        state: units.trees[unit][place].state(left: left, right: right), unit: unit, place: place)
    }
    for (place, node) in nodes.enumerated() {
      builder.connect(node, to: node, weight: stays[unit][place].stay)
      if place + 1 < nodes.count {
        builder.connect(node, to: nodes[place + 1], weight: stays[unit][place].leave)
      }
    }
    let chain = Chain(first: nodes[0], last: nodes[nodes.count - 1])
    chains[key] = chain
    return chain
  }
}

extension PronunciationLexicon {
  /// - Throws: ``RecognitionError/missingWords(_:)`` naming the words that have no pronunciation.
  func require(_ words: [String]) throws {
    let missing = missingWords(in: words)
    guard missing.isEmpty else { throw RecognitionError.missingWords(missing) }
  }
}

extension SearchGraph {
  /// The network of a grammar.
  ///
  /// - Throws: As ``GraphCompiler``: ``RecognitionError/missingWords(_:)``,
  ///   ``RecognitionError/unknownPhone(word:phone:)``.
  init(
    _ grammar: WordGraph, lexicon: PronunciationLexicon, units: AcousticUnits,
    weights: SearchWeights
  ) throws {
    var compiler = try GraphCompiler(grammar, lexicon: lexicon, units: units, weights: weights)
    self = compiler.compile()
  }
}
