/// What can be wrong with the words of a recogniser: dictionaries, grammars, language models.
///
/// `source` is the file as the caller named it, or what the text is. Lines and columns are counted
/// from 1, as editors do; a column is a character.
public enum LanguageError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file is missing, may not be read or is not UTF-8 text.
  case unreadable(path: String, reason: String)
  /// The file could not be written.
  case unwritable(path: String, reason: String)
  /// A line breaks the rules of its format.
  case badLine(source: String, line: Int, problem: String)
  /// A text in which something else was due at a place.
  case unexpected(source: String, line: Int, column: Int, found: String, expected: String)
  /// A text that breaks a rule at a place, though its form is right.
  case badPlace(source: String, line: Int, column: Int, problem: String)
  /// A rule is referred to that the grammar does not define.
  case undefinedRule(source: String, line: Int, column: Int, name: String, defined: [String])
  /// A rule leads back to itself in a way that no finite graph can hold.
  case recursion(source: String, line: Int, column: Int, rule: String, kind: Recursion)
  /// Nothing can be said by a grammar.
  case nothingToSay(source: String)
  /// A number asked for that cannot be used.
  case badValue(name: String, value: String, limit: String)
  /// Two lists of intervals that do not name the same things; `index` counts from 0.
  case labelsDiffer(index: Int, reference: String?, hypothesis: String?)

  /// How a rule leads back to itself.
  public enum Recursion: Sendable, Equatable {
    /// Before any word: `<a> = <a> x`.
    case left
    /// With more to say afterwards: `<a> = x <a> y`.
    case central
  }

  /// The place, what is wrong, and what to do.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "cannot read \(path): \(reason). Check the name, the permissions and that it is UTF-8 text."
    case .unwritable(let path, let reason):
      "cannot write \(path): \(reason). Free space, or choose another place."
    case .badLine(let source, let line, let problem):
      "\(source), line \(line): \(problem)."
    case .unexpected(let source, let line, let column, let found, let expected):
      "\(source), line \(line), column \(column): found \(found) where \(expected) was expected."
    case .badPlace(let source, let line, let column, let problem):
      "\(source), line \(line), column \(column): \(problem)."
    case .undefinedRule(let source, let line, let column, let name, let defined):
      "\(source), line \(line), column \(column): no rule <\(name)> is defined. There is "
        + "\(Self.list(defined.map { "<\($0)>" })). Define it, or correct the name."
    case .recursion(let source, let line, let column, let rule, let kind):
      "\(source), line \(line), column \(column): \(Self.recursion(rule, kind))"
    case .nothingToSay(let source):
      "\(source): no sentence can be said: every way through leads to <VOID> or never ends. "
        + "Give a public rule a way out."
    case .badValue(let name, let value, let limit):
      "\(name) is \(value); it must be \(limit)."
    case .labelsDiffer(let index, let reference, let hypothesis):
      "interval \(index + 1): the reference has \(Self.label(reference)), the hypothesis "
        + "\(Self.label(hypothesis)). Compare lists of the same labels in the same order."
    }
  }

  private static func recursion(_ rule: String, _ kind: Recursion) -> String {
    switch kind {
    case .left:
      "left recursion: <\(rule)> leads back to itself before any word. Put the words first, as in "
        + "<\(rule)> = word <\(rule)> | word, or repeat with * or +."
    case .central:
      "central recursion: <\(rule)> leads back to itself with more to say afterwards, which needs "
        + "unlimited memory. Refer to it last only, or repeat with * or +."
    }
  }

  private static func label(_ label: String?) -> String {
    label.map { "'\($0)'" } ?? "none"
  }

  /// A list short enough to read.
  private static func list(_ items: [String]) -> String {
    if items.isEmpty { return "none" }
    let shown = items.prefix(12).joined(separator: ", ")
    return items.count > 12 ? "\(shown) and \(items.count - 12) more" : shown
  }
}
