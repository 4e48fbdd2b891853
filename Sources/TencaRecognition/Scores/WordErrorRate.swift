/// How many words a recogniser got wrong, added up over utterances.
///
/// ```swift
/// var score = WordErrorRate()
/// for (said, heard) in utterances { score.add(reference: said, hypothesis: heard) }
/// print(score.rate ?? 0, score.confusions(limit: 10))
/// ```
public struct WordErrorRate: Sendable, Equatable {
  /// Words of the reference and errors of each utterance, in the order they were added.
  private(set) var utterances: [(words: Int, errors: Int)] = []
  /// How many words were recognised.
  public private(set) var hits = 0
  /// How many words were taken for others.
  public private(set) var substitutions = 0
  /// How many words were recognised that nobody said.
  public private(set) var insertions = 0
  /// How many words were missed.
  public private(set) var deletions = 0
  private var mistakes: [EditAlignment.Step: Int] = [:]

  /// Makes a score of no utterances.
  public init() {}

  /// Adds an utterance.
  ///
  /// - Complexity: O(*n* · *m*), where *n* and *m* are the numbers of words.
  public mutating func add(reference: [String], hypothesis: [String]) {
    add(EditAlignment(reference: reference, hypothesis: hypothesis))
  }

  /// Adds an utterance that is aligned already.
  public mutating func add(_ alignment: EditAlignment) {
    utterances.append((alignment.referenceCount, alignment.errors))
    hits += alignment.hits
    substitutions += alignment.substitutions
    insertions += alignment.insertions
    deletions += alignment.deletions
    for step in alignment.steps where step.kind != .hit { mistakes[step, default: 0] += 1 }
  }

  /// Adds the utterances of another score behind these.
  public mutating func merge(_ other: WordErrorRate) {
    utterances += other.utterances
    hits += other.hits
    substitutions += other.substitutions
    insertions += other.insertions
    deletions += other.deletions
    mistakes.merge(other.mistakes, uniquingKeysWith: +)
  }

  /// Whether two scores are of the same utterances in the same order.
  public static func == (left: WordErrorRate, right: WordErrorRate) -> Bool {
    left.utterances.elementsEqual(right.utterances, by: ==) && left.hits == right.hits
      && left.mistakes == right.mistakes
  }

  /// The number of utterances.
  public var utteranceCount: Int { utterances.count }
  /// The number of words of all references.
  public var referenceCount: Int { hits + substitutions + deletions }
  /// The number of substitutions, insertions and deletions.
  public var errors: Int { substitutions + insertions + deletions }
  /// Errors per word of the references, which may exceed 1; nil when these have no word.
  public var rate: Double? { referenceCount == 0 ? nil : Double(errors) / Double(referenceCount) }
  /// The share of utterances with an error; nil when there is no utterance.
  public var sentenceErrorRate: Double? {
    utterances.isEmpty
      ? nil : Double(utterances.count { $0.errors > 0 }) / Double(utterances.count)
  }

  /// A mistake and how often it was made.
  public struct Confusion: Sendable, Equatable {
    /// What was said; nil for an insertion.
    public var reference: String?
    /// What was recognised; nil for a deletion.
    public var hypothesis: String?
    /// How often.
    public var count: Int
  }

  /// The mistakes that were made most often; equally many in the order of their words.
  ///
  /// - Complexity: O(*k* log *k*) for *k* different mistakes.
  public func confusions(limit: Int = .max) -> [Confusion] {
    let all = mistakes.map {
      Confusion(reference: $0.reference, hypothesis: $0.hypothesis, count: $1)
    }
    let sorted = all.sorted {
      (-$0.count, $0.reference ?? "", $0.hypothesis ?? "")
        < (-$1.count, $1.reference ?? "", $1.hypothesis ?? "")
    }
    return Array(sorted.prefix(limit))
  }
}
