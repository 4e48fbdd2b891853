import TencaMarkov
import TencaNumerics
import Testing

/// Likelihoods, paths and posteriors of hmmlearn 0.3.3 for models of its parameters: `m.score(X)`,
/// `m.decode(X)`, `m.predict_proba(X)`.
@Suite struct HmmlearnParametersTests {
  private let chain: [String: ArchivedArray] = [
    "startprob": .double(NDArray([0.6, 0.4])),
    "transmat": .double(NDArray(rows: [[0.7, 0.3], [0.2, 0.8]])),
  ]
  private let rows = NDArray<Double>(rows: [
    [0.1, 0.9], [1.8, -0.7], [2.2, -1.4], [0.4, 2.0], [1.0, 0.0],
  ])

  private func model(
    _ arrays: [String: NDArray<Double>]
  ) throws -> HiddenMarkovModel<AnyEmission> {
    try HiddenMarkovModel(
      hmmlearn: chain.merging(arrays.mapValues { .double($0) }) { first, _ in first })
  }

  @Test func fullGaussians() throws {
    let model = try model([
      "means": NDArray(rows: [[0, 1], [2, -1]]),
      "covars": NDArray([1, 0.3, 0.3, 2, 0.5, -0.1, -0.1, 0.8], shape: [2, 2, 2]),
    ])
    #expect(abs(try model.logLikelihood(of: rows) + 14.036291103422172) < 1e-10)
    let path = try model.viterbi(rows)
    #expect(path.states == [0, 1, 1, 0, 0])
    #expect(abs(path.logProbability + 14.563451721287304) < 1e-10)
    let expected = [
      0.9766288683984149, 0.022493460521075086, 0.0039981544272758894, 0.9894889348118545,
      0.6223446414042697,
    ]
    for (row, probability) in expected.enumerated() {
      #expect(abs(try model.smoothed(rows).smoothed[row, 0] - probability) < 1e-10)
    }
  }

  @Test func mixtures() throws {
    let model = try model([
      "weights": NDArray(rows: [[0.5, 0.5], [0.25, 0.75]]),
      "means": NDArray([0, 1, 1, 1, 2, -1, 3, 0], shape: [2, 2, 2]),
      "covars": NDArray([1, 2, 0.5, 0.5, 0.3, 0.4, 1, 1], shape: [2, 2, 2]),
    ])
    #expect(abs(try model.logLikelihood(of: rows) + 14.80980382375482) < 1e-10)
    let path = try model.viterbi(rows)
    #expect(path.states == [0, 1, 1, 0, 0])
    #expect(abs(path.logProbability + 15.020655026214321) < 1e-10)
  }

  @Test func symbolsAndCounts() throws {
    let symbols = try model(["emissionprob": NDArray(rows: [[0.1, 0.4, 0.5], [0.6, 0.3, 0.1]])])
    let words = NDArray<Double>(rows: [[0], [2], [1], [1], [0]])
    #expect(abs(try symbols.logLikelihood(of: words) + 5.837954072168145) < 1e-10)
    #expect(abs(try symbols.viterbi(words).logProbability + 7.541046886308893) < 1e-10)
    let counts = try model(["lambdas": NDArray(rows: [[2], [7]])])
    let numbers = NDArray<Double>(rows: [[1], [3], [8], [6], [2]])
    #expect(abs(try counts.logLikelihood(of: numbers) + 11.527007311776313) < 1e-10)
    #expect(try counts.viterbi(numbers).states == [0, 0, 1, 1, 0])
  }

  @Test(arguments: [[2], [2, 3], [3, 3], [2, 3, 3]])
  func shapesTellTheKind(_ shape: [Int]) throws {
    let covariance: NDArray<Double> =
      switch shape.count {
      case 3: NDArray((0..<18).map { $0 % 9 % 4 == 0 ? 2 : 0 }, shape: shape)
      case 2 where shape[0] == 3: NDArray(rows: [[2, 0, 0], [0, 2, 0], [0, 0, 2]])
      default: NDArray(repeating: 2, shape: shape)
      }
    let model = try model([
      "means": NDArray(rows: [[0, 1, 2], [3, 4, 5]]), "covars": covariance,
    ])
    let row = NDArray<Double>(rows: [[0, 0, 0]])
    // All these covariances are twice the identity.
    let same = try self.model([
      "means": NDArray(rows: [[0, 1, 2], [3, 4, 5]]),
      "covars_": NDArray(repeating: 2, shape: [2, 3]),
    ])
    #expect(
      abs(try model.logLikelihood(of: row) - same.logLikelihood(of: row)) < 1e-12)
  }

  @Test func refusesWhatIsNone() {
    #expect(throws: MarkovError.self) { try model(["means": NDArray(rows: [[0], [1]])]) }
    #expect(throws: MarkovError.self) { try model(["lambdas": NDArray(rows: [[0], [-1]])]) }
    #expect(throws: MarkovError.self) {
      try model(["means": NDArray(rows: [[0], [1]]), "covars": NDArray(repeating: 1, shape: [5])])
    }
  }
}
