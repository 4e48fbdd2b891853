/// How much is taken off the counts of one order, for words that were not seen there.
public struct KneserNeyDiscounts: Sendable, Equatable {
  /// Off n-grams that count 1.
  public var one: Double
  /// Off n-grams that count 2.
  public var two: Double
  /// Off n-grams that count 3 or more.
  public var more: Double

  /// Makes discounts.
  public init(one: Double, two: Double, more: Double) {
    self.one = one
    self.two = two
    self.more = more
  }

  /// What is taken off a count.
  func off(_ count: Int) -> Double {
    switch count {
    case ..<1: 0
    case 1: one
    case 2: two
    default: more
    }
  }

  /// The discounts that counts of counts suggest.
  ///
  /// Three where all of *n*₁ to *n*₄ are above 0 and the discounts lie within (0, 1), (0, 2) and
  /// (0, 3): D*ᵢ* = *i* − (*i* + 1) Y *nᵢ*₊₁ / *nᵢ* with Y = *n*₁ / (*n*₁ + 2 *n*₂). Otherwise one
  /// for all counts, Y, where *n*₁ and *n*₂ are above 0; and otherwise one half. Source: S. Chen
  /// and J. Goodman, "An empirical study of smoothing techniques for language modeling", TR-10-98,
  /// Harvard 1998, equations 26 to 29.
  ///
  /// - Parameter counts: How many n-grams count 1, 2, 3 and 4.
  init(countsOfCounts counts: [Int]) {
    let n = counts.map(Double.init)
    let absolute = n[0] > 0 && n[1] > 0 ? n[0] / (n[0] + 2 * n[1]) : 0.5
    self.init(one: absolute, two: absolute, more: absolute)
    guard n.allSatisfy({ $0 > 0 }) else { return }
    let three = (1...3).map { Double($0) - Double($0 + 1) * absolute * n[$0] / n[$0 - 1] }
    if three.enumerated().allSatisfy({ $1 > 0 && $1 < Double($0 + 1) }) {
      self.init(one: three[0], two: three[1], more: three[2])
    }
  }
}
