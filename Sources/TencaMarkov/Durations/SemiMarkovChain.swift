public import TencaNumerics

/// A chain of hidden states that are held for durations of their own: a state, once entered, lasts d
/// frames with probability p(d), and is followed by another.
///
/// The last state of a sequence may last longer than the sequence (Y. Guédon, "Estimating hidden
/// semi-Markov chains from discrete sequences", 2003).
public struct SemiMarkovChain: Sendable, Equatable {
  /// The probability of every state in the first frame.
  public let initial: [Double]
  /// Which state follows, states × states; nothing follows itself.
  public let transition: NDArray<Double>
  /// How long every state is held.
  public let durations: [DurationDistribution]

  /// Makes a chain.
  ///
  /// - Parameters:
  ///   - initial: Divided by its sum, which must be 1 within 10⁻⁶.
  ///   - transition: states × states with zeros on the diagonal; rows as `initial`.
  ///   - durations: One a state.
  /// - Throws: ``MarkovError/invalidModel(problem:)`` saying what does not fit, and by how much.
  public init(
    initial: [Double], transition: NDArray<Double>, durations: [DurationDistribution]
  ) throws {
    let chain = try MarkovChain(initial: initial, transition: TransitionMatrix(transition))
    guard chain.stateCount >= 2 else {
      throw MarkovError.invalidModel(
        problem: "one state alone is held for ever: durations need two or more")
    }
    guard durations.count == chain.stateCount else {
      throw MarkovError.invalidModel(
        problem: "\(durations.count) durations for \(chain.stateCount) states")
    }
    for state in durations.indices where transition[state, state] != 0 {
      throw MarkovError.invalidModel(
        problem:
          "state \(state) follows itself with probability \(transition[state, state]): how long "
          + "it lasts is for its duration to say")
    }
    self.init(
      unchecked: chain.initial, chain.transition.matrix,
      try durations.enumerated().map { try Self.checked($1, state: $0) })
  }

  init(
    unchecked initial: [Double], _ transition: NDArray<Double>, _ durations: [DurationDistribution]
  ) {
    self.initial = initial
    self.transition = transition
    self.durations = durations
  }

  private static func checked(
    _ duration: DurationDistribution, state: Int
  ) throws -> DurationDistribution {
    switch duration {
    case .geometric(let stay):
      guard stay >= 0 && stay < 1 else {
        throw MarkovError.invalidModel(
          problem: "state \(state) stays with probability \(stay), not from 0 to below 1")
      }
      return duration
    case .free(let table):
      return .free(try normalizedShares(table, "the durations of state \(state)"))
    default: return duration
    }
  }

  /// The number of states.
  public var stateCount: Int { initial.count }

  /// The chain with the states in another order: state `order[k]` becomes state k.
  package func reordered(_ order: [Int]) -> SemiMarkovChain {
    SemiMarkovChain(
      unchecked: order.map { initial[$0] },
      NDArray(rows: order.map { i in order.map { transition[i, $0] } }),
      order.map { durations[$0] })
  }

  /// A sequence of states drawn from the chain.
  public func sample(_ count: Int, using random: inout RandomStream) -> [Int] {
    guard count > 0 else { return [] }
    let first = random.categorical(weights: initial)
    return continued(first, for: durations[first].sample(using: &random), count, using: &random)
  }

  /// A state for so many frames, then states drawn from the chain, until there are `count`.
  ///
  /// - Parameter frames: 0 or more.
  func continued(
    _ state: Int, for frames: Int, _ count: Int, using random: inout RandomStream
  ) -> [Int] {
    var states: [Int] = []
    var (state, frames) = (state, frames)
    while true {
      states += [Int](repeating: state, count: min(frames, count - states.count))
      if states.count == count { return states }
      state = random.categorical(weights: transition.row(state).elements)
      frames = durations[state].sample(using: &random)
    }
  }
}
