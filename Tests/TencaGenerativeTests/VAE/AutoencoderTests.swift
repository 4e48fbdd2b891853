import TencaNeural
import TencaNumerics
import Testing

@testable import TencaGenerative

#if canImport(Glibc)
  import Glibc
#endif

@Suite("autoencoder")
struct AutoencoderTests {
  private func network(
    _ change: (inout AutoencoderOptions) -> Void = { _ in }
  ) throws -> Autoencoder {
    var options = AutoencoderOptions(shape: ExampleShape(height: 8, width: 8, channels: 1))
    (options.width, options.latentCount) = (6, 3)
    change(&options)
    var random = RandomStream(seed: 2)
    return try Autoencoder(options, random: &random)
  }

  private func examples(_ count: Int) -> Tensor {
    var random = RandomStream(seed: 4)
    return Tensor(uniform: [count, 8, 8, 1], from: &random)
  }

  @Test("the bound is its closed form, number by number")
  func bound() throws {
    var network = try network()
    let x = examples(2)
    let noise = Tensor([0.5, -1, 0.25, 2, 0, -0.5], shape: [2, 3])
    var pass = ForwardPass.inference
    let (loss, bound) = network.loss(x, classes: nil, noise: noise, &pass)
    let (mean, logVariance) = network.encode(x, &pass)
    let (m, v) = (mean.elements, try #require(logVariance).elements)
    let kl = zip(m, v).reduce(0) { $0 + 0.5 * ($1.0 * $1.0 + exp($1.1) - 1 - $1.1) } / 2
    #expect(abs(bound.divergence - kl) < 1e-5)
    let code = zip(zip(m, v), noise.elements).map { $0.0 + $1 * exp(0.5 * $0.1) }
    let logits = network.decode(Tensor(code, shape: [2, 3]), &pass).elements
    let error = zip(logits, x.elements).reduce(0) { sum, pair in
      let p = 1 / (1 + exp(-pair.0))
      return sum - pair.1 * log(p) - (1 - pair.1) * log(1 - p)
    }
    #expect(abs(bound.reconstruction - error / 2) < 1e-4)
    #expect(abs(loss.scalar - bound.negativeElbo) < 1e-4)
  }

  @Test("the levels of the discretised logistic share out one", arguments: [0.1, 0.5, 0.99])
  func levels(mean: Double) throws {
    let network = try network { $0.likelihood = .logistic }
    let x = Tensor((0..<256).map { Double($0) / 255 }, shape: [256, 1, 1, 1])
    let errors = network.reconstructionError(
      Tensor(repeating: mean, shape: [256, 1, 1, 1]), x)
    let total = errors.elements.reduce(0) { $0 + exp(-$1) }
    #expect(abs(total - 1) < 1e-3)
  }

  @Test("free bits and beta weigh the divergence")
  func weights() throws {
    let x = examples(3)
    let noise = Tensor(zeros: [3, 3])
    func loss(_ change: (inout AutoencoderOptions) -> Void) throws -> (Double, Autoencoder.Bound) {
      var network = try network(change)
      var pass = ForwardPass.inference
      let (loss, bound) = network.loss(x, classes: nil, noise: noise, &pass)
      return (loss.scalar, bound)
    }
    let (plain, bound) = try loss { _ in }
    let (heavy, _) = try loss { $0.beta = 4 }
    #expect(abs(heavy - plain - 3 * bound.divergence) < 1e-3)
    let (free, _) = try loss { $0.freeBits = 10 }
    #expect(abs(free - (bound.reconstruction + 30)) < 1e-3)
  }

  @Test("the importance-weighted bound is below the negative ELBO, and falls with samples")
  func importance() throws {
    let network = try network()
    let x = examples(20)
    func bound(_ samples: Int) -> Double {
      var random = RandomStream(seed: 8)
      let values = network.importanceWeightedError(x, classes: nil, samples: samples, &random)
      return values.reduce(0, +) / Double(values.count)
    }
    // The code's variances are far from the truth in a network that learned nothing, so it matters.
    let (one, many) = (bound(1), bound(200))
    #expect(many < one)
    #expect(many > 0 && many > one - 20)
  }

  @Test(
    "learning lowers the bound, whatever the architecture and likelihood",
    arguments: AutoencoderOptions.Architecture.allCases, AutoencoderOptions.Likelihood.allCases)
  func learns(
    architecture: AutoencoderOptions.Architecture, likelihood: AutoencoderOptions.Likelihood
  ) throws {
    var random = RandomStream(seed: 4)
    var values = NDArray<Float>(zeros: [32, 64])
    for index in 0..<32 {
      let column = random.integer(below: 8)
      for row in 0..<8 { values[index, row * 8 + column] = 1 }
    }
    let set = try ExampleSet(
      values.reshaped([32, 8, 8, 1]), labels: (0..<32).map { $0 % 2 }, classNames: ["a", "b"])
    var options = AutoencoderOptions(shape: set.shape)
    (options.architecture, options.likelihood) = (architecture, likelihood)
    (options.width, options.latentCount, options.classCount) = (8, 2, 2)
    var trainee = try AutoencoderTrainee(
      options, set, schedule: LearningRateSchedule(rate: 1e-2), seed: 1)
    var elbos: [Double] = []
    try TrainingLoop(epochs: 12, batchSize: 16, seed: 1).run(&trainee, execution: .serial) {
      _, _ in
    } report: { report, _ in
      elbos.append(report.measures[1].value)
    }
    #expect(elbos.last! < elbos.first! - 5)
    let evaluation = try trainee.network.evaluate(set, iwaeSamples: 5, iwaeCount: 10)
    #expect(evaluation.count == 32 && evaluation.iwaeCount == 10 && evaluation.kl > 0)
    #expect(abs(evaluation.negativeElbo - evaluation.kl - evaluation.reconstruction) < 1e-9)
    var samples = RandomStream(seed: 1)
    let made = trainee.network.sampled(3, classes: [0, 1, 0], &samples)
    #expect(made.shape == [3, 8, 8, 1] && made.isFinite)
  }

  @Test(
    "a run with far too large a step size names the step and the layer", arguments: [10, 1e30])
  func diverges(rate: Double) throws {
    let set = try ExampleSet(examples(32).floatArray)
    var trainee = try AutoencoderTrainee(
      AutoencoderOptions(shape: set.shape), set, schedule: LearningRateSchedule(rate: rate), seed: 1
    )
    let before = trainee.network
    let error = #expect(throws: NeuralError.self) {
      try TrainingLoop(epochs: 50, batchSize: 16, seed: 1).run(&trainee, execution: .serial) {
        _, _ in
      } report: { _, _ in
      }
    }
    guard case .diverged("the loss", .layer(let layer), let step?) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(before.parameterNames.contains { $0.hasPrefix(layer + ".") } && step >= 2)
    // What the run leaves behind is what the last good step made.
    #expect(trainee.network.parameters.allSatisfy { $0.isFinite })
  }

