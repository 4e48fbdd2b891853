import TencaMarkov
import TencaMixture
import TencaNumerics
import Testing

/// What a fit may not change, and what it must report.
@Suite struct ConstraintsTests {
  private let truth = try! HiddenMarkovModel(
    chain: MarkovChain(
      initial: [1, 0, 0], transition: [[0.9, 0.1, 0], [0, 0.9, 0.1], [0, 0, 1]]),
    emission: GaussianEmission(
      meanVectors: NDArray(rows: [[3], [0], [6]]),
      covariances: .diagonal(NDArray(rows: [[1], [1], [1]]))))

  /// Sixty sequences of forty rows.
  private func data() -> (rows: NDArray<Double>, lengths: [Int], states: [Int]) {
    var random = RandomStream(seed: 2)
    let parts = (0..<60).map { _ in truth.sample(40, using: &random) }
    return (
      .concatenated(parts.map(\.rows)), [Int](repeating: 40, count: 60), parts.flatMap(\.states)
    )
  }

  @Test func zerosStayZeroAndStatesKeepTheirPlaces() throws {
    let (rows, lengths, states) = data()
    let start = try MarkovChain(initial: [1, 0, 0], transition: .leftRight(3))
    let fit = try HiddenMarkovModel.fit(
      GaussianEmission(states: 3, columns: 1), to: rows, lengths: lengths,
      options: HiddenMarkovOptions(chain: start))
    let matrix = fit.model.chain.transition.matrix
    #expect(fit.model.chain.initial == [1, 0, 0])
    for i in 0..<3 {
      for j in 0..<3 where j != i && j != i + 1 { #expect(matrix[i, j] == 0) }
    }
    #expect(
      largestDifference(fit.model.emission.means.elements, [3, 0, 6]) < 0.2,
      "\(fit.model.emission.means)")
    #expect(abs(matrix[0, 0] - 0.9) < 0.03)
    let path = try fit.model.viterbi(rows, lengths: lengths).states
    #expect(zip(path, states).count { $0 == $1 } > states.count * 94 / 100)
    // 3 means, 3 variances, 2 free steps.
    #expect(fit.criteria.parameterCount == 8)
  }

  @Test func whatIsFixedStays() throws {
    let (rows, lengths, _) = data()
    let fit = try HiddenMarkovModel.fit(
      truth.emission, to: rows, lengths: lengths,
      options: HiddenMarkovOptions(
        initial: .fixed, transition: .fixed, chain: truth.chain, startsFromEmission: true,
        iterations: 5))
    #expect(fit.model.chain == truth.chain)
    #expect(fit.model.emission != truth.emission)
    let other = try HiddenMarkovModel.fit(
      truth.emission, to: rows, lengths: lengths,
      options: HiddenMarkovOptions(
        fixesEmission: true, chain: truth.chain, startsFromEmission: true, iterations: 5))
    #expect(other.model.emission == truth.emission)
    #expect(other.model.chain != truth.chain)
    #expect(other.criteria.parameterCount == 2)
  }

