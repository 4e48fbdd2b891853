import TencaMarkov
import TencaMixture
import TencaNumerics
import Testing

@Suite struct HiddenMarkovSelectionTests {
  /// Three states that differ, in one sequence or in eight.
  private let data: NDArray<Double> = {
    let model = try! HiddenMarkovModel(
      chain: MarkovChain(
        initial: [1, 0, 0], transition: [[0.9, 0.1, 0], [0.05, 0.9, 0.05], [0, 0.1, 0.9]]),
      emission: GaussianEmission(
        meanVectors: NDArray(rows: [[0], [4], [8]]), covariances: .spherical(NDArray([1, 1, 1]))))
    var random = RandomStream(seed: 5)
    return model.sample(400, using: &random).rows
  }()

  private func select(
    _ criterion: StateCountCriterion, lengths: [Int]? = nil
  ) throws -> HiddenMarkovSelection<GaussianEmission> {
    try HiddenMarkovModel.select(
      states: 1...4, criterion: criterion, lengths: lengths,
      options: HiddenMarkovOptions(tolerance: 1e-4, restarts: 2), from: data
    ) { GaussianEmission(states: $0, columns: 1) }
  }

  @Test(arguments: [.bic, .icl, .heldOut(parts: 4)] as [StateCountCriterion])
  func findsThree(_ criterion: StateCountCriterion) throws {
    for lengths in [nil, [Int](repeating: 50, count: 8)] {
      let selection = try select(criterion, lengths: lengths)
      #expect(selection.candidates.map(\.states) == [1, 2, 3, 4])
      #expect(selection.candidates[selection.best].states == 3, "\(selection.candidates)")
      #expect(selection.fit.model.stateCount == 3)
      #expect(selection.candidates[2].criteria == selection.fit.criteria)
      // More states explain what was seen better, whatever they are worth.
      let likelihoods = selection.candidates.map(\.criteria.logLikelihood)
      #expect(zip(likelihoods, likelihoods.dropFirst()).allSatisfy { $0 < $1 + 0.5 })
    }
  }

  @Test func scoresAreWhatTheySay() throws {
    let aic = try select(.aic)
    for candidate in aic.candidates { #expect(candidate.score == candidate.criteria.aic) }
    // One state: rows are independent, so those left out have the density of the rest's Gaussian.
    let parts = 4
    let heldOut = try select(.heldOut(parts: parts)).candidates[0].score
    var total = 0.0
    for fold in 0..<parts {
      let isOut = (0..<400).map { $0 * 16 / 400 % parts == fold }
      let seen = (0..<400).filter { !isOut[$0] }.map { data[$0, 0] }
      let mean = seen.reduce(0, +) / Double(seen.count)
      let variance = seen.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) } / Double(seen.count)
      let model = try HiddenMarkovModel(
        chain: MarkovChain(initial: [1], transition: [[1]]),
        emission: GaussianEmission(
          meanVectors: NDArray(rows: [[mean]]), covariances: .spherical(NDArray([variance]))))
      let rows = (0..<400).filter { isOut[$0] }.map { [data[$0, 0]] }
      total += try model.logLikelihood(of: NDArray<Double>(rows: rows))
    }
    #expect(abs(heldOut + total / 400) < 1e-6)
  }

  @Test func refusesWhatCannotBeChosen() {
    #expect(throws: MarkovError.self) { try select(.heldOut(parts: 1)) }
    #expect(throws: MarkovError.self) { try select(.heldOut(parts: 9), lengths: [400, 400]) }
    #expect(throws: MarkovError.self) {
      try HiddenMarkovModel.select(states: [], from: data) {
        GaussianEmission(states: $0, columns: 1)
      }
    }
  }
}
