import Foundation
import Testing

@testable import TencaRecognition

@Suite("Word graphs")
struct WordGraphTests {
  @Test("A loop is a distribution over sentences")
  func loop() throws {
    let graph = try WordGraph.loop(["a", "b", "a"])
    #expect(graph.words == ["a", "b"])
    #expect(graph.logProbability(of: []) == nil)
    #expect(isClose(graph.logProbability(of: ["a"]), log(0.5 / 3)))
    #expect(isClose(graph.logProbability(of: ["a", "b", "b"]), log(0.5 / 27)))
    #expect(!graph.accepts(["c"]))
    let bounded = try WordGraph.loop(["a", "b"], between: 0...3)
    let all = allSentences(of: ["a", "b"], upTo: 4)
    let total = all.compactMap { bounded.logProbability(of: $0) }.reduce(0) { $0 + exp($1) }
    #expect(isClose(total, 1))
    #expect(!bounded.accepts(["a", "a", "a", "a"]))
    #expect(bounded.accepts([]))
    let fixed = try WordGraph.loop(["a", "b"], between: 2...2)
    #expect(isClose(fixed.logProbability(of: ["b", "a"]), log(0.25)))
    #expect(!fixed.accepts(["a"]))
  }

  @Test("Loops and lists of nothing are refused")
  func refuses() {
    #expect(throws: LanguageError.self) { try WordGraph.loop([]) }
    #expect(throws: LanguageError.self) { try WordGraph.loop(["a"], between: -1...2) }
    #expect(throws: LanguageError.self) { try WordGraph.list(sentences: []) }
  }

  @Test("A list shares beginnings and is uniform")
  func list() throws {
    let sentences = [["a", "b"], ["a"], ["a", "c"], ["b"], []]
    let graph = try WordGraph.list(sentences: sentences)
    #expect(graph.stateCount == 5)
    for sentence in sentences { #expect(isClose(graph.logProbability(of: sentence), log(0.2))) }
    #expect(!graph.accepts(["a", "b", "c"]))
    let doubled = try WordGraph.list(sentences: sentences + [["b"]])
    #expect(isClose(doubled.logProbability(of: ["b"]), log(2.0 / 6)))
  }

  @Test("A sequence accepts itself only")
  func sequence() {
    let graph = WordGraph.sequence(["a", "b"])
    #expect(graph.logProbability(of: ["a", "b"]) == 0)
    #expect(!graph.accepts(["a"]))
    #expect(WordGraph.sequence([]).logProbability(of: []) == 0)
  }

  @Test("Cycles of epsilons end")
  func cycles() {
    for weight in [-0.5, 0, 0.5] {
      let graph = WordGraph(
        stateCount: 4, start: 0, finals: [2: 0],
        arcs: [
          .init(from: 0, to: 1, word: nil, logProbability: weight),
          .init(from: 1, to: 0, word: nil, logProbability: weight),
          .init(from: 1, to: 2, word: "a", logProbability: -1),
          .init(from: 2, to: 2, word: nil, logProbability: weight),
          .init(from: 2, to: 3, word: "b"),
        ])
      #expect(graph.accepts(["a"]), "weight \(weight)")
      #expect(!graph.accepts(["b"]))
      #expect(graph.withoutEpsilons().accepts(["a"]))
      #expect(graph.contracted().accepts(["a"]))
      if weight <= 0 {
        #expect(isClose(graph.logProbability(of: ["a"]), weight - 1))
      }
    }
  }

  @Test("Trimming drops what no sentence passes")
  func trims() {
    let graph = WordGraph(
      stateCount: 6, start: 1, finals: [3: 0, 0: 0],
      arcs: [
        .init(from: 1, to: 3, word: "a"), .init(from: 1, to: 4, word: "dead"),
        .init(from: 0, to: 3, word: "unreached"), .init(from: 4, to: 4, word: nil),
      ])
    let trimmed = graph.trimmed()
    #expect(trimmed.stateCount == 2)
    #expect(trimmed.words == ["a"])
    #expect(trimmed.finals == [1: 0])
    let nothing = WordGraph(stateCount: 3, start: 2, finals: [:], arcs: graph.arcs.prefix(0) + [])
    #expect(nothing.trimmed() == WordGraph(stateCount: 1, start: 0, finals: [:], arcs: []))
  }

  @Test("Removing and contracting epsilons keeps every sentence", arguments: 0..<60)
  func keepsSentences(seed: Int) {
    var random = SeededGenerator(state: UInt64(seed))
    let states = Int.random(in: 1...6, using: &random)
    let vocabulary = ["a", "b"]
    let arcs = (0..<Int.random(in: 0...14, using: &random)).map { _ in
      WordGraph.Arc(
        from: .random(in: 0..<states, using: &random), to: .random(in: 0..<states, using: &random),
        word: Bool.random(using: &random) ? nil : vocabulary.randomElement(using: &random),
        logProbability: -.random(in: 0...2, using: &random))
    }
    let finals = [Int.random(in: 0..<states, using: &random): -0.25]
    let graph = WordGraph(stateCount: states, start: 0, finals: finals, arcs: arcs)
    let without = graph.withoutEpsilons()
    let contracted = graph.contracted()
    #expect(without.arcs.allSatisfy { $0.word != nil })
    #expect(contracted.arcs.count <= arcs.count)
    for sentence in allSentences(of: vocabulary, upTo: 4) {
      let expected = graph.logProbability(of: sentence)
      #expect(isClose(without.logProbability(of: sentence), expected), "\(sentence)")
      #expect(isClose(contracted.logProbability(of: sentence), expected), "\(sentence)")
      #expect(isClose(graph.trimmed().logProbability(of: sentence), expected), "\(sentence)")
    }
    for _ in 0..<10 {
      if let sentence = graph.trimmed().sample(limit: 50, using: &random) {
        #expect(graph.accepts(sentence), "\(sentence)")
      }
    }
  }
}
