import Testing

@testable import TencaRecognition

@Suite("Evidence scale")
struct EvidenceScaleTests {
  @Test("The scale that makes probabilities true is found")
  func recovery() {
    // Two classes whose log-likelihood ratio claims ten times too much: of recordings at ratio r,
    // the share of the first class is 1 / (1 + exp(-r / 10)).
    var cases: [EvidenceScale.Case] = []
    for ratio in stride(from: -30.0, through: 30, by: 1) {
      let share = 1 / (1 + exponential(-ratio / 10))
      let first = Int((share * 2000).rounded())
      for index in 0..<2000 {
        cases.append(.init(logLikelihoods: [ratio, 0], truth: index < first ? 0 : 1))
      }
    }
    #expect(abs(EvidenceScale.best(cases) - 0.1) < 1e-3)
  }

  @Test("Evidence that is always right counts in full, and that never is, for next to nothing")
  func extremes() {
    let right = [EvidenceScale.Case(logLikelihoods: [5, 0], truth: 0)]
    let wrong = [EvidenceScale.Case(logLikelihoods: [5, 0], truth: 1)]
    #expect(EvidenceScale.best(right) > 0.99)
    #expect(EvidenceScale.best(wrong) < 1.1e-4)
  }

  private func exponential(_ x: Double) -> Double {
    var (term, sum) = (1.0, 1.0)
    for n in 1..<60 {
      term *= x / Double(n)
      sum += term
    }
    return sum
  }
}
