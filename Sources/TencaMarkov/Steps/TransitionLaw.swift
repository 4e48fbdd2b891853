internal import TencaNumerics

/// How a chain moves where its steps are not all alike.
public enum TransitionLaw: Sendable, Equatable {
  /// Continuous time: how often state i turns into state j, in a unit of time.
  case rates(TransitionRates)
  /// Probabilities that follow covariates.
  case logistic(LogisticTransitions)

  /// The number of states.
  public var stateCount: Int {
    switch self {
    case .rates(let law): law.stateCount
    case .logistic(let law): law.stateCount
    }
  }

  /// The number of free parameters.
  public var parameterCount: Int { coordinates.count { $0.isFinite } }

  /// Whether conditions are of the kind that the law takes.
  func takes(_ conditions: StepConditions) -> Bool {
    switch (self, conditions) {
    case (.rates, .gaps), (.logistic, .covariates): true
    default: false
    }
  }

  /// The matrices that lead from row to row.
  ///
  /// - Parameter conditions: What each step depends on, of the kind that the law takes.
  /// - Returns: One for every row; those of the last rows of sequences do not count.
  /// - Throws: ``MarkovError/invalidOption(name:value:limit:)`` for conditions of another kind or
  ///   size.
  /// - Complexity: O(rows · states²) time and memory; a matrix exponential for each gap that differs.
  public func matrices(over conditions: StepConditions) throws -> TransitionMatrix {
    switch (self, conditions) {
    case (.rates(let law), .gaps(let gaps)): return try law.matrices(over: gaps)
    case (.logistic(let law), .covariates(let rows)): return try law.matrices(over: rows)
    case (.rates, .covariates):
      throw MarkovError.invalidOption(
        name: "conditions", value: "covariates", limit: "gaps of time, which the rates need")
    case (.logistic, .gaps):
      throw MarkovError.invalidOption(
        name: "conditions", value: "gaps of time", limit: "covariates, which the steps follow")
    }
  }

  /// The law with the states in another order: state `order[k]` becomes state k.
  package func reordered(_ order: [Int]) -> TransitionLaw {
    switch self {
    case .rates(let law): .rates(law.reordered(order))
    case .logistic(let law): .logistic(law.reordered(order))
    }
  }

  /// A law to start from: one under which a usual step is that of a matrix.
  static func started(
    _ matrix: NDArray<Double>, over conditions: StepConditions
  ) throws -> TransitionLaw {
    switch conditions {
    case .gaps(let gaps): .rates(TransitionRates(started: matrix, gaps: gaps))
    case .covariates(let rows): .logistic(try LogisticTransitions(started: matrix, over: rows))
    }
  }

  /// The law made ready to move: covariates in units of their spread.
  func prepared(for conditions: StepConditions) -> TransitionLaw {
    guard case .logistic(let law) = self, case .covariates(let rows) = conditions else {
      return self
    }
    return .logistic(law.standardized(by: rows))
  }

  // MARK: - Coordinates; see DifferentiableEmission.

  var coordinates: [Double] {
    switch self {
    case .rates(let law): law.coordinates
    case .logistic(let law): law.coordinates
    }
  }

  func moved(to coordinates: [Double]) -> TransitionLaw? {
    switch self {
    case .rates(let law): law.moved(to: coordinates).map(TransitionLaw.rates)
    case .logistic(let law): law.moved(to: coordinates).map(TransitionLaw.logistic)
    }
  }

  /// The slope of the expected log-likelihood in every coordinate.
  func gradient(_ sums: StepSums) throws -> [Double] {
    switch self {
    case .rates(let law): try law.gradient(sums)
    case .logistic(let law): law.gradient(sums)
    }
  }

  var namedParameters: [NamedParameter] {
    switch self {
    case .rates(let law): law.namedParameters
    case .logistic(let law): law.namedParameters
    }
  }
}

/// What the steps of some sequences tell about a law.
struct StepSums: Mergeable, Sendable {
  /// Sums of one K × K matrix of step probabilities for each gap that differs; or, of a step (i, j),
  /// its surplus over what was expected, times one and each covariate.
  var sums: [Double]
  private let kind: Kind

  private enum Kind: Sendable {
    /// The place of each row's gap among those that differ.
    case gaps(places: [Int32], values: [Double])
    /// Standardised covariates, rows × covariates, and the matrices of the law.
    case covariates(NDArray<Double>, matrices: NDArray<Double>)
  }
  private let states: Int

  /// Nothing yet.
  ///
  /// - Parameter matrices: Those of the law.
  init(_ law: TransitionLaw, over conditions: StepConditions, matrices: TransitionMatrix) {
    states = law.stateCount
    switch (law, conditions) {
    case (_, .gaps(let gaps)):
      let (places, values) = distinct(gaps)
      kind = .gaps(places: places, values: values)
      sums = [Double](repeating: 0, count: values.count * states * states)
    case (let law, .covariates(let rows)):
      guard case .varying(let array) = matrices.storage, case .logistic(let own) = law else {
        preconditionFailure("steps of one law under the conditions of another")
      }
      kind = .covariates(own.standardized(rows), matrices: array)
      sums = [Double](repeating: 0, count: states * states * (rows.columns + 1))
    }
  }

  /// The gaps that differ; empty for covariates.
  var gaps: [Double] {
    if case .gaps(_, let values) = kind { return values }
    return []
  }

  /// Adds the probabilities of all steps from one row, states × states.
  mutating func add(_ row: Int, _ steps: UnsafePointer<Double>) {
    switch kind {
    case .gaps(let places, _):
      let first = Int(places[row]) * states * states
      for index in 0..<states * states { sums[first + index] += steps[index] }
    case .covariates(let covariates, let matrices):
      let width = covariates.columns + 1
      for i in 0..<states {
        var leaving = 0.0
        for j in 0..<states { leaving += steps[i * states + j] }
        for j in 0..<states where j != i {
          let surplus = steps[i * states + j] - leaving * matrices[[row, i, j]]
          let first = (i * states + j) * width
          sums[first] += surplus
          for c in 1..<width { sums[first + c] += surplus * covariates[row, c - 1] }
        }
      }
    }
  }

  mutating func merge(_ other: StepSums) {
    for index in sums.indices { sums[index] += other.sums[index] }
  }
}

/// The values that differ, in the order in which they first occur, and the place of each among them.
func distinct(_ numbers: [Double]) -> (places: [Int32], values: [Double]) {
  var seen: [Double: Int32] = [:]
  var values: [Double] = []
  let places = numbers.map { number in
    if let place = seen[number] { return place }
    seen[number] = Int32(values.count)
    values.append(number)
    return Int32(values.count - 1)
  }
  return (places, values)
}
