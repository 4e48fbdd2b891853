public import TencaNumerics

/// A recogniser made ready to hear with one grammar.
public struct RecognizerSearch: Sendable {
  private let recognizer: Recognizer
  private let grammar: WordGraph
  private let weights: SearchWeights
  private let graph: SearchGraph
  private let scorer: BankScorer
  private let beam: SearchBeam

  /// Compiles a grammar.
  ///
  /// - Throws: ``RecognitionError/missingWords(_:)``.
  public init(
    _ recognizer: Recognizer, grammar: WordGraph, weights: SearchWeights,
    beam: SearchBeam = SearchBeam()
  ) throws {
    self.recognizer = recognizer
    self.grammar = grammar
    self.weights = weights
    graph = try SearchGraph(
      grammar, lexicon: recognizer.lexicon, units: recognizer.units, weights: weights)
    scorer = BankScorer(recognizer.bank)
    self.beam = beam
  }

  /// The number of nodes of the network.
  public var nodeCount: Int { graph.nodeCount }

  /// What is said in a recording, each word with its confidence.
  ///
  /// - Parameters:
  ///   - features: frames × columns, normalised.
  ///   - alternatives: How many different sentences are wanted, the most probable first.
  /// - Returns: At least one, unless no way through the network exists at all.
  /// - Throws: ``RecognitionError/badFeatures(reason:)``.
  /// - Complexity: O(frames · (states followed + Gaussians · columns)).
  public func recognize(
    _ features: NDArray<Float>, alternatives: Int = 1
  ) throws -> [Recognition] {
    try recognizeWithLattice(features, alternatives: alternatives).sentences
  }

  /// What is said in a recording, as ``recognize(_:alternatives:)`` has it, with the words and pauses
  /// found within the beam, each with its posterior.
  ///
  /// - Throws: ``RecognitionError/badFeatures(reason:)``.
  public func recognizeWithLattice(
    _ features: NDArray<Float>, alternatives: Int = 1
  ) throws -> (sentences: [Recognition], lattice: WordLattice) {
    let search = try search(features, keepsEnds: true)
    var lattice = search.lattice
    let walk = LatticeWalk(lattice, grammar: grammar, weights: weights)
    let posteriors = walk.posteriors()
    for index in posteriors.indices { lattice.edges[index].posterior = posteriors[index] }
    guard let best = search.recognition() else { return ([], lattice) }
    var sentences = [best]
    if alternatives > 1 && best.isComplete {
      let others = walk.best(alternatives + 1).filter { $0.words.map(\.text) != best.texts }
      sentences += others.prefix(alternatives - 1).map { sentence in
        Recognition(
          words: sentence.words, score: sentence.score, frameCount: features.rows, isComplete: true)
      }
    }
    for index in sentences.indices { sentences[index].addConfidences(lattice) }
    return (sentences, lattice)
  }

  /// The words alone of each recording of a set: no lattice, so faster.
  ///
  /// - Returns: Of each recording its sentence, nil where there is no way through the network.
  public func recognize(
    _ set: TranscribedSet, execution: Execution
  ) throws -> [Recognition?] {
    let features = recognizer.normalized(set)
    let counter = ProgressCounter(execution, task: "recognising", total: features.count)
    return try execution.map(features.count) { index in
      defer { counter.advance() }
      return try search(features[index], keepsEnds: false).recognition()
    }
  }

  private func search(_ features: NDArray<Float>, keepsEnds: Bool) throws -> TokenSearch {
    let powers = try recognizer.standardization.powers(of: features)
    var search = TokenSearch(graph, beam: beam, keepsEnds: keepsEnds)
    search.advance(all: scorer.logLikelihoods(powers))
    return search
  }
}

extension Recognition {
  /// Gives each word the probability that it was said around its middle.
  fileprivate mutating func addConfidences(_ lattice: WordLattice) {
    for index in words.indices {
      let word = words[index]
      let middle = (word.start + word.end) / 2
      let sum = lattice.edges.reduce(0.0) { sum, found in
        found.word == word.text && found.start <= middle && middle < found.end
          ? sum + (found.posterior ?? 0) : sum
      }
      words[index].confidence = min(1, sum)
    }
  }
}
