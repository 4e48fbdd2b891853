import TencaNumerics
import Testing

@testable import TencaNeural

/// A line through points, learned by gradients.
private struct Line: Trainee {
  var layer: Linear
  var optimizer = Optimizer(.adam(), rate: 0.05)
  let x: Tensor
  let y: Tensor

  init() {
    var random = RandomStream(seed: 3)
    layer = Linear(3, 1, &random)
    x = Tensor(normal: [40, 3], from: &random)
    y = Tensor.product(x, Tensor([1.0, -2, 0.5], shape: [3, 1])) + 0.25
  }

  var exampleCount: Int { 40 }

  mutating func step(_ examples: [Int], _ moment: TrainingMoment) throws -> [TrainingMeasure] {
    let indices = examples.map(Int32.init)
    let (inputs, targets) = (x.gathered(indices), y.gathered(indices))
    var random = moment.random
    let noise = Tensor(normal: [examples.count, 1], deviation: 0.01, from: &random)
    var pass = ForwardPass.training(random)
    let (loss, gradients) = try layer.lossAndGradients { layer in
      (layer(inputs, &pass) - targets + noise).squared().mean()
    }
    optimizer.update(&layer, gradients)
    return [TrainingMeasure("loss", loss.scalar)]
  }

  func arrays() -> [String: ArchivedArray] {
    layer.arrays().merging(optimizer.arrays(prefix: "optimizer.")) { a, _ in a }
  }

  mutating func load(_ arrays: [String: ArchivedArray], steps: Int) throws {
    try layer.load(arrays)
    try optimizer.load(
      arrays, prefix: "optimizer.", steps: steps, parameters: layer.parameters)
  }
}

@Suite("training loop")
struct TrainingLoopTests {
  private let loop = TrainingLoop(epochs: 6, batchSize: 7, seed: 9, checkpointSteps: 1)

  @Test("a line is learned, and every epoch sees every example once")
  func learns() throws {
    var line = Line()
    var losses: [Double] = []
    try TrainingLoop(epochs: 60, batchSize: 7, seed: 9).run(&line, execution: .serial) { _, _ in
    } report: { report, _ in
      losses.append(report.measures[0].value)
    }
    #expect(losses.count == 60 && losses.last! < 0.01 * losses.first!)
    let weights = line.layer.weight.elements
    for (found, exact) in zip(weights, [1.0, -2, 0.5]) { #expect(abs(found - exact) < 0.05) }
    for epoch in 0..<3 {
      #expect(loop.order(of: 40, epoch: epoch).sorted() == Array(0..<40))
      #expect(loop.order(of: 40, epoch: epoch) != loop.order(of: 40, epoch: epoch + 1))
    }
    #expect(loop.stepsPerEpoch(40) == 6)
  }

  @Test("a run that goes on from any checkpoint ends in the same state", arguments: [1, 6, 13, 35])
  func resumes(at stop: Int) throws {
    var whole = Line()
    var saved: Checkpoint?
    try loop.run(&whole, execution: .serial) { line, steps in
      if steps == stop {
        saved = Checkpoint(steps: steps, recipe: "line", arrays: line.arrays())
      }
    } report: { _, _ in
    }
    let checkpoint = try Checkpoint(archive: try #require(saved).archive())
    var resumed = Line()
    try checkpoint.restore(&resumed, recipe: "line")
    try loop.run(&resumed, from: checkpoint.steps, execution: .serial) { _, _ in
    } report: { _, _ in
    }
    #expect(resumed.arrays() == whole.arrays())
    #expect(throws: NeuralError.otherRecipe(saved: "line", now: "curve")) {
      try checkpoint.restore(&resumed, recipe: "curve")
    }
  }

  @Test("when stopped, the state is saved between two steps")
  func stops() throws {
    var line = Line()
    let cancellation = Cancellation()
    cancellation.cancel()
    var steps: [Int] = []
    #expect(throws: CancellationError.self) {
      try loop.run(&line, execution: Execution(cancellation: cancellation)) { _, step in
        steps.append(step)
      } report: { _, _ in
      }
    }
    #expect(steps == [0])
  }

  @Test("a damaged or other network is refused by name")
  func refusals() throws {
    var line = Line()
    var arrays = line.arrays()
    arrays["weight"] = .float(NDArray(zeros: [2, 3]))
    #expect(
      throws: NeuralError.wrongShape(name: "weight", found: [2, 3], expected: [1, 3])
    ) { try line.load(arrays, steps: 1) }
    arrays["weight"] = nil
    #expect(throws: NeuralError.missingTensor(name: "weight")) {
      try line.load(arrays, steps: 1)
    }
    arrays["weight"] = .float(NDArray([1, .nan, 0], shape: [1, 3]))
    #expect(throws: NeuralError.notFinite(name: "weight")) { try line.load(arrays, steps: 1) }
  }
}
