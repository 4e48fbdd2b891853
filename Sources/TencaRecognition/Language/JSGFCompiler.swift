internal import Foundation

/// Builds the graph of a grammar: every use of a rule is a copy of it (Thompson's construction).
struct JSGFCompiler {
  /// A rule being written out.
  private struct Frame {
    var rule: String
    var entry: Int
    /// Whether the use of the next rule stands last, and first, in this one.
    var isLast = true
    var isFirst = true
  }

  /// Rules within rules; deeper ones would overflow the stack.
  private static let deepest = 200

  private let source: String
  private let rules: [String: JSGFExpansion]
  /// Rules by which something can be said.
  private let sayable: Set<String>
  private let limit: Int
  private var arcs: [WordGraph.Arc] = []
  private var stateCount = 2
  private var frames: [Frame] = []

  init(_ grammar: JSGFGrammar, limit: Int) {
    source = grammar.source
    self.limit = limit
    rules = Dictionary(uniqueKeysWithValues: grammar.rules.map { ($0.name, $0.expansion) })
    var sayable: Set<String> = []
    var before = -1
    while before != sayable.count {
      before = sayable.count
      for (name, expansion) in rules where expansion.isSayable(by: sayable) { sayable.insert(name) }
    }
    self.sayable = sayable
  }

  /// The graph of one of some rules.
  mutating func graph(of roots: [String]) throws -> WordGraph {
    // A rule that leads nowhere but to itself is better called by that name.
    for root in roots where !sayable.contains(root) { try checkRecursion(root, path: []) }
    let origin = JSGFPlace()
    let choices = roots.map {
      JSGFAlternative(weight: 1, expansion: .reference($0, origin))
    }
    try build(.alternatives(choices), from: 0, to: 1, isFirst: true, isLast: true)
    let graph = WordGraph(stateCount: stateCount, start: 0, finals: [1: 0], arcs: arcs).contracted()
    guard !graph.finals.isEmpty else { throw LanguageError.nothingToSay(source: source) }
    return graph
  }

  private func isSayable(_ expansion: JSGFExpansion) -> Bool { expansion.isSayable(by: sayable) }

  private mutating func build(
    _ expansion: JSGFExpansion, from: Int, to: Int, isFirst: Bool, isLast: Bool
  ) throws {
    guard isSayable(expansion) else { return }
    switch expansion {
    case .void: break
    case .null: connect(from, to)
    case .word(let word): connect(from, to, word)
    case .reference(let name, let place):
      try use(name, place, from: from, to: to, isFirst: isFirst, isLast: isLast)
    case .sequence(let parts):
      var (here, first) = (from, isFirst)
      for (index, part) in parts.enumerated() {
        let last = index == parts.count - 1
        let next = last ? to : try state()
        try build(part, from: here, to: next, isFirst: first, isLast: isLast && last)
        first = first && part == .null
        here = next
      }
    case .alternatives(let choices):
      let open = choices.filter { $0.weight > 0 && isSayable($0.expansion) }
      let largest = open.map(\.weight).max() ?? 1
      let total = open.reduce(0) { $0 + $1.weight / largest }
      for choice in open {
        let entry = try state()
        connect(from, entry, weight: log(choice.weight / largest / total))
        try build(choice.expansion, from: entry, to: to, isFirst: isFirst, isLast: isLast)
      }
    case .optional(let part):
      guard isSayable(part) else { return connect(from, to) }
      let entry = try state()
      connect(from, to, weight: log(0.5))
      connect(from, entry, weight: log(0.5))
      try build(part, from: entry, to: to, isFirst: isFirst, isLast: isLast)
    case .repeated(let part, let atLeastOnce):
      guard isSayable(part) else { return connect(from, to) }
      let (entry, exit) = (try state(), try state())
      connect(from, atLeastOnce ? entry : exit)
      connect(exit, entry, weight: log(0.5))
      connect(exit, to, weight: log(0.5))
      try build(part, from: entry, to: exit, isFirst: isFirst, isLast: false)
    }
  }

  /// Writes out a rule, or goes back to where it began if it is being written out.
  private mutating func use(
    _ name: String, _ place: JSGFPlace, from: Int, to: Int, isFirst: Bool, isLast: Bool
  ) throws {
    if !frames.isEmpty {
      frames[frames.count - 1].isFirst = isFirst
      frames[frames.count - 1].isLast = isLast
    }
    if let index = frames.lastIndex(where: { $0.rule == name }) {
      let chain = frames[index...]
      let isLeft = chain.allSatisfy(\.isFirst)
      guard !isLeft, chain.allSatisfy(\.isLast) else {
        throw LanguageError.recursion(
          source: source, line: place.line, column: place.column, rule: name,
          kind: isLeft ? .left : .central)
      }
      return connect(from, frames[index].entry)
    }
    guard frames.count < Self.deepest else {
      throw LanguageError.badPlace(
        source: source, line: place.line, column: place.column,
        problem: "rules use one another more than \(Self.deepest) deep; write some of them out")
    }
    let entry = try state()
    connect(from, entry)
    frames.append(Frame(rule: name, entry: entry))
    try build(rules[name]!, from: entry, to: to, isFirst: true, isLast: true)
    frames.removeLast()
  }

  /// Follows the rules that a rule which cannot be said begins with.
  ///
  /// - Throws: ``LanguageError/recursion(source:line:column:rule:kind:)`` when they come back.
  private func checkRecursion(_ rule: String, path: [String]) throws {
    for (name, place) in rules[rule]!.beginnings where !sayable.contains(name) {
      if name == rule || path.contains(name) {
        throw LanguageError.recursion(
          source: source, line: place.line, column: place.column, rule: name, kind: .left)
      }
      try checkRecursion(name, path: path + [rule])
    }
  }

  private mutating func connect(_ from: Int, _ to: Int, _ word: String? = nil, weight: Double = 0) {
    arcs.append(WordGraph.Arc(from: from, to: to, word: word, logProbability: weight))
  }

  private mutating func state() throws -> Int {
    guard stateCount < limit else {
      throw LanguageError.badValue(
        name: "the number of states of \(source) with every rule written out",
        value: "more than \(limit)", limit: "\(limit) or fewer; use rules fewer times")
    }
    defer { stateCount += 1 }
    return stateCount
  }
}

extension JSGFExpansion {
  /// Whether something can be said, given the rules by which it can.
  func isSayable(by rules: Set<String>) -> Bool {
    switch self {
    case .word, .null, .optional: true
    case .void: false
    case .reference(let name, _): rules.contains(name)
    case .sequence(let parts): parts.allSatisfy { $0.isSayable(by: rules) }
    case .alternatives(let choices):
      choices.contains { $0.weight > 0 && $0.expansion.isSayable(by: rules) }
    case .repeated(let part, let atLeastOnce): !atLeastOnce || part.isSayable(by: rules)
    }
  }

  /// The rules that it may begin with, and where they are named.
  var beginnings: [(name: String, place: JSGFPlace)] {
    switch self {
    case .word, .null, .void: []
    case .reference(let name, let place): [(name, place)]
    case .sequence(let parts): parts.first { $0 != .null }?.beginnings ?? []
    case .alternatives(let choices): choices.flatMap(\.expansion.beginnings)
    case .optional(let part), .repeated(let part, _): part.beginnings
    }
  }
}
