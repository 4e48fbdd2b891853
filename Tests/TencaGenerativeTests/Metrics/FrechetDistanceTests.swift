import TencaNumerics
import Testing

@testable import TencaGenerative

@Suite("Fréchet distance")
struct FrechetDistanceTests {
  private func distance(_ a: NDArray<Double>, _ b: NDArray<Double>) throws -> Double {
    try frechetDistance(FeatureStatistics(a), FeatureStatistics(b))
  }

  // m = a.mean(0) - b.mean(0); A, B = np.cov(a.T), np.cov(b.T)
  // m @ m + np.trace(A) + np.trace(B) - 2 * np.trace(scipy.linalg.sqrtm(A @ B)).real
  @Test("As scipy's general matrix square root has it")
  func scipy() throws {
    #expect(abs(try distance(generatedWaves, realWaves) - 1.0808509919724392) < 1e-10)
    #expect(abs(try distance(realWaves, generatedWaves) - 1.0808509919724392) < 1e-10)
  }

  @Test("One feature: the difference of means and of standard deviations, squared")
  func oneFeature() throws {
    let a = NDArray<Double>([1, 3], shape: [2, 1])  // mean 2, variance 2
    let b = NDArray<Double>([3, 9], shape: [2, 1])  // mean 6, variance 18
    // 4² + (√18 − √2)² = 16 + 8
    #expect(abs(try distance(a, b) - 24) < 1e-12)
  }

  @Test("A set with itself is 0, in any order of its samples, with dead and doubled features too")
  func itself() throws {
    let live = normals([60, 12], mean: 5, seed: 1)
    let dead = NDArray<Double>(repeating: 3, shape: [60, 7])
    let samples = NDArray.concatenated([live, dead, live], axis: 1)
    let turned = samples.selectingRows(Array((0..<60).reversed()))
    #expect(try distance(samples, samples) == 0)
    #expect(try distance(samples, turned) < 1e-11)
    // Fewer samples than features: the covariance is singular.
    let few = normals([5, 20], seed: 2)
    #expect(try distance(few, few.selectingRows([4, 2, 0, 1, 3])) < 1e-11)
  }

  @Test("A shift of all samples is its squared length, and dead units change nothing")
  func shifted() throws {
    let samples = normals([50, 3], seed: 3)
    #expect(abs(try distance(samples, samples + 2) - 12) < 1e-11)
    let dead = NDArray<Double>(repeating: -1, shape: [50, 4])
    let others = normals([50, 3], mean: 1, deviation: 2, seed: 4)
    let wider = try distance(
      .concatenated([samples, dead], axis: 1), .concatenated([others, dead], axis: 1))
    #expect(abs(wider - (try distance(samples, others))) < 1e-11)
  }

  @Test("Batches merge to the statistics of all; the same bytes on any number of threads")
  func merging() throws {
    let samples = normals([2500, 3], mean: 1000, seed: 5)
    let whole = try FeatureStatistics(samples)
    var parts = try FeatureStatistics(samples.rows(0..<1))
    for range in [1..<700, 700..<702, 702..<2500] {
      parts.merge(try FeatureStatistics(samples.rows(range)))
    }
    #expect(parts.count == 2500)
    #expect(zip(parts.means.elements, whole.means.elements).allSatisfy { abs($0 - $1) < 1e-10 })
    #expect(
      zip(parts.covariance.elements, whole.covariance.elements).allSatisfy { abs($0 - $1) < 1e-11 })
    #expect(try FeatureStatistics(samples, execution: Execution(threads: 3)) == whole)
    // The slow way, over n − 1.
    let column = samples.column(1).elements
    let mean = column.reduce(0, +) / 2500
    let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2499
    #expect(abs(whole.variances[1] - variance) < 1e-10)
  }

  @Test("What is no features is refused, by name")
  func refused() throws {
    var bad = normals([4, 3], seed: 6)
    bad[2, 1] = .nan
    #expect(
      throws: GenerativeError.featureNotFinite(set: "x", sample: 2, feature: 1, value: "nan")
    ) { try FeatureStatistics(bad, set: "x") }
    #expect(throws: GenerativeError.tooFewSamples(set: "samples", count: 0, least: 1)) {
      try FeatureStatistics(NDArray(zeros: [0, 3]))
    }
    #expect(throws: GenerativeError.self) { try FeatureStatistics(NDArray(zeros: [3])) }
    #expect(throws: GenerativeError.self) {
      try distance(generatedWaves, normals([9, 3], seed: 7))
    }
    #expect(throws: GenerativeError.tooFewSamples(set: "a Fréchet distance", count: 1, least: 2)) {
      try distance(normals([1, 3], seed: 8), normals([9, 3], seed: 7))
    }
  }
}
