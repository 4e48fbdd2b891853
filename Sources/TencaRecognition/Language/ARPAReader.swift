internal import Foundation

/// Takes an ARPA file line by line.
struct ARPAReader {
  /// Where in the file the next line is.
  private enum Section: Equatable {
    case preamble
    case counts
    case grams(Int)
    case over
  }

  let source: String
  private var section = Section.preamble
  private var declared: [Int] = []
  private var found = 0
  private var lastLine = 1
  private var vocabulary: [String] = []
  private var numbers: [Substring: Int] = [:]
  private var trie = NGramTrie()

  init(source: String) { self.source = source }

  /// Whether the end of the model was read.
  var isOver: Bool { section == .over }

  /// Takes the fields of a line.
  mutating func take(_ fields: [Substring], line: Int) throws {
    lastLine = line
    if section == .preamble {
      if fields == ["\\data\\"] { section = .counts }
    } else if fields.count == 1, fields[0].hasPrefix("\\"),
      fields[0].hasSuffix("\\") || fields[0].hasSuffix(":")
    {
      try open(String(fields[0]), line: line)
    } else if case .grams(let order) = section {
      try takeGram(fields, order: order, line: line)
    } else {
      try takeCount(fields, line: line)
    }
  }

  /// What was read.
  func model() throws -> NGramModel {
    guard isOver else {
      let missing = section == .preamble ? "\\data\\" : "\\end\\"
      throw error(lastLine, "the file ends without '\(missing)'; copy or download it again")
    }
    return NGramModel(order: declared.count, vocabulary: vocabulary, trie: trie)
  }

  private mutating func takeCount(_ fields: [Substring], line: Int) throws {
    // Some write 'ngram 1=5', some 'ngram 1 = 5'.
    let parts = fields.joined().dropFirst(5).split(separator: "=", omittingEmptySubsequences: false)
    guard fields[0] == "ngram", parts.count == 2, let order = Int(parts[0]),
      let count = Int(parts[1]), count >= 0
    else { throw error(line, "'ngram \(declared.count + 1)=count' or '\\1-grams:' is due here") }
    guard order == declared.count + 1, order <= 255 else {
      throw error(line, "the count of order \(declared.count + 1) is due, not of order \(order)")
    }
    declared.append(count)
  }

  private mutating func open(_ heading: String, line: Int) throws {
    var order = 0
    if case .grams(let current) = section {
      order = current
      guard found == declared[order - 1] else {
        throw error(
          line,
          "\(found) n-grams of order \(order) stand above, \(declared[order - 1]) are declared"
            + "; correct the count or restore the missing lines")
      }
    }
    guard !declared.isEmpty else { throw error(line, "no 'ngram 1=count' stands above") }
    let due = order == declared.count ? "\\end\\" : "\\\(order + 1)-grams:"
    guard heading == due else { throw error(line, "'\(due)' is due here, not '\(heading)'") }
    section = order == declared.count ? .over : .grams(order + 1)
    found = 0
  }

  private mutating func takeGram(_ fields: [Substring], order: Int, line: Int) throws {
    guard fields.count == order + 1 || fields.count == order + 2 else {
      throw error(
        line,
        "\(fields.count) fields; a decimal logarithm, \(order) \(order == 1 ? "word" : "words")"
          + " and perhaps a back-off weight are due")
    }
    let logProbability = try logarithm(fields[0], "log-probability", line)
    guard logProbability <= 0 else {
      throw error(line, "log-probability \(fields[0]) is above 0; no probability exceeds 1")
    }
    let backoff =
      fields.count == order + 2 ? try logarithm(fields[order + 1], "back-off weight", line) : 0
    guard order < declared.count || backoff == 0 else {
      throw error(line, "a back-off weight at the highest order, where none is used; drop it")
    }
    let words = fields[1...order]
    if order == 1, numbers[fields[1]] == nil {
      numbers[fields[1]] = vocabulary.count
      vocabulary.append(String(fields[1]))
    }
    let ids = try words.map { word in
      guard let number = numbers[word] else {
        throw error(line, "'\(word)' is not among the words of order 1; add it there")
      }
      return number
    }
    guard let parent = trie.node(ids.dropLast()) else {
      throw error(
        line,
        "'\(words.dropLast().joined(separator: " "))', its beginning, is missing at order "
          + "\(order - 1); add it with its back-off weight")
    }
    let before = trie.count
    let node = trie.insert(ids[order - 1], after: parent)
    guard trie.count > before else {
      throw error(line, "'\(words.joined(separator: " "))' stands here a second time; drop one")
    }
    trie.logProbabilities[node] = logProbability
    trie.backoffs[node] = backoff
    found += 1
  }

  /// Reads a decimal logarithm, and makes it natural.
  private func logarithm(_ field: Substring, _ what: String, _ line: Int) throws -> Double {
    guard let number = Double(field), number.isFinite else {
      throw error(line, "\(what) '\(field)' is no finite number")
    }
    return number * log(10)
  }

  private func error(_ line: Int, _ problem: String) -> LanguageError {
    .badLine(source: source, line: line, problem: problem)
  }
}
