import TencaNumerics
import Testing

@testable import TencaRecognition

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct GaussianBankTests {
  private func bank(_ sizes: [Int], columns: Int, seed: UInt64) throws -> GaussianBank {
    var random = RandomStream(seed: seed)
    let count = sizes.reduce(0, +)
    return try GaussianBank(
      sizes: sizes,
      weights: sizes.flatMap { size in [Double](repeating: 1 / Double(size), count: size) },
      meanVectors: NDArray(
        (0..<count * columns).map { _ in random.normal() }, shape: [count, columns]),
      variances: NDArray(
        (0..<count * columns).map { _ in 0.2 + random.uniform() }, shape: [count, columns]))
  }

  private func density(_ bank: GaussianBank, _ state: Int, _ frame: [Float]) -> Double {
    log(
      bank.gaussians(of: state).reduce(0.0) { sum, gaussian in
        let terms = frame.indices.reduce(0.0) {
          let deviation = Double(frame[$1]) - bank.meanVectors[gaussian, $1]
          let variance = bank.variances[gaussian, $1]
          return $0 - 0.5 * (deviation * deviation / variance + log(2 * .pi * variance))
        }
        return sum + bank.weights[gaussian] * exp(terms)
      })
  }

  @Test(arguments: [[3, 3], [1, 4, 2], [1, 1, 1]])
  func scoresAsTheFormula(_ sizes: [Int]) throws {
    let bank = try bank(sizes, columns: 5, seed: 3)
    var random = RandomStream(seed: 4)
    let frames = (0..<70).map { _ in (0..<5).map { _ in Float(random.normal()) } }
    let scale = FrameStandardization(
      means: [Float](repeating: 0, count: 5), deviations: [Float](repeating: 1, count: 5))
    let powers = try scale.powers(of: NDArray(rows: frames))
    let scores = BankScorer(bank).logLikelihoods(powers)
    for (index, frame) in frames.enumerated() {
      for state in sizes.indices {
        #expect(abs(Double(scores[index, state]) - density(bank, state, frame)) < 1e-4)
      }
      // A frame's score does not depend on which frames it came with.
      let alone = BankScorer(bank).logLikelihoods(powers.rows(index..<index + 1))
      #expect(alone.elements == scores.row(index).elements)
    }
    let last = BankScorer(bank).selecting([sizes.count - 1]).logLikelihoods(powers)
    for index in frames.indices {
      #expect(abs(last[index, 0] - scores[index, sizes.count - 1]) < 1e-4)
    }
  }

  @Test func learnsMomentsAndNeverDies() throws {
    let frames = NDArray<Float>(rows: [[0, 0], [2, 4], [4, 8]])
    let scale = FrameStandardization(means: [0, 0], deviations: [1, 1])
    let flat = GaussianBank(flat: 2, columns: 2)
    var statistics = BankStatistics(gaussianCount: 2, columns: 2)
    statistics.add(
      try scale.powers(of: frames), theta: flat.naturalParameters.slice(axis: 1, 0..<1), at: 0..<1)
    var limits = GaussianLimits()
    let learned = flat.maximized(statistics, limits: limits)
    #expect(learned.meanVectors.row(0).elements == [2, 4])
    // Three frames and one that the old variance counts for.
    #expect(abs(learned.variances[0, 0] - (8 + 1) / 4) < 1e-6)
    // The other state has heard nothing and stays.
    #expect(learned.meanVectors.row(1).elements == [0, 0])
    #expect(learned.variances.row(1).elements == [1, 1])
    limits.varianceFloor = 50
    #expect(flat.maximized(statistics, limits: limits).variances[0, 1] == 50)
  }

  @Test func splitsTheHeaviestAndKeepsTheMean() throws {
    let flat = GaussianBank(flat: 1, columns: 2)
    let grown = flat.grown(to: [3], occupancies: [1000], limits: GaussianLimits())
    #expect(grown.gaussianCount == 3)
    #expect(abs(grown.weights.reduce(0, +) - 1) < 1e-12)
    let mean = (0..<3).reduce(0.0) { $0 + grown.weights[$1] * grown.meanVectors[$1, 0] }
    #expect(abs(mean) < 1e-12)
    // Too few frames to part.
    #expect(flat.grown(to: [3], occupancies: [5], limits: GaussianLimits()).gaussianCount == 1)
  }

  @Test func refusesFramesThatAreNone() {
    let scale = FrameStandardization(means: [0], deviations: [1])
    #expect(throws: RecognitionError.self) { try scale.powers(of: NDArray(rows: [[Float.nan]])) }
    #expect(throws: RecognitionError.self) { try scale.powers(of: NDArray(rows: [[1, 2]])) }
  }
}
