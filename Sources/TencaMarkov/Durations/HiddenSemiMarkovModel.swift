public import TencaNumerics

/// States that nobody sees, each held for a duration of its own distribution, and what they emit.
///
/// ```swift
/// let fit = try HiddenSemiMarkovModel.fit(
///   GaussianEmission(states: 3, columns: 2), durations: .negativeBinomial, to: data)
/// let path = try fit.model.viterbi(moreData).states
/// ```
public struct HiddenSemiMarkovModel<E: Emission>: Sendable {
  /// Where sequences start, how states follow each other, and how long they are held.
  public let chain: SemiMarkovChain
  /// What the states emit.
  public let emission: E

  /// Makes a model of known parts.
  ///
  /// - Throws: ``MarkovError/invalidModel(problem:)`` for another number of states.
  public init(chain: SemiMarkovChain, emission: E) throws {
    guard chain.stateCount == emission.stateCount else {
      throw MarkovError.invalidModel(
        problem: "a chain of \(chain.stateCount) states, an emission of \(emission.stateCount)")
    }
    self.chain = chain
    self.emission = emission
  }

  /// The number of states.
  public var stateCount: Int { chain.stateCount }

  /// The number of free parameters: of the emission, of durations, and of the chain all but one of
  /// every distribution's entries above zero.
  public var parameterCount: Int { parameterCount(HiddenMarkovOptions()) }

  /// The number of parameters that a fit under these options may choose.
  func parameterCount(_ options: HiddenMarkovOptions) -> Int {
    let steps = (0..<stateCount).reduce(0) { sum, state in
      sum + chain.transition.row(state).elements.count { $0 > 0 } - 1
    }
    return (options.fixesEmission ? 0 : emission.parameterCount)
      + chain.durations.reduce(0) { $0 + $1.parameterCount } + steps
      + (options.initial == .fixed ? 0 : chain.initial.count { $0 > 0 } - 1)
  }

  /// A sequence drawn from the model: rows, count × columns, and the state of each.
  public func sample(
    _ count: Int, using random: inout RandomStream
  ) -> (rows: NDArray<Double>, states: [Int]) {
    emission.sample(along: chain.sample(count, using: &random), using: &random)
  }

  /// The model with the states in another order: state `order[k]` becomes state k.
  ///
  /// - Precondition: `order` holds every state once.
  public func reordered(_ order: [Int]) -> HiddenSemiMarkovModel {
    // A model of as many states as before.
    try! HiddenSemiMarkovModel(
      chain: chain.reordered(order), emission: emission.reordered(order))
  }
}

extension HiddenSemiMarkovModel: Equatable where E: Equatable {}
