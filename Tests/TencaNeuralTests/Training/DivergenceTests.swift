import TencaNumerics
import Testing

@testable import TencaNeural

/// Two layers whose weights, inputs and targets a test may spoil.
private struct Pair: Trainee {
  var network: Sequential
  var rate = 0.01
  var x: Tensor
  var targets = Tensor(zeros: [8, 1])
  /// The measure that the step makes up; nil for the loss alone.
  var extra: Double?

  init() {
    var random = RandomStream(seed: 3)
    network = Sequential([
      Linear(3, 4, activation: .tanh, &random), Dropout(0.2), Linear(4, 1, &random),
    ])
    x = Tensor(normal: [8, 3], from: &random)
  }

  var exampleCount: Int { 8 }

  mutating func step(_ examples: [Int], _ moment: TrainingMoment) throws -> [TrainingMeasure] {
    var pass = ForwardPass.training(moment.random)
    let (loss, gradients) = try network.lossAndGradients("pair.") { [x, targets] network in
      (network(x, &pass) - targets).squared().mean()
    }
    var optimizer = Optimizer(.sgd(), rate: rate)
    optimizer.update(&network, gradients)
    return [TrainingMeasure("loss", loss.scalar)] + (extra.map { [.init("extra", $0)] } ?? [])
  }

  mutating func spoil(_ name: String) {
    network.forEachTensor("") { found, _, tensor in
      if found == name {
        var elements = tensor.elements
        elements[0] = .nan
        tensor = Tensor(elements, shape: tensor.shape)
      }
    }
  }

  func arrays() -> [String: ArchivedArray] { network.arrays() }
  mutating func load(_ arrays: [String: ArchivedArray], steps: Int) throws {
    try network.load(arrays)
  }
}

@Suite("divergence")
struct DivergenceTests {
  /// What stops a run of a spoiled pair, and what is left of it.
  private func failure(_ spoil: (inout Pair) -> Void) -> (NeuralError?, Pair) {
    var pair = Pair()
    spoil(&pair)
    let error = #expect(throws: NeuralError.self) {
      try TrainingLoop(epochs: 5, batchSize: 8, seed: 1).run(&pair, execution: .serial) { _, _ in
      } report: { _, _ in
      }
    }
    return (error, pair)
  }

  /// A layer whose weights are all the same.
  private func layer(_ inputs: Int, _ outputs: Int, _ weight: Double) -> Linear {
    var random = RandomStream(seed: 5)
    return Linear(inputs, outputs, initializer: .constant(weight), &random)
  }

  @Test("a weight that is no number is named", arguments: ["0.weight", "0.bias", "2.weight"])
  func weight(name: String) {
    let (error, pair) = failure { $0.spoil(name) }
    #expect(error == .diverged(what: "the loss", place: .tensor("pair.\(name)"), step: 1))
    // The step changed nothing: other weights are as they were.
    #expect(pair.network.parameters.count { !$0.isFinite } == 1)
  }

  @Test("a layer that makes infinities of finite weights is named, and its step")
  func overflow() {
    var (error, _) = failure {
      $0.network.layers[2] = layer(4, 1, 2e38)
    }
    #expect(error == .diverged(what: "the loss", place: .layer("pair.2"), step: 1))
    // A step size so large that the weights of the second step are beyond what squares can hold.
    (error, _) = failure { $0.rate = 1e30 }
    #expect(error == .diverged(what: "the loss", place: .layer("pair.2"), step: 2))
    #expect(
      error?.description == """
        the loss became NaN or infinite in step 2, first in what the layer 'pair.2' makes: try a \
        smaller learning rate, or clip gradients
        """)
  }

  @Test("a gradient that overflows where the loss does not is named, and changes no weight")
  func gradient() {
    let (error, pair) = failure {
      $0.x = Tensor(repeating: 3e38, shape: [8, 3])
      $0.targets = Tensor(repeating: 1e4, shape: [8, 1])
      $0.network.layers[0] = layer(3, 4, 0)
    }
    #expect(error == .diverged(what: "the gradient", place: .gradient("pair.0.weight"), step: 1))
    #expect(pair.network.parameters.allSatisfy { $0.isFinite })
  }

  @Test("a measure that no network made is named without a place")
  func measure() {
    let (error, _) = failure { $0.extra = .infinity }
    #expect(error == .diverged(what: "extra", step: 1))
    #expect(error?.description.hasPrefix("extra became NaN or infinite in step 1: ") == true)
  }
}
