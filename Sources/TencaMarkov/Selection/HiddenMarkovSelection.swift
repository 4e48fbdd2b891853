public import TencaNumerics

/// What makes one number of states better than another.
public enum StateCountCriterion: Sendable, Equatable {
  /// ``HiddenMarkovCriteria/bic``.
  case bic
  /// ``HiddenMarkovCriteria/aic``, which tends to keep more states.
  case aic
  /// ``HiddenMarkovCriteria/icl``, which wants states that can be told apart.
  case icl
  /// The log-likelihood of rows that a fit did not see, given those it saw: every row is left out once, in
  /// so many fits. Of several sequences each is left out as a whole; of one, stretches are.
  case heldOut(parts: Int)
}

/// What ``HiddenMarkovModel/select(states:criterion:lengths:options:execution:from:emission:)`` found:
/// the whole curve, and the best fit.
public struct HiddenMarkovSelection<E: Emission>: Sendable {
  /// One point of the curve.
  public struct Candidate: Sendable, Equatable {
    /// The number of states.
    public let states: Int
    /// How the fit explains all rows.
    public let criteria: HiddenMarkovCriteria
    /// What the choice was made by, the less the better; of held-out rows the negative mean
    /// log-likelihood of one.
    public let score: Double
    /// What the fit had to say.
    public let warnings: [HiddenMarkovWarning]
  }

  /// What was tried, numbers of states ascending.
  public let candidates: [Candidate]
  /// Which of ``candidates`` has the least score; of equals the first.
  public let best: Int
  /// The fit of the best candidate to all rows.
  public let fit: HiddenMarkovFit<E>
}

extension HiddenMarkovModel {
  /// Fits models of several numbers of states, and chooses.
  ///
  /// - Parameters:
  ///   - states: The numbers to try, each at least 1.
  ///   - criterion: What to choose by.
  ///   - lengths: The rows of each sequence; nil is one sequence.
  ///   - options: How to fit; with neither a chain, nor known states, nor an emission to start from, as
  ///     these are of one number of states.
  ///   - execution: The same bytes come out on any number of threads.
  ///   - data: rows × columns, sequences one after another; NaN is a missing cell.
  ///   - emission: What so many states emit: its kind.
  /// - Throws: ``MarkovError``; what the source throws; `CancellationError`.
  /// - Complexity: One fit a candidate, and one a part where rows are held out.
  public static func select(
    states: some Sequence<Int>, criterion: StateCountCriterion = .bic, lengths: [Int]? = nil,
    options: HiddenMarkovOptions = HiddenMarkovOptions(), execution: Execution = .serial,
    from data: some RowSource, emission: (Int) throws -> E
  ) throws -> HiddenMarkovSelection<E> {
    let counts = Set(states).sorted()
    try MarkovError.require(!counts.isEmpty, "states", "nothing", "one number or more")
    try MarkovError.require(
      options.chain == nil && options.knownStates == nil && !options.startsFromEmission, "options",
      "a model of one number of states", "none where the number is chosen")
    let folds = try HeldOutFolds(criterion, rows: data.rowCount, lengths: lengths)
    var candidates: [HiddenMarkovSelection<E>.Candidate] = []
    var fits: [HiddenMarkovFit<E>] = []
    for count in counts {
      execution.progress(
        .init(task: "model choice", completed: candidates.count, total: counts.count))
      let start = try emission(count)
      let fit = try HiddenMarkovModel.fit(
        start, to: data, lengths: lengths, options: options, execution: execution)
      let score: Double =
        switch criterion {
        case .bic: fit.criteria.bic
        case .aic: fit.criteria.aic
        case .icl: fit.criteria.icl
        case .heldOut:
          try folds.score(start, data, lengths, options, execution)
        }
      candidates.append(
        .init(states: count, criteria: fit.criteria, score: score, warnings: fit.warnings))
      fits.append(fit)
    }
    let best = candidates.indices.min { candidates[$0].score < candidates[$1].score }!
    return HiddenMarkovSelection(candidates: candidates, best: best, fit: fits[best])
  }
}

/// Which rows are left out together.
private struct HeldOutFolds {
  /// The fold of every row.
  let folds: [Int]
  let count: Int

  /// Stretches of one sequence that a fold leaves out.
  private static let stretches = 4

  init(_ criterion: StateCountCriterion, rows: Int, lengths: [Int]?) throws {
    guard case .heldOut(let parts) = criterion else {
      (folds, count) = ([], 0)
      return
    }
    let lengths = lengths ?? [rows]
    let pieces = lengths.count > 1 ? lengths.count : min(rows, Self.stretches * parts)
    try MarkovError.require(
      2...max(2, pieces) ~= parts, "parts", parts, "from 2 to \(pieces)")
    count = parts
    if lengths.count > 1 {
      folds = lengths.enumerated().flatMap { [Int](repeating: $0 % parts, count: $1) }
    } else {
      folds = (0..<rows).map { $0 * pieces / rows % parts }
    }
  }

  /// The negative mean of ln p(a row that is left out | those that are not), over all folds.
  func score<E: Emission>(
    _ emission: E, _ data: some RowSource, _ lengths: [Int]?, _ options: HiddenMarkovOptions,
    _ execution: Execution
  ) throws -> Double {
    var total = 0.0
    for fold in 0..<count {
      let seen = MaskedRows(source: data, isHidden: folds.map { $0 == fold })
      let model = try HiddenMarkovModel.fit(
        emission, to: seen, lengths: lengths, options: options, execution: execution
      ).model
      total += try model.logLikelihood(of: data, lengths: lengths, execution: execution)
      total -= try model.logLikelihood(of: seen, lengths: lengths, execution: execution)
    }
    return -total / Double(folds.count)
  }
}

/// Rows of which some are missing.
private struct MaskedRows: RowSource {
  let source: any RowSource
  let isHidden: [Bool]

  var rowCount: Int { source.rowCount }
  var columnCount: Int { source.columnCount }

  func readRows(_ rows: Range<Int>, into target: UnsafeMutablePointer<Double>) throws {
    try source.readRows(rows, into: target)
    let width = columnCount
    for row in rows where isHidden[row] {
      (target + (row - rows.lowerBound) * width).update(repeating: .nan, count: width)
    }
  }
}
