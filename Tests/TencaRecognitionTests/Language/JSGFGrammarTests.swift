import Foundation
import Testing

@testable import TencaRecognition

@Suite("JSGF grammars")
struct JSGFGrammarTests {
  private func graph(_ rules: String, rule: String? = nil, limit: Int = 1000) throws -> WordGraph {
    try JSGFGrammar(parsing: "#JSGF V1.0;\ngrammar g;\n" + rules, source: "g.gram")
      .wordGraph(rule: rule, limit: limit)
  }

  /// The probabilities of all sentences of the graph's words up to a length.
  private func sentences(_ graph: WordGraph, upTo length: Int) -> [String: Double] {
    var found: [String: Double] = [:]
    for sentence in allSentences(of: graph.words, upTo: length) {
      if let score = graph.logProbability(of: sentence) {
        found[sentence.joined(separator: " ")] = exp(score)
      }
    }
    return found
  }

  private func expect(
    _ rules: String, upTo length: Int = 3, says expected: [String: Double],
    at place: SourceLocation = #_sourceLocation
  ) throws {
    let found = sentences(try graph(rules), upTo: length)
    #expect(Set(found.keys) == Set(expected.keys), "\(rules)", sourceLocation: place)
    for (sentence, probability) in expected {
      #expect(
        isClose(found[sentence], probability), "\(rules): '\(sentence)'", sourceLocation: place)
    }
  }

  @Test("Sequences, alternatives, groups and optional parts")
  func basics() throws {
    try expect("public <a> = x y z;", says: ["x y z": 1])
    try expect("public <a> = x | y z;", says: ["x": 0.5, "y z": 0.5])
    try expect("public <a> = /3/ x | /1.0f/ y;", says: ["x": 0.75, "y": 0.25])
    try expect("public <a> = /1/ x | /0/ y;", says: ["x": 1])
    try expect("public <a> = [x] (y | z);", says: ["x y": 0.25, "x z": 0.25, "y": 0.25, "z": 0.25])
    try expect("public <a> = x [<NULL>];", says: ["x": 0.5])
    try expect("public <a> = <b> w; <b> = x | y;", says: ["x w": 0.5, "y w": 0.5])
    try expect("public <a> = x; public <b> = y;", says: ["x": 0.5, "y": 0.5])
    try expect("public <a> = <g.b>; <b> = x;", says: ["x": 1])
  }

  @Test("Repetition")
  func repetition() throws {
    try expect("public <a> = x*;", says: ["": 0.5, "x": 0.25, "x x": 0.125, "x x x": 0.0625])
    try expect("public <a> = x+;", says: ["x": 0.5, "x x": 0.25, "x x x": 0.125])
    try expect("public <a> = [x]* y;", upTo: 2, says: ["y": 0.5, "x y": 0.125])
  }

  @Test("What cannot be said takes no probability")
  func void() throws {
    try expect("public <a> = x | y <VOID> | z;", says: ["x": 0.5, "z": 0.5])
    try expect("public <a> = x [<b>]; <b> = <VOID>;", says: ["x": 1])
    try expect("public <a> = x <VOID>* | <b>; <b> = y <b>;", says: ["x": 1])
    #expect(throws: LanguageError.nothingToSay(source: "g.gram")) {
      try graph("public <a> = <VOID>;")
    }
    #expect(throws: LanguageError.nothingToSay(source: "g.gram")) {
      try graph("public <a> = x <a>;")
    }
  }

  @Test("Comments, tags, quotes, headers")
  func lexical() throws {
    let text = """
      /* first */ #JSGF V1.0 UTF-8 en;
      // second
      grammar com.acme.g;
      /** third
       */
      public <a> = "New \\"York\\"" {tag ; \\} {x} [ /* x */ und ] <b> {y};
      <b> = größer; // last
      """
    let graph = try JSGFGrammar(parsing: text, source: "x").wordGraph()
    #expect(graph.words == ["New \"York\"", "größer", "und"])
    #expect(isClose(graph.logProbability(of: ["New \"York\"", "größer"]), log(0.5)))
  }

  @Test("Right recursion becomes a loop")
  func rightRecursion() throws {
    try expect("public <a> = x <a> | y;", says: ["y": 0.5, "x y": 0.25, "x x y": 0.125])
    try expect(
      "public <a> = x <b>; <b> = y [<a>];", upTo: 6,
      says: ["x y": 0.5, "x y x y": 0.25, "x y x y x y": 0.125])
    try expect(
      "public <a> = <b> z; <b> = x <b> | x;", says: ["x z": 0.5, "x x z": 0.25])
  }

  @Test("Other recursion is refused by kind and place")
  func otherRecursion() {
    for (rules, column, rule, kind) in [
      ("public <a> = <a> x | y;", 14, "a", LanguageError.Recursion.left),
      ("public <a> = x <a> y | z;", 16, "a", .central),
      ("public <a> = (x <a> | y)*;", 17, "a", .central),
      ("public <a> = <a> | y;", 14, "a", .left),
      ("public <a> = <b>; <b> = <NULL> {t} <a> x | y;", 36, "a", .left),
      ("public <a> = <a>;", 14, "a", .left),
      ("public <a> = x <b>; <b> = x <a> y | z;", 29, "a", .central),
    ] {
      #expect(
        throws: LanguageError.recursion(
          source: "g.gram", line: 3, column: column, rule: rule, kind: kind), "\(rules)"
      ) { try graph(rules) }
    }
  }

  @Test(
    "Errors say where, what was found and what is due",
    arguments: [
      (
        "grammar g;",
        "g, line 1, column 1: found 'grammar' where the header '#JSGF V1.0;' was expected."
      ),
      (
        "#JSGF V2.0;\ngrammar g;",
        "g, line 1, column 1: found '#JSGF V2.0' where the header '#JSGF V1.0;' was expected."
      ),
      (
        "#JSGF V1.0;\ngrammar;",
        "g, line 2, column 8: found ';' where the grammar's name was expected."
      ),
      (
        "#JSGF V1.0; grammar g;\npublic <a> = (x | y;",
        "g, line 2, column 20: found ';' where ')' for the '(' in line 2, column 14 was expected."
      ),
      (
        "#JSGF V1.0; grammar g;\n<a> = x",
        "g, line 2, column 8: found the end of the grammar where a word, '|', or ';' to end rule <a> was expected."
      ),
      (
        "#JSGF V1.0; grammar g;\n<a> = x | ;",
        "g, line 2, column 11: found ';' where a word, a rule name in <>, '(' or '['; "
          + "write <NULL> to say nothing was expected."
      ),
      (
        "#JSGF V1.0; grammar g;\n<a> = x <bb>;\n<c> = y;",
        "g, line 2, column 9: no rule <bb> is defined. There is <a>, <c>. Define it, or correct the name."
      ),
      (
        "#JSGF V1.0; grammar g;\n<a> = /1/ x | y;",
        "g, line 2, column 15: either all alternatives have weights or none; give one here, or none."
      ),
      (
        "#JSGF V1.0; grammar g;\n<a> = /-1/ x;",
        "g, line 2, column 7: weight /-1/ is no number from 0 up, such as /2.5/."
      ),
      (
        "#JSGF V1.0; grammar g;\n<a> = \"x;\n",
        "g, line 2, column 7: a quoted word is not ended by '\"'."
      ),
      (
        "#JSGF V1.0; /* x", "g, line 1, column 13: a comment that '/*' begins is not ended by '*/'."
      ),
      (
        "#JSGF V1.0; grammar g;\n<a> = x;\n<a> = y;",
        "g, line 3, column 1: rule <a> is defined in line 2 already; rename one."
      ),
      (
        "#JSGF V1.0; grammar g;\nimport <b.*>;",
        "g, line 2, column 1: imports are not read; copy the rules that are needed into this grammar."
      ),
      (
        "#JSGF V1.0; grammar g;\n<a> = x+*;",
        "g, line 2, column 9: a second repetition; group the first with '()'."
      ),
    ])
  func errors(text: String, message: String) throws {
    let error = #expect(throws: LanguageError.self) { try JSGFGrammar(parsing: text, source: "g") }
    #expect(error?.description == message)
  }

  @Test("Rules are chosen by name; graphs that outgrow the limit are refused")
  func choices() throws {
    #expect(try graph("<a> = x; public <b> = y;", rule: "a").words == ["x"])
    #expect(throws: LanguageError.self) { try graph("<a> = x;") }
    #expect(throws: LanguageError.self) { try graph("<a> = x;", rule: "c") }
    var rules = "public <r0> = x;"
    for level in 1...40 { rules += "public <r\(level)> = <r\(level - 1)> <r\(level - 1)>;" }
    #expect(throws: LanguageError.self) { try graph(rules, rule: "r40") }
    let deep = String(repeating: "(", count: 5000) + "x" + String(repeating: ")", count: 5000)
    #expect(throws: LanguageError.self) { try graph("public <a> = \(deep);") }
  }
}
