public import TencaFormats

/// How far the boundaries of an alignment in time lie from those of a reference, added up over
/// utterances.
///
/// A boundary is where an interval begins or ends; where one ends and the next begins at the same
/// time in both lists, that is one boundary.
public struct TimeAlignmentError: Sendable, Equatable {
  /// Hypothesis minus reference at each boundary, in seconds and in the order of time.
  public private(set) var differences: [Double] = []

  /// Makes a score of no boundaries.
  public init() {}

  /// Adds an utterance.
  ///
  /// - Parameters:
  ///   - reference: The true intervals in the order of time, in seconds.
  ///   - hypothesis: The intervals found, of the same labels in the same order.
  /// - Throws: ``LanguageError/labelsDiffer(index:reference:hypothesis:)``; then nothing is added.
  /// - Complexity: O(*n*) for *n* intervals.
  public mutating func add(
    reference: [TimedWord], hypothesis: [TimedWord]
  ) throws {
    for index in 0..<max(reference.count, hypothesis.count) {
      let said = index < reference.count ? reference[index].text : nil
      let found = index < hypothesis.count ? hypothesis[index].text : nil
      guard said == found else {
        throw LanguageError.labelsDiffer(index: index, reference: said, hypothesis: found)
      }
    }
    for index in reference.indices {
      let isShared =
        index > 0 && reference[index - 1].end == reference[index].start
        && hypothesis[index - 1].end == hypothesis[index].start
      if !isShared { differences.append(hypothesis[index].start - reference[index].start) }
      differences.append(hypothesis[index].end - reference[index].end)
    }
  }

  /// Adds the boundaries of another score behind these.
  public mutating func merge(_ other: TimeAlignmentError) { differences += other.differences }

  /// The number of boundaries.
  public var count: Int { differences.count }

  /// The mean of the differences, in seconds: above 0 when the hypothesis is late. Nil without any.
  public var bias: Double? {
    count == 0 ? nil : differences.reduce(0, +) / Double(count)
  }

  /// The mean of the absolute differences, in seconds; nil without any.
  public var meanAbsolute: Double? {
    count == 0 ? nil : differences.reduce(0) { $0 + abs($1) } / Double(count)
  }

  /// The median of the absolute differences, in seconds; nil without any.
  ///
  /// - Complexity: O(*n* log *n*) for *n* boundaries.
  public var medianAbsolute: Double? {
    guard count > 0 else { return nil }
    let sorted = differences.map(abs).sorted()
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
  }

  /// The share of boundaries that lie no farther off than some seconds, usually 0.02 and 0.05; nil
  /// without any.
  ///
  /// A nanosecond more is allowed, as times such as 0.3 s have no exact binary form.
  public func share(within tolerance: Double) -> Double? {
    count == 0 ? nil : Double(differences.count { abs($0) <= tolerance + 1e-9 }) / Double(count)
  }
}
