import Foundation
import TencaNumerics
import Testing

@testable import TencaGenerative
@testable import TencaNeural

@Suite("a game of generator and discriminator")
struct AdversarialGameTests {
  private func options(
    _ loss: AdversarialLoss = .nonSaturating, _ remedies: String = "", side: Int = 8,
    architecture: AdversarialOptions.Architecture = .dcgan, classes: Int = 0
  ) throws -> AdversarialOptions {
    var options = AdversarialOptions(
      shape: ExampleShape(height: side, width: side, channels: 1), architecture: architecture,
      loss: loss)
    (options.width, options.noiseCount, options.classCount) = (4, 5, classes)
    options.remedies = try AdversarialRemedies(names: remedies)
    return options
  }

  private func batch(_ count: Int, side: Int = 8, classes: Int = 0) -> AdversarialGame.Batch {
    var random = RandomStream(seed: 9)
    return .init(
      Tensor(uniform: [count, side, side, 1], in: -1..<1, from: &random),
      labels: classes == 0 ? nil : (0..<count).map { $0 % classes })
  }

  private static let remedies = [
    "", "minibatch", "deviation", "unrolled:2", "discriminators:3", "pack:2", "spectral",
    "minibatch,deviation,unrolled:1,discriminators:2,pack:3,spectral",
  ]

  @Test("every loss plays with every remedy", arguments: AdversarialLoss.allCases, remedies)
  func plays(_ loss: AdversarialLoss, _ remedies: String) throws {
    for architecture in AdversarialOptions.Architecture.allCases {
      let options = try options(loss, remedies, architecture: architecture, classes: 2)
      var game = try AdversarialGame(options, random: RandomStream(seed: 3))
      let before = game.generator.parameters.map(\.elements)
      let round = try game.play(
        batch(7, classes: 2), movesGenerator: true, RandomStream(seed: 4))
      #expect(round.generatorGradient! > 0 && round.generatorGradient!.isFinite)
      #expect(round.discriminatorGradient > 0 && round.discriminatorLoss.isFinite)
      #expect(game.generator.parameters.map(\.elements) != before)
    }
  }

  @Test("whoever does not move keeps its weights")
  func frozen() throws {
    var game = try AdversarialGame(try options(), random: RandomStream(seed: 3))
    let generator = game.generator.parameters.map(\.elements)
    let discriminator = game.discriminators.parameters.map(\.elements)
    let round = try game.play(batch(6), movesGenerator: false, RandomStream(seed: 4))
    #expect(round.generatorLoss == nil && round.generatorGradient == nil)
    #expect(game.generator.parameters.map(\.elements) == generator)
    #expect(game.discriminators.parameters.map(\.elements) != discriminator)
  }

  @Test("a clipped critic's weights never leave their limit")
  func clipping() throws {
    var game = try AdversarialGame(
      try options(.wassersteinClipping), random: RandomStream(seed: 3))
    for step in 0..<4 {
      _ = try game.play(batch(6), movesGenerator: step % 2 == 0, RandomStream(seed: UInt64(step)))
      for weights in game.discriminators.parameters {
        #expect(weights.elements.allSatisfy { abs($0) <= Double(Float(0.01)) })
      }
    }
  }

  @Test("the penalised slope is that of finite differences")
  func penalty() throws {
    var options = try options(architecture: .dense)
    options.realPenalty = 3
    var random = RandomStream(seed: 5)
    let critic = Discriminator(options, &random).converted(to: .double)
    let real = AdversarialGame.Batch(batch(3).examples.converted(to: .double))
    var chance = Chance(RandomStream(seed: 1), noiseLevel: 0)
    var network = critic.watched()
    let judgement = Judgement(options, &network, real: real, fake: real, &chance)
    var squares = 0.0
    let pixels = real.examples.elements
    func scores(_ pixels: [Double]) -> [Double] {
      var copy = critic
      var pass = ForwardPass.inference
      return copy(
        Tensor(pixels, shape: real.examples.shape, precision: .double), labels: nil, &pass
      ).elements
    }
    for place in pixels.indices {
      var (up, down) = (pixels, pixels)
      up[place] += 1e-6
      down[place] -= 1e-6
      let slope = (scores(up)[place / 64] - scores(down)[place / 64]) / 2e-6
      squares += slope * slope
    }
    #expect(abs(judgement.penalty!.scalar - 3 / 2 * squares / 3) < 1e-6 * squares)
    let second = gradients(of: judgement.penalty!, withRespectTo: network.parameters)
    #expect(norm(of: second) > 0)
  }

