public import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Turns documents into vectors with one number a word: how often the word is there, times how few
/// documents have it (K. Spärck Jones, 1972), each vector scaled to length one.
///
/// ```swift
/// let vectorizer = try TermVectorizer(documents, options: TermOptions())
/// let vectors = try vectorizer.vectors(documents)       // documents × terms
/// ```
public struct TermVectorizer: Sendable, Equatable {
  /// The words that count, ascending by their Unicode scalars.
  public let terms: [String]
  /// ln((1 + n) / (1 + d)) + 1 for each term in d of n documents, as scikit-learn smooths it: as if
  /// one more document had every word.
  public let inverseDocumentFrequencies: [Double]
  /// Which words count, and how much.
  public let options: TermOptions
  private let columns: [String: Int]

  /// Learns which words tell documents apart.
  ///
  /// - Parameters:
  ///   - documents: Their texts.
  ///   - options: Which words count.
  ///   - execution: How the work is carried out.
  /// - Throws: ``TextError``; `CancellationError`.
  /// - Complexity: O(length of all texts), and sorting the words.
  public init(
    _ documents: [String], options: TermOptions = TermOptions(), execution: Execution = .serial
  ) throws {
    try options.validate()
    guard !documents.isEmpty else { throw TextError.noDocuments }
    let tokenizer = options.tokenizer
    let distinct = try execution.map(documents.count) { Set(tokenizer.words(in: documents[$0])) }
    var frequencies: [String: Int] = [:]
    for words in distinct {
      for word in words { frequencies[word, default: 0] += 1 }
    }
    let most = options.maximumShare * Double(documents.count)
    let kept = frequencies.filter {
      $0.value >= options.minimumDocuments && Double($0.value) <= most
    }
    guard !kept.isEmpty else {
      throw TextError.noTerms(documents: documents.count, distinct: frequencies.count)
    }
    terms = kept.keys.sorted()
    inverseDocumentFrequencies = terms.map { term in
      log(Double(1 + documents.count) / Double(1 + kept[term]!)) + 1
    }
    columns = Dictionary(uniqueKeysWithValues: zip(terms, terms.indices))
    self.options = options
  }

  /// The vectors of documents, those learnt from or others.
  ///
  /// - Parameters:
  ///   - documents: Their texts.
  ///   - execution: How the work is carried out.
  /// - Returns: documents × terms, rows of length one; rows of zeros for documents without any of
  ///   the terms.
  /// - Throws: `CancellationError`.
  /// - Complexity: O(length of all texts).
  public func vectors(
    _ documents: [String], execution: Execution = .serial
  ) throws -> SparseMatrix {
    SparseMatrix(
      columns: terms.count,
      rows: try execution.map(documents.count) { vector(of: documents[$0]) })
  }

  private func vector(of document: String) -> [(column: Int, value: Double)] {
    var counts: [Int: Int] = [:]
    for word in options.tokenizer.words(in: document) {
      if let column = columns[word] { counts[column, default: 0] += 1 }
    }
    let weighted = counts.sorted { $0.key < $1.key }.map { column, count in
      let frequency = options.isSublinear ? 1 + log(Double(count)) : Double(count)
      return (column: column, value: frequency * inverseDocumentFrequencies[column])
    }
    let length = weighted.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
    return weighted.map { ($0.column, $0.value / length) }
  }
}
