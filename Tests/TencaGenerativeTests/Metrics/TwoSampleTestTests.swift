import TencaNumerics
import Testing

@testable import TencaGenerative

@Suite("Two-sample test")
struct TwoSampleTestTests {
  // X, y = np.r_[a, b], np.r_[np.ones(40), np.zeros(50)]
  // sklearn.linear_model.LogisticRegression(C=1.0, tol=1e-13, solver="newton-cholesky").fit(X, y)
  @Test("The regression has scikit-learn's weights")
  func scikitLearn() throws {
    let model = try LogisticRegression(
      fitting: .concatenated([generatedWaves, realWaves]), isPositive: (0..<90).map { $0 < 40 })
    let expected = [
      -0.42249314822626066, -0.4898726676401103, -0.45691370451394864, -0.42558149478880913,
    ]
    #expect(zip(model.weights.elements, expected).allSatisfy { abs($0 - $1) < 1e-5 })
    #expect(abs(model.intercept - 0.1638903) < 1e-5)
  }

  @Test("Samples of one distribution are not told apart, samples of two are")
  func power() throws {
    // Right half the time, over twenty pairs of sets: one alone is off by its interval now and then.
    let trials = try (0..<20).map { trial in
      try twoSampleTest(
        generated: normals([120, 4], seed: UInt64(100 + trial)),
        real: normals([100, 4], seed: UInt64(200 + trial)), random: RandomStream(seed: 3))
    }
    #expect(trials.allSatisfy { $0.total == 100 })
    let pooled = Proportion(correct: trials.reduce(0) { $0 + $1.correct }, total: 2000)
    #expect(pooled.interval.contains(0.5))
    let real = normals([300, 4], seed: 1)
    let shifted = try twoSampleTest(
      generated: normals([300, 4], mean: 1, seed: 4), real: real, random: RandomStream(seed: 3))
    // The best plane is right with probability Φ(‖shift‖ / 2) = Φ(1) = 0.841.
    #expect(shifted.interval.contains(0.8413))
    #expect(shifted.interval.lowerBound > 0.5)
    let apart = try twoSampleTest(
      generated: normals([300, 4], mean: 50, seed: 5), real: real, random: RandomStream(seed: 3))
    #expect(apart.value == 1)
  }

  @Test("The same seed gives the same halves; a set is not told from itself")
  func itself() throws {
    let real = normals([200, 3], seed: 6)
    let first = try twoSampleTest(generated: real, real: real, random: RandomStream(seed: 7))
    let again = try twoSampleTest(generated: real, real: real, random: RandomStream(seed: 7))
    #expect(first == again)
    #expect(first.value < 0.62)
  }

  @Test("A ridge of 0 and sets that cannot be halved are refused")
  func refused() {
    #expect(throws: GenerativeError.self) {
      try twoSampleTest(
        generated: generatedWaves, real: realWaves, ridge: 0, random: RandomStream(seed: 1))
    }
    #expect(throws: GenerativeError.tooFewSamples(set: "generated samples", count: 3, least: 4)) {
      try twoSampleTest(
        generated: normals([3, 4], seed: 1), real: realWaves, random: RandomStream(seed: 1))
    }
  }
}
