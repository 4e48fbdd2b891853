internal import Foundation

extension NGramModel {
  /// Reads a model from an ARPA file.
  ///
  /// - Throws: ``LanguageError/unreadable(path:reason:)`` or
  ///   ``LanguageError/badLine(source:line:problem:)``.
  public init(path: String) throws {
    try self.init(arpa: LanguageText.read(path), source: path)
  }

  /// Reads a model from the text of an ARPA file of any order up to 255.
  ///
  /// - Parameters:
  ///   - text: The file: `\data\`, counts, a section an order, `\end\`. What stands before is not
  ///     looked at.
  ///   - source: What messages call it.
  /// - Throws: ``LanguageError/badLine(source:line:problem:)``.
  /// - Complexity: O(*n*), where *n* is the length of the text.
  public init(arpa text: String, source: String) throws {
    var reader = ARPAReader(source: source)
    for (number, fields) in LanguageText.lines(of: text) where !reader.isOver {
      try reader.take(fields, line: number)
    }
    self = try reader.model()
  }

  /// The model as an ARPA file, decimal logarithms with 7 digits behind the point.
  ///
  /// - Complexity: O(*n* log *n*) for *n* n-grams.
  public var arpa: String {
    var text = "\\data\\\n"
    for (index, count) in counts.enumerated() { text += "ngram \(index + 1)=\(count)\n" }
    var nodes = [[Int]](repeating: [], count: order)
    for node in 1..<trie.count { nodes[Int(trie.orders[node]) - 1].append(node) }
    for (index, nodes) in nodes.enumerated() {
      text += "\n\\\(index + 1)-grams:\n"
      for node in nodes {
        let words = trie.words(of: node).map { vocabulary[$0] }.joined(separator: " ")
        text += "\(Self.decimal(trie.logProbabilities[node]))\t\(words)"
        if index + 1 < order, trie.isParent[node] || trie.backoffs[node] != 0 {
          text += "\t\(Self.decimal(trie.backoffs[node]))"
        }
        text += "\n"
      }
    }
    return text + "\n\\end\\\n"
  }

  /// Writes the model to an ARPA file.
  ///
  /// - Throws: ``LanguageError/unwritable(path:reason:)``.
  public func write(to path: String) throws { try LanguageText.write(arpa, to: path) }

  /// A natural logarithm as a decimal one, in text.
  private static func decimal(_ natural: Double) -> String {
    String(format: "%.7f", max(natural / log(10), -99))
  }
}
