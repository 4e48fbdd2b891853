import Foundation
import TencaGenerative
import TencaNeural
import TencaNumerics
import Testing

@Suite("grey pictures stacked in threes")
struct StackTests {
  /// Pictures of 8 × 8 pixels, each of one brightness that says its class.
  private func pictures(_ classes: Int = 3, count: Int = 90, side: Int = 8) throws -> ExampleSet {
    let labels = (0..<count).map { $0 % classes }
    let pixels = labels.flatMap { label in
      [Float](repeating: Float(label) / Float(classes - 1), count: side * side)
    }
    return try ExampleSet(
      NDArray(pixels, shape: [count, side, side, 1]), labels: labels,
      classNames: (0..<classes).map { "shade \($0)" })
  }

  private func extractor(_ examples: ExampleSet) throws -> FeatureExtractor {
    var trainee = try FeatureTrainee(examples, rate: 3e-3, seed: 1)
    try TrainingLoop(epochs: 30, batchSize: 30, seed: 1)
      .run(&trainee, execution: .serial, save: { _, _ in }, report: { _, _ in })
    return FeatureExtractor(trainee.network, classNames: examples.classNames, source: "shades")
  }

  @Test("each channel of a stack is a picture, and all threes occur")
  func stacks() throws {
    var random = RandomStream(seed: 1)
    let stacks = try pictures().stacked(500, &random)
    #expect(stacks.shape == ExampleShape(height: 8, width: 8, channels: 3))
    #expect(stacks.count == 500 && stacks.labels == nil)
    var found: Set<[Float]> = []
    for index in 0..<stacks.count {
      let numbers = stacks.example(index)
      let first = Array(numbers[..<3])
      #expect(
        stride(from: 0, to: numbers.count, by: 3).allSatisfy {
          Array(numbers[$0..<$0 + 3]) == first
        })
      found.insert(first)
    }
    #expect(found.count == 27)
  }

  @Test("modes are counted, those of confident stacks by themselves, and unevenness is told")
  func counting() {
    let found = StackCoverage(of: [0, 0, 5], isConfident: [true, false, false], modes: 8)
    #expect(found.covered == 2 && found.coveredWell == 1 && found.samples == 3)
    #expect(abs(found.confidentShare - 1.0 / 3) < 1e-12)
    let expected = 2.0 / 3 * log(16.0 / 3) + 1.0 / 3 * log(8.0 / 3)
    #expect(abs(found.divergence - expected) < 1e-12)
    let even = StackCoverage(
      of: Array(0..<8), isConfident: .init(repeating: true, count: 8), modes: 8)
    #expect(abs(even.divergence) < 1e-12 && even.coveredWell == 8)
    let single = StackCoverage(of: [3, 3], isConfident: [true, true], modes: 8)
    #expect(abs(single.divergence - log(8)) < 1e-12)
  }

  @Test("true stacks cover every mode; a game is the same for the same seed")
  func game() throws {
    let examples = try pictures()
    let experiment = try StackExperiment(
      examples, extractor(examples), stacks: 64, samples: 600)
    #expect(experiment.modeCount == 27)
    let reference = try experiment.reference(seed: 1)
    #expect(reference.covered == 27 && reference.coveredWell == 27 && reference.samples == 600)
    #expect(reference.divergence > 0 && reference.divergence < 0.1)
    var options = experiment.options(.nonSaturating, try AdversarialRemedies(names: "pack:2"))
    (options.width, options.noiseCount) = (4, 8)
    func play(_ seed: UInt64) throws -> StackExperiment.Outcome {
      try experiment.run(options, steps: 4, batchSize: 16, average: 0.5, seed: seed)
    }
    let first = try play(1)
    #expect(first.shown.shape == [64, 8, 8, 3] && first.coverage.samples == 600)
    #expect(first.shown.elements.allSatisfy { (0...1).contains($0) })
    let again = try play(1)
    #expect(again.shown == first.shown && again.coverage == first.coverage)
    #expect(try play(2).shown != first.shown)
  }

  @Test("pictures without labels, in colour, of another size or of other classes are refused")
  func refused() throws {
    let examples = try pictures()
    let extractor = try extractor(examples)
    func message(_ examples: ExampleSet) -> String {
      do {
        _ = try StackExperiment(examples, extractor)
        return ""
      } catch { return "\(error)" }
    }
    var random = RandomStream(seed: 1)
    let colour = try ExampleSet(
      examples.stacked(6, &random).batch(0..<6), labels: [0, 1, 2, 0, 1, 2],
      classNames: examples.classNames)
    #expect(message(colour).contains("channels is 3"))
    #expect(message(try ExampleSet(examples.batch(0..<9))).contains("no label"))
    #expect(message(try pictures(side: 9)).contains("examples of 9 × 9 × 1"))
    #expect(message(try pictures(2)).contains("option features is of the classes shade 0"))
    #expect(throws: GenerativeError.self) { try colour.stacked(2, &random) }
  }
}
