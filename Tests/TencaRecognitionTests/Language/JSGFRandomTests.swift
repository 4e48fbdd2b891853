import Foundation
import Testing

@testable import TencaRecognition

/// A random grammar that knows its sentences by enumeration.
private indirect enum Phrase {
  case word(String)
  case null
  case sequence([Phrase])
  case alternatives([(Int, Phrase)])
  case optional(Phrase)
  case repeated(Phrase, plus: Bool)
  case rule(Int, Phrase)

  static func random(depth: Int, using random: inout SeededGenerator) -> Phrase {
    if depth == 0 {
      return Int.random(in: 0..<8, using: &random) == 0
        ? .null : .word(["a", "b", "c"].randomElement(using: &random)!)
    }
    func parts(_ range: ClosedRange<Int>) -> [Phrase] {
      (0..<Int.random(in: range, using: &random)).map { _ in
        Phrase.random(depth: .random(in: 0..<depth, using: &random), using: &random)
      }
    }
    switch Int.random(in: 0..<7, using: &random) {
    case 0, 1: return .sequence(parts(2...3))
    case 2, 3:
      return .alternatives(parts(2...3).map { (Int.random(in: 1...4, using: &random), $0) })
    case 4: return .optional(parts(1...1)[0])
    case 5: return .repeated(parts(1...1)[0], plus: Bool.random(using: &random))
    default: return .rule(Int.random(in: 0..<1_000_000, using: &random), parts(1...1)[0])
    }
  }

  /// The phrase in the format, and the rules it needs.
  func text(rules: inout [String]) -> String {
    switch self {
    case .word(let word): return word
    case .null: return "<NULL>"
    case .sequence(let parts):
      return "(" + parts.map { $0.text(rules: &rules) }.joined(separator: " ") + ")"
    case .alternatives(let choices):
      return "("
        + choices.map { "/\($0)/ " + $1.text(rules: &rules) }.joined(separator: "|") + ")"
    case .optional(let part): return "[" + part.text(rules: &rules) + "]"
    case .repeated(let part, let plus):
      return "(" + part.text(rules: &rules) + ")" + (plus ? "+" : "*")
    case .rule(let name, let part):
      let text = part.text(rules: &rules)
      rules.append("<r\(rules.count)x\(name)> = \(text);")
      return "<r\(rules.count - 1)x\(name)>"
    }
  }

  /// The best probability of each sentence of at most `length` words.
  func sentences(upTo length: Int) -> [[String]: Double] {
    switch self {
    case .word(let word): return length >= 1 ? [[word]: 1] : [:]
    case .null: return [[]: 1]
    case .rule(_, let part): return part.sentences(upTo: length)
    case .optional(let part):
      return part.sentences(upTo: length).mapValues { $0 / 2 }
        .merging([[]: 0.5], uniquingKeysWith: max)
    case .sequence(let parts):
      return parts.reduce([[]: 1]) {
        Self.product($0, $1.sentences(upTo: length), upTo: length)
      }
    case .alternatives(let choices):
      let total = Double(choices.reduce(0) { $0 + $1.0 })
      return choices.reduce(into: [:]) { best, choice in
        let scaled = choice.1.sentences(upTo: length).mapValues { $0 * Double(choice.0) / total }
        best.merge(scaled, uniquingKeysWith: max)
      }
    case .repeated(let part, let plus):
      let inside = part.sentences(upTo: length)
      var turns: [[String]: Double] = plus ? inside : [[]: 1]
      var best: [[String]: Double] = [:]
      for _ in 0...length + 1 {
        best.merge(turns.mapValues { $0 / 2 }, uniquingKeysWith: max)
        turns = Self.product(turns, inside, upTo: length).mapValues { $0 / 2 }
      }
      return best
    }
  }

  private static func product(
    _ left: [[String]: Double], _ right: [[String]: Double], upTo length: Int
  ) -> [[String]: Double] {
    var product: [[String]: Double] = [:]
    for (first, p) in left {
      for (second, q) in right where first.count + second.count <= length {
        product[first + second] = max(product[first + second] ?? 0, p * q)
      }
    }
    return product
  }
}

@Suite("Random JSGF grammars")
struct JSGFRandomTests {
  @Test("Graphs say what enumeration says", arguments: 0..<150)
  func enumeration(seed: Int) throws {
    var random = SeededGenerator(state: UInt64(seed) &* 77)
    let phrase = Phrase.random(depth: 4, using: &random)
    var rules: [String] = []
    let root = phrase.text(rules: &rules)
    let text = "#JSGF V1.0;\ngrammar g;\npublic <root> = \(root);\n" + rules.joined(separator: "\n")
    let graph = try JSGFGrammar(parsing: text, source: "random").wordGraph()
    let expected = phrase.sentences(upTo: 4)
    for sentence in allSentences(of: ["a", "b", "c"], upTo: 4) {
      #expect(
        isClose(graph.logProbability(of: sentence), expected[sentence].map { log($0) }),
        "\(text): \(sentence)")
    }
    for _ in 0..<20 {
      if let sentence = graph.sample(limit: 200, using: &random) {
        #expect(graph.accepts(sentence), "\(text): \(sentence)")
      }
    }
  }
}
