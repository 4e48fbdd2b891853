import Testing

@testable import TencaGenerative

@Suite("Label measures")
struct LabelMeasuresTests {
  @Test("Agreement counts, with Wilson's interval")
  func agreement() throws {
    let asked = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    let share = try labelAgreement(asked: asked, recognized: [0, 1, 2, 3, 4, 5, 6, 7, 9, 8])
    #expect(share == Proportion(correct: 8, total: 10))
    #expect(share.value == 0.8)
    // statsmodels.stats.proportion.proportion_confint(8, 10, method="wilson")
    #expect(abs(share.interval.lowerBound - 0.490162) < 1e-6)
    #expect(abs(share.interval.upperBound - 0.943318) < 1e-6)
    #expect(throws: GenerativeError.self) { try labelAgreement(asked: [1], recognized: []) }
  }

  @Test("The least share that changes class")
  func histogram() throws {
    #expect(try classHistogramDistance([0, 1, 2, 2], [2, 2, 0, 1], classCount: 3) == 0)
    #expect(try classHistogramDistance([0, 0], [1, 2, 1], classCount: 3) == 1)
    // A quarter each, against a half each of two: half has to move.
    #expect(try classHistogramDistance([0, 1], [0, 1, 2, 3], classCount: 4) == 0.5)
    #expect(throws: GenerativeError.self) {
      try classHistogramDistance([0, 3], [0], classCount: 3)
    }
    #expect(throws: GenerativeError.tooFewSamples(set: "real samples", count: 0, least: 1)) {
      try classHistogramDistance([0], [], classCount: 3)
    }
  }
}