  @Test(
    "looking ahead changes the generator's gradient, and the discriminators stay where they are")
  func unrolled() throws {
    func gradient(_ remedies: String) throws -> (Double, [[Double]]) {
      var game = try AdversarialGame(try options(.nonSaturating, remedies), random: .init(seed: 3))
      let round = try game.play(batch(6), movesGenerator: true, RandomStream(seed: 4))
      return (round.generatorGradient!, game.discriminators.parameters.map(\.elements))
    }
    let (plain, unrolled) = (try gradient(""), try gradient("unrolled:3"))
    #expect(plain.0 != unrolled.0)
    #expect(plain.1 == unrolled.1)
  }

  @Test(
    "looking ahead, the generator falls along the slope of the whole game against answers",
    arguments: AdversarialLoss.allCases)
  func answers(_ loss: AdversarialLoss) throws {
    var options = try options(loss, "unrolled:3", architecture: .dense)
    options.rule = .sgd(momentum: 0)
    (options.generatorRate, options.discriminatorRate) = (0.01, 0.3)
    if options.weightLimit > 0 { options.weightLimit = 0.2 }
    if options.gradientPenalty > 0 {
      (options.gradientPenalty, options.discriminatorRate) = (1, 0.1)
    }
    var game = try AdversarialGame(options, random: RandomStream(seed: 3))
    let (real, random, before) = (batch(6), RandomStream(seed: 4), game.generator)
    let round = try game.play(real, movesGenerator: true, random)
    var chance = Chance(random, noiseLevel: 0)
    let noise = Tensor(normal: [6, options.noiseCount], from: &chance.stream)
    // The places where the penalty looked in the discriminator's own step.
    var judge = game.discriminators[0]
    _ = Judgement(options, &judge, real: real, fake: real, &chance)
    // The value of the game after three ordinary steps of the discriminator against a generator.
    func value(_ generator: Generator) throws -> Double {
      let fake = AdversarialGame.Batch(generator.made(of: noise, classes: nil))
      var (judge, chance) = (game.discriminators[0], chance)
      var optimizer = Optimizer(options.rule, rate: options.discriminatorRate)
      for _ in 0..<3 {
        let (_, slopes) = try judge.lossAndGradients("") {
          Judgement(options, &$0, real: real, fake: fake, &chance).total
        }
        optimizer.update(&judge, slopes)
        if options.weightLimit > 0 { judge.cutWeights(at: options.weightLimit) }
      }
      let said = Judgement(options, &judge, real: real, fake: fake, &chance)
      return loss.ofGenerator(fake: said.fake).scalar
        - loss.ofDiscriminator(real: said.real, smoothing: 0).scalar
    }
    let (high, low) = (try value(before), try value(game.generator))
    #expect(abs(round.generatorLoss! - high) < 1e-5)
    let slope = round.generatorGradient!
    #expect(slope > 1e-3)
    let fall = (high - low) / (options.generatorRate * slope * slope)
    #expect(abs(fall - 1) < 0.05)
  }

  @Test("the discriminator that is deceived least counts most")
  func several() throws {
    let options = try options(.leastSquares, "discriminators:3", architecture: .dense)
    var game = try AdversarialGame(options, random: RandomStream(seed: 3))
    let generator = game.generator
    let random = RandomStream(seed: 4)
    let round = try game.play(batch(6), movesGenerator: true, random)
    // The generator moved last, by what the discriminators said after their step.
    var stream = Chance(random, noiseLevel: 0).stream
    let made = generator.made(
      of: Tensor(normal: [6, options.noiseCount], from: &stream), classes: nil)
    let losses = game.discriminators.map { judge in
      var (judge, pass) = (judge, ForwardPass.inference)
      return options.loss.ofGenerator(fake: judge(made, labels: nil, &pass)).scalar
    }
    #expect(Set(losses).count == 3)
    let weights: [Double] = losses.map { exp($0) }
    let weighted: Double = zip(weights, losses).reduce(0) { $0 + $1.0 * $1.1 }
    let expected = weighted / weights.reduce(0, +)
    #expect(abs(round.generatorLoss! - expected) < 1e-5)
  }

