/// How the phases of a magnitude spectrogram are found.
public struct PhaseRecoveryOptions: Sendable, Codable, Equatable {
  /// How often the sound is transformed, given the wanted magnitudes and transformed back. Most is
  /// gained by 32; hundreds are no mistake, only slow.
  public var iterations = 32
  /// How far each step goes on in the direction of the last one, from 0 to 1. 0 is the classic
  /// algorithm (Griffin and Lim 1984), 0.99 the fast one's usual value (Perraudin, Balazs and
  /// Søndergaard 2013).
  public var momentum: Float = 0.99
  /// The seed of the random phases that it starts from.
  public var seed: UInt64 = 1

  /// Makes the usual options, or others.
  public init(iterations: Int = 32, momentum: Float = 0.99, seed: UInt64 = 1) {
    self.iterations = iterations
    self.momentum = momentum
    self.seed = seed
  }

  /// Checks every option.
  ///
  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  func check() throws {
    guard (0...1_000_000).contains(iterations) else {
      throw AudioError.invalidOption(
        name: "iterations", value: "\(iterations)", rule: "between 0 (random phases) and 1000000.")
    }
    guard (0...1).contains(momentum) else {
      throw AudioError.invalidOption(
        name: "momentum", value: "\(momentum)",
        rule: "between 0 (the classic algorithm) and 1; beyond, steps no longer settle.")
    }
  }

  /// Words for the command line.
  public enum Help {
    /// For ``PhaseRecoveryOptions/iterations``.
    public static let iterations = "Iterations of phase recovery; 0 leaves phases random."
    /// For ``PhaseRecoveryOptions/momentum``.
    public static let momentum =
      "Momentum of the fast Griffin-Lim algorithm, 0 to 1; 0: the classic one."
    /// For ``PhaseRecoveryOptions/seed``.
    public static let seed = "Seed of the first phases: the same seed gives the same sound."
  }
}
