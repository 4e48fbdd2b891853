/// A grammar of what may be said, in the Java Speech Grammar Format, version 1.0.
///
/// ```swift
/// let grammar = try JSGFGrammar(parsing: """
///   #JSGF V1.0;
///   grammar lights;
///   public <order> = [please] turn (on | off) the <thing>+;
///   <thing> = /3/ lamp | /1/ radio;
///   """, source: "lights.gram")
/// let graph = try grammar.wordGraph()
/// ```
///
/// Read are public and other rules, sequences, alternatives with weights, groups, optional parts,
/// `*` and `+`, quoted words, `<NULL>`, `<VOID>`, tags (which are dropped) and comments. Imports
/// are not. Source: JSpeech Grammar Format, W3C Note of 5 June 2000.
public struct JSGFGrammar: Sendable {
  /// The grammar's own name.
  public let name: String
  /// What messages call the grammar.
  public let source: String
  let rules: [JSGFRule]

  /// Reads a grammar file.
  ///
  /// - Throws: ``LanguageError/unreadable(path:reason:)`` and what
  ///   ``init(parsing:source:)`` throws.
  public init(path: String) throws {
    try self.init(parsing: LanguageText.read(path), source: path)
  }

  /// Reads the text of a grammar.
  ///
  /// - Parameters:
  ///   - text: The grammar.
  ///   - source: What messages call it.
  /// - Throws: ``LanguageError`` with line and column:
  ///   ``LanguageError/unexpected(source:line:column:found:expected:)`` where something else was
  ///   due, ``LanguageError/badPlace(source:line:column:problem:)``, and
  ///   ``LanguageError/undefinedRule(source:line:column:name:defined:)``.
  /// - Complexity: O(*n* + *r*²), where *n* is the length of the text and *r* the number of rules.
  public init(parsing text: String, source: String) throws {
    let parser = try JSGFParser(text, source: source)
    name = parser.name
    rules = parser.rules
    self.source = source
    let defined = Set(rules.map(\.name))
    for rule in rules {
      for case .reference(let name, let place) in rule.expansion.leaves
      where !defined.contains(name) {
        throw LanguageError.undefinedRule(
          source: source, line: place.line, column: place.column, name: name,
          defined: rules.map(\.name))
      }
    }
  }

  /// The names of the rules that may be said on their own, in the order of the text.
  public var publicRules: [String] { rules.filter(\.isPublic).map(\.name) }

  /// The sentences of a rule as a graph.
  ///
  /// Alternatives share their probability by their weights, evenly where there are none; those of
  /// weight 0 and those that `<VOID>` bars have none. `[x]` is said half the time, and after each
  /// turn of `x*` or `x+` half the time there is another. A rule that leads back to itself in last
  /// place becomes a loop.
  ///
  /// - Parameters:
  ///   - rule: The rule's name without brackets; nil is any public rule, all equally probable.
  ///   - limit: The most states to build: rules that use others many times over grow fast.
  /// - Throws: ``LanguageError/recursion(source:line:column:rule:kind:)`` for left and central
  ///   recursion, ``LanguageError/nothingToSay(source:)`` when no sentence exists, and
  ///   ``LanguageError/badValue(name:value:limit:)`` for an unknown rule, no public rule, or a
  ///   graph that outgrows the limit.
  /// - Complexity: O(*s*), where *s* is the grammar's size with every rule written out.
  public func wordGraph(rule: String? = nil, limit: Int = 1_000_000) throws -> WordGraph {
    let roots = rule.map { [$0] } ?? publicRules
    for root in roots where !rules.contains(where: { $0.name == root }) {
      throw LanguageError.badValue(
        name: "the rule to say", value: "<\(root)>",
        limit: "one of \(rules.map { "<\($0.name)>" }.joined(separator: ", "))")
    }
    guard !roots.isEmpty else {
      throw LanguageError.badValue(
        name: "the number of public rules of \(source)", value: "0", limit: "1 or more")
    }
    var compiler = JSGFCompiler(self, limit: limit)
    return try compiler.graph(of: roots)
  }
}

extension JSGFExpansion {
  /// The parts that have no parts.
  var leaves: [JSGFExpansion] {
    switch self {
    case .word, .null, .void, .reference: [self]
    case .sequence(let parts): parts.flatMap(\.leaves)
    case .alternatives(let choices): choices.flatMap(\.expansion.leaves)
    case .optional(let part), .repeated(let part, _): part.leaves
    }
  }
}