  @Test("each further discriminator moves faster by the spread of rates")
  func spread() throws {
    var options = try options(.nonSaturating, "discriminators:3", architecture: .dense)
    options.rateSpread = 3
    var game = try AdversarialGame(options, random: RandomStream(seed: 3))
    let before = game.discriminators
    _ = try game.play(batch(6), movesGenerator: false, RandomStream(seed: 4))
    for (index, (old, new)) in zip(before, game.discriminators).enumerated() {
      let moves: [Double] = zip(old.parameters, new.parameters).flatMap { before, after in
        (after - before).absolute().elements
      }
      // The first step of Adam is as long as the rate, whatever the gradient.
      let expected: Double = [2e-4, 6e-4, 18e-4][index]
      #expect(abs(moves.max()! / expected - 1) < 0.01)
    }
  }

  @Test("examples of a batch that are alike are told so")
  func comparison() {
    var random = RandomStream(seed: 1)
    let layer = MinibatchDiscrimination(4, kernels: 3, width: 2, &random)
    var pass = ForwardPass.inference
    let same = layer(Tensor(repeating: 0.7, shape: [5, 4]), &pass)
    #expect(same.shape == [5, 7])
    for row in 0..<5 {
      for kernel in 4..<7 { #expect(abs(same.elements[row * 7 + kernel] - 1) < 1e-5) }
    }
    let apart = layer(Tensor(normal: [5, 4], deviation: 100, from: &random), &pass)
    for row in 0..<5 { for kernel in 4..<7 { #expect(apart.elements[row * 7 + kernel] < 0.2) } }
    let deviation = MinibatchDeviation()
    #expect(deviation(Tensor(repeating: 0.7, shape: [5, 4]), &pass).elements[4] < 1e-3)
    let spread = deviation(Tensor([1, 3, 1, 3, 1, 3], shape: [2, 3]), &pass)
    // Features 1 and 1, 3 and 3, 1 and 3 of two examples: deviations 1, 1 and 1.
    #expect(spread.shape == [2, 4] && abs(spread.elements[3] - 1) < 1e-4)
  }

  @Test(
    "what is told of a batch is weighed by a hidden layer", arguments: ["minibatch", "deviation"])
  func weighed(_ remedy: String) throws {
    var random = RandomStream(seed: 1)
    let plain = Discriminator(try options(.hinge), &random)
    let told = Discriminator(try options(.hinge, remedy), &random)
    func layers(_ network: Discriminator) -> Int {
      network.parameterNames.count { $0.hasPrefix("score.") && $0.hasSuffix("bias") }
    }
    #expect(layers(plain) == 1 && layers(told) == 2)
  }

  @Test("a pack is scored as one, and what fills none is left out")
  func packs() throws {
    let options = try options(.nonSaturating, "pack:3", classes: 2)
    var random = RandomStream(seed: 2)
    var discriminator = Discriminator(options, &random)
    var pass = ForwardPass.training(random)
    let seven = batch(7, classes: 2).filling(packs: 3)
    #expect(seven.examples.shape[0] == 6 && seven.labels == [0, 1, 0, 1, 0, 1])
    #expect(discriminator(seven.examples, labels: seven.labels, &pass).shape == [2])
  }

  @Test("the class changes pictures and scores, by planes and by projection")
  func classes() throws {
    for conditioning in AdversarialOptions.Conditioning.allCases {
      var options = try options(classes: 3)
      options.conditioning = conditioning
      var random = RandomStream(seed: 2)
      let generator = Generator(options, &random)
      var discriminator = Discriminator(options, &random)
      let noise = Tensor(normal: [1, 5], from: &random)
      let pictures = generator.made(of: noise, classes: [0])
      #expect(pictures.elements != generator.made(of: noise, classes: [1]).elements)
      var pass = ForwardPass.inference
      let scores = [0, 1].map { discriminator(pictures, labels: [$0], &pass).scalar }
      #expect(scores[0] != scores[1])
    }
  }

  @Test(
    "networks fit pictures of every size that can be halved, and no other",
    arguments: [(8, 8), (28, 28), (32, 16), (64, 64), (128, 64)])
  func sizes(_ height: Int, _ width: Int) throws {
    var options = AdversarialOptions(
      shape: ExampleShape(height: height, width: width, channels: 3))
    (options.width, options.noiseCount) = (2, 3)
    try options.check()
    var random = RandomStream(seed: 2)
    let made = Generator(options, &random).made(
      of: Tensor(normal: [2, 3], from: &random), classes: nil)
    #expect(made.shape == [2, height, width, 3])
    #expect(made.elements.allSatisfy { (-1...1).contains($0) })
    var discriminator = Discriminator(options, &random)
    var pass = ForwardPass.training(random)
    #expect(discriminator(made, labels: nil, &pass).shape == [2])
  }

  @Test("options out of range are named")
  func wrong() throws {
    func expect(_ words: String, _ change: (inout AdversarialOptions) throws -> Void) throws {
      var options = try options()
      try change(&options)
      let error = #expect(throws: GenerativeError.self) { try options.check() }
      #expect("\(error!)".contains(words))
    }
    try expect("size is 7x8") { $0.shape = ExampleShape(height: 7, width: 8, channels: 1) }
    try expect("label-smoothing") { $0.labelSmoothing = 0.5 }
    try expect("discriminator-rate") { $0.discriminatorRate = .nan }
    try expect("rate-spread is 0") { $0.rateSpread = 0 }
    try expect("rate-spread is 2") { $0.rateSpread = 2 }
    try expect("conditioning") { $0.conditioning = .projection }
    try expect("gradient-penalty") { $0.gradientPenalty = -1 }
    try expect("noise") { $0.noiseCount = 0 }
    try expect("layers") { $0.hiddenLayers = 0 }
  }

  @Test("dense networks have the hidden layers asked for; two are written as ever")
  func layers() throws {
    var options = try options(architecture: .dense)
    let two = try JSONEncoder().encode(options)
    #expect(!String(decoding: two, as: UTF8.self).contains("layers"))
    for count in [1, 2, 4] {
      options.hiddenLayers = count
      var random = RandomStream(seed: 1)
      #expect(Generator(options, &random).parameters.count == 2 * (count + 1))
      #expect(Discriminator(options, &random).parameters.count == 2 * (count + 1))
      let written = try JSONEncoder().encode(options)
      #expect(try JSONDecoder().decode(AdversarialOptions.self, from: written) == options)
    }
    options.hiddenLayers = 2
    #expect(try JSONDecoder().decode(AdversarialOptions.self, from: two) == options)
  }
}

@Suite("what networks begin with")
struct AdversarialStartTests {
  @Test("weights begin with the deviation 0.02, scales about 1, and biases at 0")
  func start() {
    var options = AdversarialOptions(shape: ExampleShape(height: 64, width: 64, channels: 1))
    (options.width, options.noiseCount) = (8, 32)
    var random = RandomStream(seed: 4)
    let generator = Generator(options, &random)
    for (name, tensor) in zip(generator.parameterNames, generator.parameters)
    where tensor.count > 999 {
      let deviation = (tensor.squared().mean().scalar).squareRoot()
      // A thousand draws or more: the relative error of a deviation is 1/√2000 or less.
      #expect(abs(deviation / 0.02 - 1) < 5 / 2000.0.squareRoot(), "\(name)")
    }
    let discriminator = Discriminator(options, &random)
    for (name, tensor) in zip(discriminator.parameterNames, discriminator.parameters)
    where name.hasSuffix("bias") {
      #expect(tensor.elements.allSatisfy { $0 == 0 }, "\(name)")
    }
    for tensor in generator.parameters where tensor.rank == 1 && tensor.elements[0] != 0 {
      #expect(tensor.elements.allSatisfy { abs($0 - 1) < 0.1 })
    }
  }
}
