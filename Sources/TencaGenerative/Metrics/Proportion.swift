internal import TencaNumerics

/// How many of so many: a share that knows how sure it is.
public struct Proportion: Sendable, Hashable, Codable {
  /// How many were right.
  public let correct: Int
  /// How many were tried.
  public let total: Int

  /// - Precondition: 0 ≤ `correct` ≤ `total`.
  public init(correct: Int, total: Int) {
    precondition(correct >= 0 && correct <= total, "\(correct) of \(total)")
    (self.correct, self.total) = (correct, total)
  }

  /// The share; 0 where none was tried.
  public var value: Double { total == 0 ? 0 : Double(correct) / Double(total) }

  /// The 95% interval of Wilson (1927).
  public var interval: ClosedRange<Double> { wilsonInterval(correct: correct, total: total) }
}
