public import TencaNumerics

/// How the steps between the rows of a table depend on columns of it.
public struct TableSteps: Sendable, Equatable {
  /// The law.
  public let law: TransitionLaw
  /// The column of times, or the columns of covariates in the order of the law's.
  public let columns: [String]
  /// What the data that the law was learned from usually have: the time from row to row, or the mean of
  /// each covariate.
  public let usual: [Double]

  /// Names what a law depends on.
  ///
  /// - Parameters:
  ///   - law: The law.
  ///   - columns: The column of times alone, or one a covariate.
  ///   - usual: The usual gap alone, above 0, or the mean of each covariate.
  /// - Throws: ``MarkovError/invalidModel(problem:)`` for another number of these, and a usual step that is
  ///   none.
  public init(_ law: TransitionLaw, columns: [String], usual: [Double]) throws {
    (self.law, self.columns, self.usual) = (law, columns, usual)
    let count: Int
    switch law {
    case .rates:
      count = 1
      if let gap = usual.first, !(gap > 0) {
        throw MarkovError.invalidModel(problem: "a usual gap of \(gap) between rows, not above 0")
      }
    case .logistic(let law): count = law.covariateCount
    }
    guard columns.count == count, usual.count == count, usual.allSatisfy(\.isFinite) else {
      throw MarkovError.invalidModel(
        problem: "columns \(columns) with usual values \(usual) for steps that follow \(count)")
    }
    if let twice = Dictionary(grouping: columns, by: \.self).first(where: { $0.value.count > 1 }) {
      throw MarkovError.invalidModel(problem: "steps follow '\(twice.key)' twice")
    }
  }

  /// The matrix of a usual step.
  ///
  /// - Throws: `LinearAlgebraError` where rates times the gap are beyond numbers.
  public func usualMatrix() throws -> NDArray<Double> {
    switch law {
    case .rates(let law): try law.matrix(over: usual[0])
    case .logistic(let law): law.matrix(at: usual)
    }
  }
}

/// What steps depend on in the data that a model is learned from.
public struct StepColumns: Sendable {
  /// The column of times, or those of the covariates.
  public var names: [String]
  /// What they hold.
  public var conditions: StepConditions

  /// Puts them together.
  public init(_ names: [String], _ conditions: StepConditions) {
    (self.names, self.conditions) = (names, conditions)
  }

  /// The steps of a law that was learned under these conditions.
  ///
  /// - Throws: As ``TableSteps/init(_:columns:usual:)``.
  func steps(_ law: TransitionLaw) throws -> TableSteps {
    try TableSteps(law, columns: names, usual: conditions.usual)
  }
}

extension StepConditions {
  /// The median of the gaps above 0, 1 where there are none; or the mean of each covariate.
  var usual: [Double] {
    switch self {
    case .gaps(let gaps): [usualGap(gaps) ?? 1]
    case .covariates(let rows):
      (0..<rows.columns).map { column in
        (0..<rows.rows).reduce(0.0) { $0 + rows[$1, column] } / Double(rows.rows)
      }
    }
  }
}
