/// Which words of documents count, and how much.
public struct TermOptions: Sendable, Equatable {
  /// How words are found.
  public var tokenizer: Tokenizer
  /// The fewest documents that a word must be in. 2: a word of one document ties it to no other.
  public var minimumDocuments: Int
  /// The greatest share of the documents that a word may be in. 0.5: what most documents say tells
  /// few of them apart.
  public var maximumShare: Double
  /// Whether n occurrences of a word count as 1 + ln n. True, as a word said twenty times makes a
  /// document not twenty times as much about it.
  public var isSublinear: Bool

  /// Makes options; see the properties for the reasons of the defaults.
  public init(
    tokenizer: Tokenizer = Tokenizer(stopWords: StopWords.english), minimumDocuments: Int = 2,
    maximumShare: Double = 0.5, isSublinear: Bool = true
  ) {
    self.tokenizer = tokenizer
    self.minimumDocuments = minimumDocuments
    self.maximumShare = maximumShare
    self.isSublinear = isSublinear
  }

  func validate() throws {
    try TextError.require(
      minimumDocuments >= 1, "minimumDocuments", minimumDocuments, "at least 1")
    try TextError.require(
      maximumShare > 0 && maximumShare <= 1, "maximumShare", maximumShare,
      "above 0 and at most 1")
  }
}
