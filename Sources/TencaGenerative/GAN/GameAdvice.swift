public import TencaNeural

/// Tells in plain words that a game goes wrong, and what to try.
///
/// It looks at means over an epoch, or another stretch, and says each thing once until it has passed.
public struct GameAdvice: Sendable {
  /// What can go wrong.
  public enum Trouble: String, Sendable, CaseIterable, Codable {
    /// The discriminator is always right.
    case discriminatorAlwaysRight
    /// Nothing reaches the generator to learn from.
    case vanishingGradient
    /// The generator makes nearly the same example again and again.
    case collapse
    /// The discriminator cannot tell anything.
    case discriminatorLost
  }

  private let options: AdversarialOptions
  private var present: Set<Trouble> = []
  private var largestGradient = 0.0

  /// For a game with these options.
  public init(_ options: AdversarialOptions) { self.options = options }

  /// Shares of right judgements above which a discriminator is always right.
  private static let alwaysRight = 0.99
  /// The part of its largest gradient below which a generator learns nothing any more.
  private static let vanished = 0.01
  /// The share of real examples' diversity below which a generator has collapsed.
  private static let collapsed = 0.4

  /// What is wrong now and was not before.
  ///
  /// - Parameter measures: Means as ``AdversarialTrainee`` measures them, and `diversity` as
  ///   ``SampleMonitor`` does, where it is known.
  public mutating func troubles(_ measures: [TrainingMeasure]) -> [Trouble] {
    let values = Dictionary(measures.map { ($0.name, $0.value) }) { first, _ in first }
    guard let real = values["realAccuracy"], let fake = values["fakeAccuracy"],
      let gradient = values["generatorGradient"]
    else { return [] }
    largestGradient = max(largestGradient, gradient)
    var now: Set<Trouble> = []
    // A critic that tells all apart is what a Wasserstein game wants: its slope stays useful.
    if !options.loss.isWasserstein, min(real, fake) > Self.alwaysRight {
      now.insert(.discriminatorAlwaysRight)
    }
    if gradient < Self.vanished * largestGradient { now.insert(.vanishingGradient) }
    if let diversity = values["diversity"], diversity < Self.collapsed { now.insert(.collapse) }
    if !options.loss.isWasserstein, max(real, fake) < 0.05 { now.insert(.discriminatorLost) }
    defer { present = now }
    return Trouble.allCases.filter { now.contains($0) && !present.contains($0) }
  }

  /// The trouble in words, with what to try against it in this game.
  public func words(_ trouble: Trouble) -> String {
    let remedies = options.remedies
    func untried(_ candidates: [(isTried: Bool, words: String)]) -> String {
      let words = candidates.filter { !$0.isTried }.map(\.words)
      return words.isEmpty ? "start with another seed" : words.joined(separator: ", or ")
    }
    switch trouble {
    case .discriminatorAlwaysRight:
      return "the discriminator is always right, so that the generator learns little from it. Try "
        + untried([
          (options.labelSmoothing > 0, "--label-smoothing 0.1"),
          (options.instanceNoise > 0, "--instance-noise 0.1"),
          (options.realPenalty > 0, "--r1 1"),
          (remedies.isSpectral, "--remedy spectral"),
        ]) + ", or a smaller --discriminator-rate."
    case .vanishingGradient:
      return "the generator's gradient has all but vanished. Try "
        + untried([
          (options.loss != .minimax, "--loss non-saturating"),
          (options.loss == .wassersteinPenalty, "--loss wasserstein-gp"),
          (options.instanceNoise > 0, "--instance-noise 0.1"),
        ]) + "."
    case .collapse:
      return "the generator makes few different examples: it has collapsed, or is about to. Try "
        + untried([
          (remedies.comparesBatch || remedies.measuresDeviation, "--remedy minibatch"),
          (remedies.packSize > 1, "--remedy pack:2"),
          (remedies.unrolledSteps > 0, "--remedy unrolled:5"),
          (options.loss == .wassersteinPenalty, "--loss wasserstein-gp"),
        ]) + "."
    case .discriminatorLost:
      return "the discriminator takes everything for the opposite of what it is. Try "
        + "a smaller --learning-rate, or more --critic-steps."
    }
  }
}
