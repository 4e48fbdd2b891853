import TencaNumerics
import Testing

@testable import TencaGenerative
@testable import TencaNeural

@Suite("a game on its way")
struct AdversarialTraineeTests {
  private func trainee(
    _ loss: AdversarialLoss, remedies: String = "", average: Double? = 0.9
  ) throws -> AdversarialTrainee {
    var options = AdversarialOptions(
      shape: ExampleShape(height: 8, width: 8, channels: 1), loss: loss)
    (options.width, options.noiseCount, options.classCount) = (4, 5, 2)
    options.instanceNoise = 0.1
    options.remedies = try AdversarialRemedies(names: remedies)
    return try AdversarialTrainee(
      options, try examples(), scaling: nil, averageDecay: average, seed: 7)
  }

  /// Bright columns of the left half or of the right.
  private func examples() throws -> ExampleSet {
    var pixels: [Float] = []
    for index in 0..<24 {
      let bright = index % 2 * 4 + index % 3
      for place in 0..<64 { pixels.append(place % 8 == bright ? 1 : -1) }
    }
    return try ExampleSet(
      NDArray(pixels, shape: [24, 8, 8, 1]), labels: (0..<24).map { $0 % 2 },
      classNames: ["left", "right"])
  }

  @Test(
    "a run that is stopped anywhere goes on to the same bits",
    arguments: [AdversarialLoss.nonSaturating, .wassersteinPenalty, .wassersteinClipping])
  func resumed(_ loss: AdversarialLoss) throws {
    let loop = TrainingLoop(epochs: 3, batchSize: 8, seed: 5, checkpointSteps: 1)
    var checkpoints: [Checkpoint] = []
    var whole = try trainee(loss, remedies: "discriminators:2,deviation")
    try loop.run(&whole, execution: .serial) { trainee, steps in
      checkpoints.append(Checkpoint(steps: steps, recipe: "r", arrays: trainee.arrays()))
    } report: { _, _ in
    }
    let expected = whole.arrays()
    for checkpoint in checkpoints.dropLast() {
      var rest = try trainee(loss, remedies: "discriminators:2,deviation")
      try checkpoint.restore(&rest, recipe: "r")
      try loop.run(
        &rest, from: checkpoint.steps, execution: .serial, save: { _, _ in },
        report: { _, _ in })
      let found = rest.arrays()
      #expect(found.keys.sorted() == expected.keys.sorted())
      for (name, array) in expected { #expect(found[name] == array, "\(name)") }
    }
    #expect(whole.film.count == 3)
  }

  @Test("the class asked for comes, and with labels that say nothing it does not")
  func classControl() throws {
    /// The share of samples whose brighter half is that of the class asked.
    func agreement(_ examples: ExampleSet) throws -> Double {
      var options = AdversarialOptions(shape: examples.shape)
      (options.width, options.noiseCount, options.classCount) = (8, 4, 2)
      (options.generatorRate, options.discriminatorRate) = (1e-3, 1e-3)
      var trainee = try AdversarialTrainee(
        options, examples, scaling: nil, averageDecay: 0.95, seed: 3)
      let loop = TrainingLoop(epochs: 250, batchSize: 24, seed: 5)
      try loop.run(&trainee, execution: .serial, save: { _, _ in }, report: { _, _ in })
      var random = RandomStream(seed: 1)
      let noise = Tensor(normal: [100, 4], from: &random)
      var right = 0
      for label in 0..<2 {
        // The same noise for both: asking for the other class is what moves the brightness.
        let made = trainee.result.made(of: noise, classes: Array(repeating: label, count: 100))
        let pixels = made.elements
        for index in 0..<100 {
          let halves = (0..<2).map { half in
            (0..<64).filter { $0 % 8 / 4 == half }.reduce(0.0) { $0 + pixels[index * 64 + $1] }
          }
          if (halves[1] > halves[0]) == (label == 1) { right += 1 }
        }
      }
      return Double(right) / 200
    }
    let examples = try examples()
    let told = try agreement(examples)
    #expect(told > 0.9, "\(told)")
    // Each kind of picture now has both labels equally often.
    let pictures = examples.batch(0..<24)
    let shuffled = try ExampleSet(
      pictures, labels: (0..<24).map { $0 / 2 % 2 }, classNames: ["left", "right"])
    let chance = try agreement(shuffled)
    #expect(abs(chance - 0.5) < 0.2)
  }

  @Test("a last batch that fills no pack is learned from all the same")
  func smallBatch() throws {
    var trainee = try trainee(.nonSaturating, remedies: "pack:3")
    let loop = TrainingLoop(epochs: 1, batchSize: 23, seed: 5)
    try loop.run(&trainee, execution: .serial, save: { _, _ in }, report: { _, _ in })
    #expect(trainee.result.parameters.allSatisfy { $0.isFinite })
  }

  @Test("what is used is the average where one is kept")
  func average() throws {
    let loop = TrainingLoop(epochs: 1, batchSize: 8, seed: 5)
    func run(_ decay: Double?) throws -> AdversarialTrainee {
      var trainee = try trainee(.nonSaturating, average: decay)
      try loop.run(&trainee, execution: .serial, save: { _, _ in }, report: { _, _ in })
      return trainee
    }
    let (with, without) = (try run(0.9), try run(nil))
    #expect(
      with.game.generator.parameters.map(\.elements) == without.result.parameters.map(\.elements))
    #expect(with.result.parameters.map(\.elements) != without.result.parameters.map(\.elements))
  }

