public import TencaNumerics

/// What the steps between rows depend on.
public enum StepConditions: Sendable, Equatable {
  /// The time from each row to the next, in any unit; those of the last rows of sequences do not count.
  case gaps([Double])
  /// What is known of each row and steers the step from it to the next, rows × covariates.
  case covariates(NDArray<Double>)

  /// The gaps between the times of rows, to ten digits: differences of rounded numbers are seldom the same
  /// to the last, and each that differs costs a matrix exponential.
  ///
  /// - Parameters:
  ///   - times: Of every row, sequences one after another, ascending within each.
  ///   - lengths: The rows of each sequence; nil is one sequence.
  /// - Throws: ``MarkovError/invalidOption(name:value:limit:)`` naming the row whose time is none, or
  ///   before that of the row above.
  public init(times: [Double], lengths: [Int]? = nil) throws {
    var gaps = [Double](repeating: 0, count: times.count)
    for sequence in try FramePlan(frames: times.count, lengths: lengths, states: 1).sequences {
      for row in sequence {
        try MarkovError.require(
          times[row].isFinite, "times", "\(times[row]) in row \(row + 1)", "a finite number")
        guard row + 1 < sequence.upperBound else { continue }
        gaps[row] = times[row + 1] - times[row]
        try MarkovError.require(
          !(gaps[row] < 0), "times", "\(times[row + 1]) in row \(row + 2), after \(times[row])",
          "ascending within a sequence: sort the rows")
        gaps[row] = Self.shortened(gaps[row])
      }
    }
    self = .gaps(gaps)
  }

  /// A number of 33 binary digits.
  private static func shortened(_ gap: Double) -> Double {
    guard gap > 0, gap.isFinite else { return gap }
    let unit = Double(sign: .plus, exponent: gap.exponent - 33, significand: 1)
    return unit > 0 ? (gap / unit).rounded() * unit : gap
  }

  /// The number of rows.
  public var rowCount: Int {
    switch self {
    case .gaps(let gaps): gaps.count
    case .covariates(let rows): rows.rows
    }
  }

  /// - Throws: ``MarkovError/invalidOption(name:value:limit:)`` for another number of rows, and for a
  ///   covariate that is missing.
  func check(rows: Int) throws {
    try MarkovError.require(
      rowCount == rows, "conditions", "\(rowCount) rows", "one for each of \(rows) rows")
    switch self {
    case .gaps(let gaps):
      if let bad = gaps.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
        throw MarkovError.invalidOption(
          name: "gaps", value: "\(gaps[bad]) after row \(bad + 1)", limit: "0 or more, and finite")
      }
    case .covariates(let table):
      if let bad = table.elements.firstIndex(where: { !$0.isFinite }) {
        throw MarkovError.invalidOption(
          name: "covariates",
          value: "\(table.elements[bad]) in row \(bad / table.columns + 1), covariate "
            + "\(bad % table.columns + 1)",
          limit: "a finite number: steps cannot depend on what is not known. Fill it, or leave the "
            + "row out")
      }
    }
  }
}
