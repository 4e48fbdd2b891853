internal import Foundation

/// How the learning rate changes while a network is trained.
public struct LearningRateSchedule: Sendable, Hashable, Codable {
  /// What happens after the warm-up.
  public enum Course: Sendable, Hashable, Codable {
    /// The rate stays.
    case constant
    /// Down half a cosine to `final` times the rate in `steps` steps, then constant (Loshchilov & Hutter
    /// 2017, equation 5, without restarts).
    case cosine(steps: Int, final: Double = 0)
    /// Times `factor` after every `interval` steps.
    case step(interval: Int, factor: Double)
  }

  /// The full rate.
  public let rate: Double
  /// In how many steps the rate rises evenly to its full height: the step t = 0, 1, … of a warm-up of n
  /// has (t + 1) / n of it (Goyal et al. 2017).
  public let warmUp: Int
  /// What follows; its steps count from the end of the warm-up.
  public let course: Course

  /// A schedule.
  ///
  /// - Throws: ``NeuralError/invalidOption(name:value:limit:)``.
  public init(rate: Double, warmUp: Int = 0, course: Course = .constant) throws {
    try NeuralError.require(rate > 0 && rate.isFinite, "rate", rate, "above 0")
    try NeuralError.require(warmUp >= 0, "warm-up", warmUp, "at least 0")
    switch course {
    case .constant: break
    case .cosine(let steps, let final):
      try NeuralError.require(steps > 0, "cosine steps", steps, "at least 1")
      try NeuralError.require((0...1).contains(final), "final rate", final, "between 0 and 1")
    case .step(let interval, let factor):
      try NeuralError.require(interval > 0, "interval", interval, "at least 1")
      try NeuralError.require(
        factor > 0 && factor.isFinite, "factor", factor, "above 0")
    }
    (self.rate, self.warmUp, self.course) = (rate, warmUp, course)
  }

  /// The rate of a step, the first of which is 0.
  public func rate(at step: Int) -> Double {
    if step < warmUp { return rate * Double(step + 1) / Double(warmUp) }
    let step = step - warmUp
    switch course {
    case .constant: return rate
    case .cosine(let steps, let final):
      let share = Double(min(step, steps)) / Double(steps)
      return rate * (final + (1 - final) * (1 + cos(.pi * share)) / 2)
    case .step(let interval, let factor):
      return rate * pow(factor, Double(step / interval))
    }
  }
}