  @Test("a generator that is saved makes the same pictures, and damage is named")
  func saved() throws {
    let trainee = try trainee(.nonSaturating)
    let saved = SavedGenerator(
      trainee.result, trainee.game.options, scaling: nil, classNames: ["left", "right"],
      training: .init(source: "here", count: 24, epochs: 1, seed: 7))
    let archive = try saved.archive()
    let again = try SavedGenerator(archive: archive)
    var (a, b) = (RandomStream(seed: 1), RandomStream(seed: 1))
    let pictures = saved.sampled(4, classes: [0, 1, 0, 1], &a)
    #expect(again.sampled(4, classes: [0, 1, 0, 1], &b).elements == pictures.elements)
    #expect(pictures.elements.allSatisfy { (0...1).contains($0) })
    #expect(try again.classIndex("right") == 1 && again.training == saved.training)
    #expect(throws: GenerativeError.unknownClass(name: "up", known: ["left", "right"])) {
      try again.classIndex("up")
    }
    var damaged = archive
    damaged.arrays["0.weight"] = nil
    #expect(throws: NeuralError.missingTensor(name: "0.weight")) {
      try SavedGenerator(archive: damaged)
    }
  }

  @Test("a monitor knows real pictures, and one picture over and over")
  func monitor() throws {
    /// Gives examples that are there already.
    struct Copying: GenerativeModel {
      let pictures: Tensor
      var shape: ExampleShape { ExampleShape(height: 8, width: 8, channels: 1) }
      var codeCount: Int { 1 }
      var classNames: [String] { [] }
      var scaling: ExampleScaling? { nil }
      var representation: String? { nil }
      var training: TrainingOrigin { .init(source: "", count: 0, epochs: 0, seed: 0) }
      func decoded(_ codes: Tensor, classes: [Int]?) -> Tensor {
        let rows = (0..<codes.shape[0]).map { $0 % pictures.shape[0] }
        return pictures.reshaped([pictures.shape[0], 64]).gathered(rows.map(Int32.init))
          .reshaped([codes.shape[0], 8, 8, 1])
      }
      func sampled(
        _ count: Int, classes: [Int]?, temperature: Double, fromPrior: Bool,
        _ random: inout RandomStream
      ) -> Tensor { decoded(Tensor(zeros: [count, 1]), classes: nil) }
    }
    let examples = try examples()
    let monitor = try SampleMonitor(
      examples, extractor: nil, scaling: nil, random: RandomStream(seed: 1))
    let all = examples.tensor(0..<24)
    #expect(abs(try monitor.score(Copying(pictures: all)).diversity - 1) < 1e-9)
    #expect(try monitor.score(Copying(pictures: all.sliced(0, 0..<1))).diversity == 0)
  }

  @Test("troubles are told once, in words, until they have passed")
  func advice() throws {
    var options = AdversarialOptions(
      shape: ExampleShape(height: 8, width: 8, channels: 1), loss: .minimax)
    options.remedies.packSize = 2
    var advice = GameAdvice(options)
    func measures(_ accuracy: Double, _ gradient: Double, _ diversity: Double) -> [TrainingMeasure]
    {
      [
        .init("realAccuracy", accuracy), .init("fakeAccuracy", accuracy),
        .init("generatorGradient", gradient), .init("diversity", diversity),
      ]
    }
    #expect(advice.troubles(measures(0.7, 5, 0.9)).isEmpty)
    #expect(
      advice.troubles(measures(0.999, 0.01, 0.1)) == [
        .discriminatorAlwaysRight, .vanishingGradient, .collapse,
      ])
    #expect(advice.troubles(measures(0.999, 0.01, 0.1)).isEmpty)
    #expect(advice.troubles(measures(0.6, 3, 0.9)).isEmpty)
    #expect(advice.troubles(measures(0.6, 3, 0.1)) == [.collapse])
    #expect(advice.words(.vanishingGradient).contains("--loss non-saturating"))
    #expect(advice.words(.collapse).contains("minibatch"))
    #expect(!advice.words(.collapse).contains("pack"))
    var critic = GameAdvice(AdversarialOptions(shape: options.shape, loss: .wassersteinPenalty))
    #expect(critic.troubles(measures(1, 5, 0.9)).isEmpty)
  }
}
