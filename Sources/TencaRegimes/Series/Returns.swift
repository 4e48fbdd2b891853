internal import TencaNumerics

/// What a model sees of prices.
public enum Returns: String, Sendable, CaseIterable, Codable {
  /// log(price / price before).
  case log
  /// price / price before - 1.
  case simple
  /// price - price before.
  case difference
  /// The prices themselves, or what is no price: a rate, a volatility, returns that are there already.
  case none

  /// The return from one price to a later one.
  public func value(from before: Double, to price: Double) -> Double {
    switch self {
    // The quotient is near 1 for most prices, and log(1 + x) keeps the digits of a small x.
    case .log: logarithmOfOnePlus((price - before) / before)
    case .simple: (price - before) / before
    case .difference: price - before
    case .none: price
    }
  }

  /// The price that a return leads to: the inverse of ``value(from:to:)``.
  ///
  /// It ascends with the return, so that it takes quantiles of returns to quantiles of prices.
  public func price(after before: Double, return value: Double) -> Double {
    switch self {
    case .log: before * exponential(value)
    case .simple: before * (1 + value)
    case .difference: before + value
    case .none: value
    }
  }

  /// The prices that returns lead to, one after another.
  public func prices(after before: Double, returns: [Double]) -> [Double] {
    var price = before
    return returns.map { value in
      price = self.price(after: price, return: value)
      return price
    }
  }

  /// Whether prices must be above zero.
  public var needsPositivePrices: Bool { self == .log || self == .simple }

  /// Whether values are taken from the price before, so that the first row has none.
  var looksBack: Bool { self != .none }
}
