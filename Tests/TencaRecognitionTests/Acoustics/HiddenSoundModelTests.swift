import TencaNumerics
import Testing

@testable import TencaRecognition

@Suite struct HiddenSoundModelTests {
  /// A sound that goes through three levels, or back through them.
  private func sound(_ levels: [Double], _ random: inout RandomStream) -> NDArray<Float> {
    NDArray(
      rows: levels.flatMap { level in
        (0..<8 + Int(random.next() % 5)).map { _ in
          [Float(level + 0.4 * random.normal()), Float(random.normal())]
        }
      })
  }

  private func set(_ count: Int, seed: UInt64) -> FeatureSet {
    var random = RandomStream(seed: seed)
    return FeatureSet(
      recordings: (0..<2 * count).map {
        Recording(path: "\($0)", name: "\($0)", label: $0 % 2 == 0 ? "up" : "down")
      },
      features: (0..<2 * count).map { sound($0 % 2 == 0 ? [-2, 0, 2] : [2, 0, -2], &random) })
  }

  private func options(_ topology: StateTopology, states: Int = 3) -> ClassifierOptions {
    var options = ClassifierOptions()
    options.components = 2
    options.hidden = HiddenSoundOptions()
    options.hidden!.topology = topology
    options.hidden!.states = states
    return options
  }

  /// What a mixture cannot tell apart: the same levels in another order.
  @Test(arguments: StateTopology.allCases)
  func hearsTheOrder(_ topology: StateTopology) throws {
    let classifier = try Classifier.train(
      set(20, seed: 1), options: options(topology), source: "", calibrates: false,
      execution: .serial)
    let evaluation = try classifier.evaluate(set(20, seed: 2), execution: .serial)
    #expect(evaluation.confusion.accuracy > 0.97)
    var mixture = ClassifierOptions()
    mixture.components = 6
    let deaf = try Classifier.train(
      set(20, seed: 1), options: mixture, source: "", calibrates: false, execution: .serial)
    #expect(try deaf.evaluate(set(20, seed: 2), execution: .serial).confusion.accuracy < 0.8)
  }

  @Test func neverDiesOnFewData() throws {
    var options = options(.leftRight, states: 6)
    options.components = 4
    for topology in StateTopology.allCases {
      options.hidden!.topology = topology
      let classifier = try Classifier.train(
        set(1, seed: 3), options: options, source: "", calibrates: false, execution: .serial)
      let scores = try classifier.logLikelihoods(set(1, seed: 4).features[0])
      #expect(scores.allSatisfy { $0.isFinite })
      // Shorter than its states.
      let short = NDArray<Float>(rows: [[0, 0], [1, 1]])
      let shortScores = try classifier.logLikelihoods(short)
      #expect(shortScores.allSatisfy { $0.isFinite })
    }
  }

  @Test func doesNotDependOnWhereASoundIsCut() throws {
    let classifier = try Classifier.train(
      set(10, seed: 1), options: options(.leftRight), source: "", calibrates: false,
      execution: .serial)
    let features = set(1, seed: 5).features[0]
    var evidence = ClassEvidence(ClassScorers(classifier.models))
    for first in stride(from: 0, to: features.rows, by: 7) {
      try evidence.add(features.rows(first..<min(first + 7, features.rows)))
    }
    let whole = try classifier.logLikelihoods(features)
    #expect(evidence.logLikelihoods == whole)
  }
}
