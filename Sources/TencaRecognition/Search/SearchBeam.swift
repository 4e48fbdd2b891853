/// How much a search leaves out.
public struct SearchBeam: Sendable, Codable, Equatable {
  /// What is less probable than the best by more than this, in nats, is given up.
  public var width = 200.0
  /// At most so many hidden states are followed at a time.
  public var maximumActive = 6000

  /// Makes the defaults.
  public init() {}

  /// Makes a beam.
  public init(width: Double, maximumActive: Int = .max) {
    self.width = width
    self.maximumActive = maximumActive
  }
}
