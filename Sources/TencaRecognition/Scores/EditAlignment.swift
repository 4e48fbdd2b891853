/// How a hypothesis has to be changed least to become the reference, token by token.
///
/// The cost of a substitution, an insertion and a deletion is 1 each (Levenshtein 1966). Of several
/// alignments of the least cost, the one is taken that, read from the end, prefers a hit or
/// substitution to a deletion and a deletion to an insertion.
///
/// ```swift
/// let alignment = EditAlignment(reference: ["GO", "HOME"], hypothesis: ["GO"])
/// alignment.deletions  // 1
/// ```
public struct EditAlignment: Sendable, Equatable {
  /// A token of the reference, one of the hypothesis, or one of each against the other.
  public struct Step: Sendable, Hashable {
    /// What happened.
    public enum Kind: Sendable, Hashable {
      /// The token was recognised.
      case hit
      /// Another was recognised in its place.
      case substitution
      /// A token was recognised that is not in the reference.
      case insertion
      /// A token of the reference was missed.
      case deletion
    }

    /// The token of the reference; nil for an insertion.
    public var reference: String?
    /// The token of the hypothesis; nil for a deletion.
    public var hypothesis: String?

    /// What happened.
    public var kind: Kind {
      if reference == nil { return .insertion }
      if hypothesis == nil { return .deletion }
      return reference == hypothesis ? .hit : .substitution
    }
  }

  /// The tokens in order.
  public let steps: [Step]

  /// Aligns two lists of tokens.
  ///
  /// - Parameters:
  ///   - reference: What was said.
  ///   - hypothesis: What was recognised.
  /// - Complexity: O(*n* · *m*) in time and memory, where *n* and *m* are the lengths.
  public init(reference: [String], hypothesis: [String]) {
    let width = hypothesis.count + 1
    var costs = [Int](repeating: 0, count: (reference.count + 1) * width)
    for column in 0..<width { costs[column] = column }
    for row in 0..<reference.count {
      let (above, here) = (row * width, (row + 1) * width)
      costs[here] = row + 1
      for column in 0..<hypothesis.count {
        let change = reference[row] == hypothesis[column] ? 0 : 1
        costs[here + column + 1] = min(
          costs[above + column] + change, costs[above + column + 1] + 1, costs[here + column] + 1)
      }
    }
    var steps: [Step] = []
    var (row, column) = (reference.count, hypothesis.count)
    while row > 0 || column > 0 {
      let cost = costs[row * width + column]
      if row > 0, column > 0,
        cost == costs[(row - 1) * width + column - 1]
          + (reference[row - 1] == hypothesis[column - 1] ? 0 : 1)
      {
        row -= 1
        column -= 1
        steps.append(Step(reference: reference[row], hypothesis: hypothesis[column]))
      } else if row > 0, cost == costs[(row - 1) * width + column] + 1 {
        row -= 1
        steps.append(Step(reference: reference[row], hypothesis: nil))
      } else {
        column -= 1
        steps.append(Step(reference: nil, hypothesis: hypothesis[column]))
      }
    }
    self.steps = steps.reversed()
  }

  /// How many tokens were recognised.
  public var hits: Int { count(.hit) }
  /// How many tokens were taken for others.
  public var substitutions: Int { count(.substitution) }
  /// How many tokens were recognised that are not in the reference.
  public var insertions: Int { count(.insertion) }
  /// How many tokens of the reference were missed.
  public var deletions: Int { count(.deletion) }
  /// How many changes there are: substitutions, insertions and deletions.
  public var errors: Int { steps.count - hits }
  /// The number of tokens of the reference.
  public var referenceCount: Int { steps.count - insertions }

  private func count(_ kind: Step.Kind) -> Int { steps.count { $0.kind == kind } }
}
