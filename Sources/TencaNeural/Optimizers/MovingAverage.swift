extension Network {
  /// Moves every parameter towards that of another copy of this network: w ← decay · w + (1 - decay) ·
  /// other. Repeated after each step of training, that is their exponential moving average (Polyak &
  /// Juditsky 1992; with a decay near 1, Ho et al. 2020).
  ///
  /// Statistics are taken over as they are.
  ///
  /// - Parameter decay: Between 0, which takes the other's weights, and 1, which changes nothing.
  /// - Complexity: O(parameters).
  public mutating func move(towards other: Self, decay: Double) {
    precondition((0...1).contains(decay), "a moving average with the decay \(decay)")
    var targets = other.parameters.makeIterator()
    forEachTensor("") { _, role, weight in
      guard role == .parameter, let target = targets.next() else { return }
      weight = (weight * decay + target * (1 - decay)).detached()
    }
    takeStatistics(from: other)
  }

  /// The decay after so many steps that an average which began with random weights forgets them:
  /// min(`decay`, (1 + steps) / (10 + steps)).
  public static func movingAverageDecay(_ decay: Double, after steps: Int) -> Double {
    min(decay, Double(1 + steps) / Double(10 + steps))
  }
}
