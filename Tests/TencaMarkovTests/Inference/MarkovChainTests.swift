import TencaMarkov
import TencaNumerics
import Testing

@Suite struct MarkovChainTests {
  private let chain = try! MarkovChain(
    initial: [0.2, 0.3, 0.5],
    transition: [[0.5, 0.5, 0], [0.1, 0.6, 0.3], [0.25, 0.25, 0.5]])

  @Test func stationaryDistributionIsKept() throws {
    let kept = try chain.stationaryDistribution()
    #expect(abs(kept.reduce(0, +) - 1) < 1e-15)
    let after = chain.forecast(from: kept, steps: 1).row(1).elements
    #expect(largestDifference(kept, after) < 1e-15)
    let apart = try MarkovChain(initial: [1, 0], transition: [[1, 0], [0, 1]])
    #expect(throws: MarkovError.self) { try apart.stationaryDistribution() }
  }

  /// Transitions of 10⁻²⁰ keep their digits.
  @Test func stationaryDistributionOfRareSteps() throws {
    let rare = try MarkovChain(
      initial: [1, 0], transition: [[1 - 1e-20, 1e-20], [2e-20, 1 - 2e-20]])
    #expect(largestDifference(try rare.stationaryDistribution(), [2.0 / 3, 1.0 / 3]) < 1e-15)
  }

  @Test func forecastTendsToStationary() throws {
    let far = chain.forecast(from: [1, 0, 0], steps: 200)
    #expect(far.row(0).elements == [1, 0, 0])
    #expect(far.row(1).elements == [0.5, 0.5, 0])
    #expect(
      largestDifference(far.row(200).elements, try chain.stationaryDistribution()) < 1e-12)
  }

  @Test func durations() {
    #expect(largestDifference(chain.expectedDurations, [2, 2.5, 2]) < 1e-12)
    let last = TransitionMatrix.leftRight(2)
    #expect(last.matrix == NDArray(rows: [[0.5, 0.5], [0, 1]]))
  }

  @Test func samplesVisitStatesAsOftenAsTheyShould() throws {
    var random = RandomStream(seed: 3)
    let states = chain.sample(50_000, using: &random)
    #expect(states.count == 50_000)
    let shares = (0..<3).map { state in Double(states.count { $0 == state }) / 50_000 }
    #expect(largestDifference(shares, try chain.stationaryDistribution()) < 0.02)
    #expect(!zip(states, states.dropFirst()).contains { $0 == 0 && $1 == 2 })
  }
}
