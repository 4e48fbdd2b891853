import TencaNumerics
import Testing

@testable import TencaRecognition

#if canImport(Glibc)
  import Glibc
#endif

/// The search beside an oracle that tries every sentence, pronunciation and pause by itself.
@Suite struct TokenSearchTests {
  private let lexicon: PronunciationLexicon
  private let units: AcousticUnits

  init() throws {
    lexicon = try PronunciationLexicon(
      parsing: "a X\nb X Y\nb(2) Y\nc Y X Y\n", source: "test")
    var units = AcousticUnits(contextFree: ["X", "Y"], places: [2, 1], silencePlaces: 1)
    units.stayProbabilities = [[0.7], [0.4, 0.6], [0.5]]
    self.units = units
  }

  /// ln p of the best way of `scores` through a chain of units, one state after another.
  private func score(_ chain: [Int], _ scores: [[Float]]) -> Double {
    let places = chain.flatMap { unit in
      units.trees[unit].indices.map { place in
        (units.trees[unit][place].state(left: 0, right: 0), units.stayProbabilities[unit][place])
      }
    }
    var best = [Double](repeating: -.infinity, count: places.count)
    for (frame, row) in scores.enumerated() {
      for index in places.indices.reversed() {
        var way = best[index] + log(places[index].1)
        if index > 0 { way = max(way, best[index - 1] + log(1 - places[index - 1].1)) }
        if frame == 0 { way = index == 0 ? 0 : -.infinity }
        best[index] = way + Double(row[places[index].0])
      }
    }
    return best[places.count - 1] + log(1 - places[places.count - 1].1)
  }

  /// All sentences of up to so many words, all pronunciations and pauses.
  private func oracle(_ graph: WordGraph, _ scores: [[Float]], _ weights: SearchWeights) -> Double {
    let numbers = units.numbers
    var best = -Double.infinity
    func extend(_ sentence: [String], _ chain: [Int], _ pauses: Double) {
      let (pause, none) = (log(weights.pauseProbability), log(1 - weights.pauseProbability))
      if let language = graph.logProbability(of: sentence) {
        // A sentence ends after a pause, or before what would have been one.
        let rest =
          pauses + weights.languageWeight * language
          + weights.wordPenalty * Double(sentence.count)
        if !sentence.isEmpty { best = max(best, rest + pause + score(chain, scores)) }
        best = max(best, rest + pause + score(chain + [0], scores))
      }
      if sentence.count == 3 { return }
      for word in graph.words {
        for spoken in lexicon.pronunciations(of: word) {
          let unitsOfWord = spoken.map { numbers[$0]! }
          extend(sentence + [word], chain + unitsOfWord, pauses + none)
          extend(sentence + [word], chain + [0] + unitsOfWord, pauses + pause)
        }
      }
    }
    extend([], [], 0)
    return best
  }

  @Test(arguments: 1...8)
  func findsTheBestOfAllSentences(_ seed: Int) throws {
    var random = RandomStream(seed: UInt64(seed))
    var weights = SearchWeights()
    weights.languageWeight = 2
    weights.wordPenalty = -0.5
    weights.pauseProbability = 0.3
    let graph = WordGraph(
      stateCount: 2, start: 0, finals: [1: log(0.4), 0: log(0.1)],
      arcs: [
        .init(from: 0, to: 1, word: "a", logProbability: log(0.5)),
        .init(from: 0, to: 1, word: "c", logProbability: log(0.4)),
        .init(from: 1, to: 0, word: "b", logProbability: log(0.3)),
        .init(from: 1, to: 1, word: "a", logProbability: log(0.3)),
      ])
    // Too few frames for a fourth word and its pauses to be the best.
    let scores = (0..<7).map { _ in (0..<4).map { _ in Float(3 * random.normal()) } }
    var compiler = try GraphCompiler(graph, lexicon: lexicon, units: units, weights: weights)
    var search = TokenSearch(compiler.compile(), beam: SearchBeam(width: 1e6))
    search.advance(all: NDArray(rows: scores))
    let outcome = try #require(search.outcome(mustBeComplete: true))
    let found = try #require(search.recognition())
    if found.words.count <= 3 {
      #expect(abs(outcome.score - oracle(graph, scores, weights)) < 1e-3)
      #expect(graph.logProbability(of: found.texts) != nil)
    } else {
      #expect(outcome.score > oracle(graph, scores, weights))
    }
  }

  @Test func aNarrowBeamFindsNoMore() throws {
    var random = RandomStream(seed: 3)
    let graph = try WordGraph.loop(["a", "b", "c"])
    let scores = NDArray<Float>(
      rows: (0..<40).map { _ in (0..<4).map { _ in Float(2 * random.normal()) } })
    var compiler = try GraphCompiler(
      graph, lexicon: lexicon, units: units, weights: SearchWeights())
    let network = compiler.compile()
    let scored = [1e6, 20, 5, 2].compactMap { width -> Double? in
      var search = TokenSearch(network, beam: SearchBeam(width: width, maximumActive: 1000))
      search.advance(all: scores)
      return search.outcome()?.score
    }
    #expect(scored.dropFirst().allSatisfy { $0 <= scored[0] + 1e-3 })
    #expect(abs(scored[1] - scored[0]) < 1e-3)
  }

  @Test func posteriorsOfEachFrameSumToOne() throws {
    var random = RandomStream(seed: 6)
    let graph = try WordGraph.loop(["a", "b", "c"])
    var weights = SearchWeights()
    weights.languageWeight = 1
    weights.wordPenalty = 0
    let scores = NDArray<Float>(
      rows: (0..<20).map { _ in (0..<4).map { _ in Float(2 * random.normal()) } })
    var compiler = try GraphCompiler(graph, lexicon: lexicon, units: units, weights: weights)
    var search = TokenSearch(compiler.compile(), beam: SearchBeam(width: 100), keepsEnds: true)
    search.advance(all: scores)
    let lattice = search.lattice
    let posteriors = LatticeWalk(lattice, grammar: graph, weights: weights).posteriors()
    for frame in 0..<20 {
      let sum = lattice.edges.indices.filter {
        lattice.edges[$0].start <= frame && frame < lattice.edges[$0].end
      }.reduce(0.0) { $0 + posteriors[$1] }
      #expect(abs(sum - 1) < 1e-6)
    }
  }
}
