import TencaMixture
import TencaNumerics
import Testing

@Suite struct AnomalyScorerTests {
  private let mixture = try! GaussianMixture(
    weights: [1], meanVectors: NDArray(rows: [[0, 0]]), variances: NDArray(rows: [[1, 1]]))

  @Test(arguments: [7, 500, 5000]) func percentilesAreSharesOfTrainingRows(count: Int) throws {
    var random = RandomStream(seed: 1)
    let training = mixture.sample(count, using: &random)
    let scorer = try AnomalyScorer(mixture, training: training)
    let known = try mixture.logDensities(training).elements.map { -Double($0) }
    let rows = mixture.sample(200, using: &random)
    let scores = try scorer.scores(of: rows)
    #expect(
      scores.negativeLogDensities == (try mixture.logDensities(rows).elements.map { -Double($0) }))
    for (score, percentile) in zip(scores.negativeLogDensities, scores.percentiles) {
      let below = Double(known.count { $0 < score }) / Double(count)
      #expect(abs(percentile / 100 - below) <= 2.0 / 1000 + (count > 1001 ? 0 : 1e-12))
    }
    let again = try AnomalyScorer(mixture, quantiles: scorer.quantiles)
    #expect(try again.scores(of: rows) == scores)
  }

  @Test func farRowsAreStrangerThanAll() throws {
    var random = RandomStream(seed: 2)
    let scorer = try AnomalyScorer(mixture, training: mixture.sample(100, using: &random))
    let scores = try scorer.scores(of: NDArray<Float>(rows: [[9, 9], [1e30, 0], [0, 0]]))
    #expect(scores.percentiles == [100, 100, 0])
    #expect(scores.negativeLogDensities.allSatisfy { !$0.isNaN })
  }

  @Test func refusesWhatIsNoTraining() {
    #expect(throws: MixtureError.noData(shape: [0, 2])) {
      try AnomalyScorer(mixture, training: NDArray<Float>(zeros: [0, 2]))
    }
    for quantiles in [[], [2, 1], [0, .nan]] {
      #expect(throws: MixtureError.self) { try AnomalyScorer(mixture, quantiles: quantiles) }
    }
  }
}