  @Test func knownStatesAreKept() throws {
    let (rows, lengths, states) = data()
    let known = states.enumerated().map { $0 % 5 == 0 ? $1 : nil }
    let fit = try HiddenMarkovModel.fit(
      GaussianEmission(states: 3, columns: 1), to: rows, lengths: lengths,
      options: HiddenMarkovOptions(knownStates: known, restarts: 2))
    // The names of the states are those that were given, not the order of the means.
    #expect(
      largestDifference(fit.model.emission.means.elements, [3, 0, 6]) < 0.25,
      "\(fit.model.emission.means)")
    #expect(throws: MarkovError.self) {
      try HiddenMarkovModel.fit(
        GaussianEmission(states: 3, columns: 1), to: rows,
        options: HiddenMarkovOptions(knownStates: [0, 3]))
    }
  }

  @Test func priorsPullTowardsEqualShares() throws {
    let (rows, lengths, _) = data()
    func fit(_ pseudocount: Double) throws -> HiddenMarkovFit<GaussianEmission> {
      try HiddenMarkovModel.fit(
        truth.emission, to: rows, lengths: lengths,
        options: HiddenMarkovOptions(
          chain: truth.chain, startsFromEmission: true, transitionPseudocount: pseudocount,
          iterations: 50))
    }
    let (plain, pulled) = (try fit(0), try fit(1000))
    #expect(plain.model.chain.transition.matrix[0, 0] > 0.88)
    #expect(pulled.model.chain.transition.matrix[0, 0] < 0.8)
    #expect(pulled.warnings.allSatisfy { if case .objectiveFell = $0 { false } else { true } })
  }

  @Test func deadStatesAreKeptAndReported() throws {
    let emission = try GaussianEmission(
      meanVectors: NDArray(rows: [[0], [1e6]]), covariances: .diagonal(NDArray(rows: [[1], [1]])))
    var random = RandomStream(seed: 1)
    let rows = NDArray<Double>(shape: [200, 1]) { target in
      for index in target.indices { target[index] = random.normal() }
    }
    let fit = try HiddenMarkovModel.fit(
      emission, to: rows, options: HiddenMarkovOptions(startsFromEmission: true))
    #expect(fit.warnings.contains(.deadStates([1])))
    #expect(fit.model.emission.meanVectors[1, 0] == 1e6)
    #expect(fit.occupancies[1] < 1e-6)
    #expect(abs(fit.occupancies[0] - 200) < 1e-6)
  }

  @Test func sequencesOfOneRow() throws {
    let rows = NDArray<Double>(rows: [[0], [0.1], [5], [5.2], [-0.1]])
    let fit = try HiddenMarkovModel.fit(
      GaussianEmission(states: 2, columns: 1), to: rows, lengths: [1, 1, 1, 1, 1])
    #expect(abs(fit.model.chain.initial[0] - 0.6) < 1e-6)
  }

  @Test func dataThatDoNotFit() throws {
    let emission = GaussianEmission(states: 3, columns: 2)
    #expect(throws: MarkovError.wrongColumns(expected: 2, actual: 1)) {
      try HiddenMarkovModel.fit(emission, to: NDArray<Double>(zeros: [10, 1]))
    }
    #expect(
      throws: MarkovError.invalidOption(
        name: "states", value: "3", limit: "at most 2, the number of rows")
    ) { try HiddenMarkovModel.fit(emission, to: NDArray<Double>(zeros: [2, 2])) }
    #expect(throws: (any Error).self) {
      try HiddenMarkovModel.fit(emission, to: NDArray<Double>(repeating: .nan, shape: [10, 2]))
    }
    #expect(throws: (any Error).self) {
      try HiddenMarkovModel.fit(
        emission, to: NDArray<Double>(repeating: .infinity, shape: [10, 2]))
    }
    let symbols = CategoricalEmission(states: 2, symbols: 3)
    let rows = NDArray<Double>(rows: [[0], [1], [3], [2]])
    #expect(
      throws: MarkovError.invalidValue(row: 2, column: 0, value: 3, limit: "a symbol from 0 to 2")
    ) { try HiddenMarkovModel(chain: truth.chain.first(2), emission: symbols).filtered(rows) }
    // A constant column is no reason to fail.
    let constant = NDArray<Double>(shape: [30, 2]) { target in
      for index in target.indices { target[index] = index % 2 == 0 ? 7 : Double(index % 6) }
    }
    let fit = try HiddenMarkovModel.fit(GaussianEmission(states: 2, columns: 2), to: constant)
    #expect(fit.logLikelihood.isFinite)
  }

  /// Offsets and units of columns change nothing but the volume.
  @Test func shiftedAndScaledData() throws {
    let (rows, lengths, _) = data()
    let moved = rows.map { $0 * 1e-3 + 1e5 }
    func fit(_ rows: NDArray<Double>) throws -> HiddenMarkovFit<GaussianEmission> {
      try HiddenMarkovModel.fit(
        GaussianEmission(states: 3, columns: 1), to: rows, lengths: lengths,
        options: HiddenMarkovOptions(restarts: 1))
    }
    let (a, b) = (try fit(rows), try fit(moved))
    let means = b.model.emission.means.elements.map { ($0 - 1e5) * 1e3 }
    #expect(largestDifference(a.model.emission.means.elements, means) < 1e-4)
    let shift = Double(rows.rows) * 3 * 2.302585092994046
    #expect(abs(b.logLikelihood - shift - a.logLikelihood) < 1e-3)
  }
}

extension MarkovChain {
  /// A chain of so many states, all alike.
  fileprivate func first(_ states: Int) throws -> MarkovChain {
    let share = 1 / Double(states)
    return try MarkovChain(
      initial: [Double](repeating: share, count: states),
      transition: [[Double]](
        repeating: [Double](repeating: share, count: states), count: states))
  }
}
