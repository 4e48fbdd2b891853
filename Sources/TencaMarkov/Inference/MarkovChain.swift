public import TencaNumerics

/// A chain of hidden states: where it starts and how it moves.
///
/// With the log-likelihood of every frame in every state, this is all that inference needs; what
/// the states emit does not matter. Any source of rows gives the log-likelihoods, an array or
/// something that computes them as they are read, frames × states. Frames may belong to several
/// sequences, one after another, of the `lengths` given.
///
/// ```swift
/// let chain = try MarkovChain(initial: [0.5, 0.5], transition: [[0.7, 0.3], [0.3, 0.7]])
/// let states = try chain.viterbi(logLikelihoods).states
/// let probabilities = try chain.filtered(logLikelihoods).filtered
/// ```
public struct MarkovChain: Sendable, Equatable {
  /// The probability of every state in the first frame of a sequence.
  public let initial: [Double]
  /// How states follow each other.
  public let transition: TransitionMatrix

  /// Makes a chain.
  ///
  /// - Parameters:
  ///   - initial: Divided by its sum, which must be 1 within 10⁻⁶.
  ///   - transition: Of as many states.
  /// - Throws: ``MarkovError/invalidModel(problem:)`` saying what does not fit, and by how much.
  public init(initial: [Double], transition: TransitionMatrix) throws {
    guard initial.count == transition.stateCount else {
      throw MarkovError.invalidModel(
        problem: "\(initial.count) initial probabilities for \(transition.stateCount) states")
    }
    guard initial.count <= 1 << 16 else {
      throw MarkovError.invalidModel(problem: "\(initial.count) states, more than 65536")
    }
    self.initial = try normalizedShares(initial, "the initial distribution")
    self.transition = transition
  }

  /// Makes a chain from the rows of its transition matrix.
  ///
  /// - Throws: As ``init(initial:transition:)`` and ``TransitionMatrix/init(_:)-(NDArray<Double>)``.
  public init(initial: [Double], transition rows: [[Double]]) throws {
    for (index, row) in rows.enumerated() where row.count != rows.count {
      throw MarkovError.invalidModel(
        problem: "row \(index) of the transition matrix has \(row.count) entries for "
          + "\(rows.count) states")
    }
    try self.init(initial: initial, transition: try TransitionMatrix(NDArray(rows: rows)))
  }

  /// Makes a chain of parts that are known to fit.
  init(uncheckedInitial initial: [Double], transition: TransitionMatrix) {
    self.initial = initial
    self.transition = transition
  }

  /// Makes the chain of rows that follow others.
  ///
  /// - Parameters:
  ///   - filtered: p(state | all rows so far) of the last of those.
  ///   - step: The matrix that leads from it to the first row.
  ///   - transition: How the rows follow each other.
  package init(
    continuing filtered: [Double], by step: NDArray<Double>, _ transition: TransitionMatrix
  ) {
    let states = filtered.count
    var initial = [Double](repeating: 0, count: states)
    for i in 0..<states where filtered[i] > 0 {
      for j in 0..<states { initial[j] += filtered[i] * step[i, j] }
    }
    self.init(uncheckedInitial: initial, transition: transition)
  }

  /// The number of states.
  public var stateCount: Int { initial.count }

  /// The chain with the states in another order: state `order[k]` becomes state k.
  package func reordered(_ order: [Int]) -> MarkovChain {
    MarkovChain(
      uncheckedInitial: order.map { initial[$0] }, transition: transition.reordered(order))
  }
}

extension MarkovChain {
  /// How many frames in a row each state is expected to last, 1 / (1 - aₖₖ); ∞ where nothing leads
  /// out of it.
  ///
  /// - Precondition: The transition matrix does not vary.
  public var expectedDurations: [Double] {
    let matrix = transition.matrix
    return (0..<stateCount).map { 1 / max(0, 1 - matrix[$0, $0]) }
  }

  /// The distribution that the chain keeps once it has it: π = π·A.
  ///
  /// By the elimination of W. Grassmann, M. Taksar and D. Heyman (1985), which never subtracts, so
  /// that even tiny probabilities keep all their digits.
  ///
  /// - Throws: ``MarkovError/invalidModel(problem:)`` where the chain has no single one, because
  ///   some states cannot be reached from others, or its matrix varies.
  /// - Complexity: O(states³).
  public func stationaryDistribution() throws -> [Double] {
    guard !transition.varies else {
      throw MarkovError.invalidModel(
        problem: "a transition matrix that varies has no stationary distribution")
    }
    return try TencaMarkov.stationaryDistribution(transition.matrix)
  }

  /// The distribution of the state `steps` frames later.
  ///
  /// - Parameters:
  ///   - distribution: The probability of every state now, as ``FilteredStates/filtered`` has it.
  ///   - steps: How many frames ahead, 0 or more.
  /// - Returns: steps + 1 rows: now, one frame ahead, …
  /// - Precondition: The transition matrix does not vary.
  /// - Complexity: O(steps · states²).
  public func forecast(from distribution: [Double], steps: Int) -> NDArray<Double> {
    precondition(
      distribution.count == stateCount && steps >= 0,
      "a forecast of \(steps) steps from \(distribution.count) probabilities")
    let matrix = transition.matrix
    var rows = [NDArray(distribution, shape: [1, stateCount])]
    for _ in 0..<steps { rows.append(matrixProduct(rows.last!, matrix)) }
    return .concatenated(rows)
  }

  /// A sequence of states drawn from the chain.
  ///
  /// - Precondition: The transition matrix does not vary.
  /// - Complexity: O(count · states).
  public func sample(_ count: Int, using random: inout RandomStream) -> [Int] {
    guard count > 0 else { return [] }
    let rows = transition.matrix.elements
    var states = [random.categorical(weights: initial)]
    for _ in 1..<count {
      let row = states.last! * stateCount
      states.append(random.categorical(weights: rows[row..<row + stateCount]))
    }
    return states
  }
}

/// See ``MarkovChain/stationaryDistribution()``.
func stationaryDistribution(_ matrix: NDArray<Double>) throws -> [Double] {
  let states = matrix.rows
  var a = matrix.elements
  for last in stride(from: states - 1, to: 0, by: -1) {
    let leaving = (0..<last).reduce(0.0) { $0 + a[last * states + $1] }
    guard leaving > 0 else {
      throw MarkovError.invalidModel(
        problem: "no single stationary distribution: some states cannot be reached from others")
    }
    for i in 0..<last {
      let share = a[i * states + last] / leaving
      a[i * states + last] = share
      if share == 0 { continue }
      for j in 0..<last { a[i * states + j] += share * a[last * states + j] }
    }
  }
  var distribution = [1.0]
  for state in 1..<max(states, 1) {
    distribution.append(
      (0..<state).reduce(0.0) { $0 + distribution[$1] * a[$1 * states + state] })
  }
  let sum = distribution.reduce(0, +)
  return distribution.map { $0 / sum }
}
