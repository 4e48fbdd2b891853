import TencaGenerative
import TencaNumerics

@testable import TencaNeural

/// A generator and a discriminator with PyTorch's weights.
struct AdversarialPair {
  let name: String
  let golden: StepGolden
  var generator: Generator
  var discriminator: Discriminator
  private let flattened: [String: FlattenedAxis]
  private let counterparts: [String: [String: Counterpart]]

  /// The conditional networks of 28 × 28 pixels.
  init(_ name: String, _ variant: StepGolden.Variant, loss: AdversarialLoss) throws {
    let golden = try StepGolden(name, variant)
    let width = try golden.length("discriminator.initial.reduce1.bias", 0)
    var options = AdversarialOptions(
      shape: ExampleShape(height: 28, width: 28, channels: 1), loss: loss)
    (options.width, options.classCount) = (width, 10)
    options.noiseCount = try golden.length("input.noise", 1)
    let flattened = [
      "0.weight": FlattenedAxis(axis: 0, channels: 2 * width),
      "score.0.weight": FlattenedAxis(axis: 1, channels: 2 * width),
    ]
    try self.init(
      name, golden, options, flattened: flattened,
      counterparts: [
        "generator": Self.renamed([
          "0": "project", "2": "norm1", "3": "enlarge1", "4": "norm2", "5": "enlarge2",
        ]),
        "discriminator": Self.renamed([
          "features.0": "reduce1", "features.1": "reduce2", "features.2": "norm2",
          "score.0": "score",
        ]),
      ])
  }

  /// The networks of 64 × 64 pixels, whose ends are convolutions over the whole picture in PyTorch.
  init(large name: String, _ variant: StepGolden.Variant) throws {
    let golden = try StepGolden(name, variant)
    var options = AdversarialOptions(shape: ExampleShape(height: 64, width: 64, channels: 1))
    options.width = try golden.length("discriminator.initial.convolutions.0.weight", 0)
    options.noiseCount = try golden.length("input.noise", 1)
    var generator = Self.renamed([
      "2": "norms.0", "3": "convolutions.1", "4": "norms.1", "5": "convolutions.2",
      "6": "norms.2", "7": "convolutions.3", "8": "norms.3", "9": "convolutions.4",
    ])
    generator["0.weight"] = .window("convolutions.0.weight", order: [2, 3, 1, 0])
    generator["9.bias"] = Counterpart.none
    var discriminator = Self.renamed([
      "features.0": "convolutions.0", "features.1": "convolutions.1", "features.2": "norms.0",
      "features.3": "convolutions.2", "features.4": "norms.1", "features.5": "convolutions.3",
      "features.6": "norms.2",
    ])
    discriminator["features.0.bias"] = Counterpart.none
    discriminator["score.0.weight"] = .window("convolutions.4.weight", order: [0, 2, 3, 1])
    discriminator["score.0.bias"] = Counterpart.none
    try self.init(
      name, golden, options, flattened: [:],
      counterparts: ["generator": generator, "discriminator": discriminator])
  }

  private init(
    _ name: String, _ golden: StepGolden, _ options: AdversarialOptions,
    flattened: [String: FlattenedAxis], counterparts: [String: [String: Counterpart]]
  ) throws {
    (self.name, self.golden) = (name, golden)
    (self.flattened, self.counterparts) = (flattened, counterparts)
    var random = RandomStream(seed: 0)
    generator = Generator(options, &random)
    discriminator = Discriminator(options, &random)
    try comparison("generator").load(&generator)
    try comparison("discriminator").load(&discriminator)
  }

  /// A comparison of one of the two.
  func comparison(_ prefix: String) -> StepComparison {
    StepComparison(
      golden, prefix, flattened: flattened, counterparts: counterparts[prefix] ?? [:])
  }

  /// Layers by their names here and there, with all tensors that a layer may have.
  private static func renamed(_ layers: [String: String]) -> [String: Counterpart] {
    var result: [String: Counterpart] = [:]
    for (ours, theirs) in layers {
      for tensor in ["weight", "bias", "running_mean", "running_var"] {
        result["\(ours).\(tensor)"] = .called("\(theirs).\(tensor)")
      }
    }
    return result
  }
}