  @Test("a saved model gives the same codes and pictures", arguments: [true, false])
  func archive(isVariational: Bool) throws {
    let network = try network {
      $0.isVariational = isVariational
      $0.architecture = .conv
    }
    var random = RandomStream(seed: 8)
    let set = try ExampleSet(
      Tensor(uniform: [30, 8, 8, 1], from: &random).floatArray)
    let density =
      isVariational ? try CodeDensity(of: network, on: set, scaling: nil) : nil
    let saved = SavedAutoencoder(
      network, codeDensity: density, scaling: nil, classNames: [],
      training: .init(source: "x", count: 2, epochs: 1, seed: 1))
    let again = try SavedAutoencoder(archive: try saved.archive())
    #expect(again.codeDensity == density)
    let x = examples(4)
    #expect(
      again.network.reconstructed(x).elements == network.reconstructed(x).elements)
    #expect(again.network.codes(x).mean.elements == network.codes(x).mean.elements)
    #expect(throws: GenerativeError.unknownClass(name: "shoe", known: [])) {
      try again.classIndex("shoe")
    }
    var archive = try saved.archive()
    archive.arrays["decoder.hidden.bias"] = nil
    #expect(throws: NeuralError.missingTensor(name: "decoder.hidden.bias")) {
      try SavedAutoencoder(archive: archive)
    }
  }

  @Test("ways between codes keep their ends, and the great circle the length")
  func paths() {
    let (a, b) = ([2.0, 0, 0], [0.0, 2, 0])
    for path in CodePath.allCases {
      let codes = path.codes(from: a, to: b, steps: 3).elements
      #expect(Array(codes[..<3]).map { ($0 * 1e6).rounded() / 1e6 } == a)
      #expect(Array(codes[6...]).map { ($0 * 1e6).rounded() / 1e6 } == b)
      let middle = path == .straight ? 1.0 : 2.squareRoot()
      #expect(abs(codes[3] - middle) < 1e-6 && abs(codes[4] - middle) < 1e-6)
    }
    let same = CodePath.spherical.codes(from: a, to: a, steps: 4).elements
    #expect(same.allSatisfy { $0.isFinite })
  }

  @Test("options out of range are named")
  func options() throws {
    #expect(throws: GenerativeError.self) { try network { $0.latentCount = 0 } }
    #expect(throws: GenerativeError.self) { try network { $0.beta = -1 } }
    #expect(throws: GenerativeError.self) {
      try network {
        $0.architecture = .conv
        $0.shape = ExampleShape(height: 7, width: 9, channels: 1)
      }
    }
  }
}
