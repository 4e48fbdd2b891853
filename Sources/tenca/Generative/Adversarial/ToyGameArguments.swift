import ArgumentParser
internal import TencaGenerative

/// What is played, how often, and by which rules: of every kind of toy.
struct ToyGameArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      What is played, several times for several: \(lossNames), and remedies \
      \(AdversarialRemedies.names).
      """, valueName: "loss+remedies"))
  var play: [ToyPlay] = []

  @Option(help: "Play with so many seeds, from --seed on.")
  var seeds = 1

  @Option(help: "First seed.")
  var seed: UInt64 = 1

  @Option(help: "Numbers of noise (64 of the ring, 100 of stacks, otherwise 2).")
  var noise: Int?

  @Option(help: "Step size of the generator. Default: as the report says.")
  var learningRate: Double?

  @OptionGroup var judge: JudgeArguments

  @Flag(inversion: .prefixedNo, help: "Let both step sizes fall to 0 over the run.")
  var anneal = true

  @Option(
    help: """
      Decay of the moving average of the generator's weights, which makes what is counted; 0 for the \
      weights as they are.
      """)
  var average = 0.99

  func validate() throws {
    if !(1...1000).contains(seeds) { throw ValidationError("--seeds \(seeds): from 1 to 1000.") }
    try requireUse("clip-weights", \.clipWeights, "wasserstein-clipping")
    try requireUse("gradient-penalty", \.gradientPenalty, "wasserstein-gp")
    try requireUse("rate-spread", \.rateSpread, "non-saturating+discriminators:3")
  }

  /// Refuses a number that none of the plays uses.
  private func requireUse(
    _ option: String, _ path: KeyPath<JudgeArguments, Double?>, _ example: String
  ) throws {
    guard let value = judge[keyPath: path] else { return }
    if plays.allSatisfy({ judge(of: $0.loss, $0.remedies)[keyPath: path] == nil }) {
      throw ValidationError(
        "--\(option) \(value): no play has a use for it; add --play \(example).")
    }
  }

  /// What was given for judges, without what a play has no use for.
  private func judge(
    of loss: AdversarialLoss, _ remedies: AdversarialRemedies
  ) -> JudgeArguments {
    var used = judge
    if loss != .wassersteinClipping { used.clipWeights = nil }
    if loss != .wassersteinPenalty { used.gradientPenalty = nil }
    if remedies.discriminatorCount == 1 { used.rateSpread = nil }
    return used
  }

  /// What is played: what was asked for, or the plain game.
  var plays: [ToyPlay] {
    play.isEmpty ? [ToyPlay(argument: AdversarialLoss.nonSaturating.rawValue)!] : play
  }

  /// How each of the plays is played.
  ///
  /// - Parameter usual: How the toy would have a play, before what was given.
  /// - Throws: `GenerativeError` for options out of range.
  func settings(_ usual: (ToyPlay) -> AdversarialOptions) throws -> [PlaySettings] {
    try plays.map { play in
      var options = usual(play)
      apply(to: &options)
      try options.check()
      return PlaySettings(play: play.name, options: options)
    }
  }

  /// Plays every play with every seed.
  ///
  /// - Parameters:
  ///   - settings: Of every play, by ``settings(_:)``.
  ///   - run: Plays one game.
  ///   - receive: Takes what came of it, and the seconds that it took.
  func playAll<Outcome>(
    _ settings: [PlaySettings], _ run: (AdversarialOptions, UInt64) throws -> Outcome,
    receive: (ToyPlay, UInt64, Outcome, Double) throws -> Void
  ) throws {
    for (play, setting) in zip(plays, settings) {
      for seed in seed..<seed + UInt64(seeds) {
        let (outcome, seconds) = try timed { try run(setting.options, seed) }
        try receive(play, seed, outcome, seconds)
      }
    }
  }

  /// Takes over what was given; the rest stays as the toy wants it, and so does a play that has no use
  /// for what was given to another.
  private func apply(to options: inout AdversarialOptions) {
    options.noiseCount = noise ?? options.noiseCount
    options.generatorRate = learningRate ?? options.generatorRate
    judge(of: options.loss, options.remedies).apply(to: &options)
    options.isAnnealed = anneal
  }
}

/// How a play was played, for reports.
struct PlaySettings: Encodable {
  let play: String
  let options: AdversarialOptions

  /// What else than rates, steps and layers was asked for.
  private var others: String {
    let named = [
      ("each discriminator faster by", options.rateSpread == 1 ? 0 : options.rateSpread),
      ("R1", options.realPenalty), ("gradient penalty", options.gradientPenalty),
      ("weights within", options.weightLimit), ("instance noise", options.instanceNoise),
    ]
    let parts = named.filter { $0.1 > 0 }.map { "\($0.0) \($0.1)" }
    return (parts + (options.isAnnealed ? ["annealed"] : [])).joined(separator: ", ")
  }

  /// A row a play.
  static func table(_ settings: [PlaySettings]) -> TextTable {
    var table = TextTable([
      ("play", .left), ("rates", .left), ("critic steps", .right), ("width", .right),
      ("besides", .left),
    ])
    for setting in settings {
      let options = setting.options
      let width =
        options.architecture == .dense
        ? "\(options.hiddenLayers) x \(options.width)" : "\(options.width)"
      table.add([
        setting.play, "\(options.generatorRate), \(options.discriminatorRate)",
        "\(options.discriminatorSteps)", width, setting.others,
      ])
    }
    return table
  }
}
