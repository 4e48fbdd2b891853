extension WordErrorRate {
  /// The range in which the rate lies with a given confidence, by the percentile bootstrap over
  /// utterances: as many are drawn with replacement, and the rate of each draw is taken.
  ///
  /// Source: M. Bisani and H. Ney, "Bootstrap estimates for confidence intervals in ASR performance
  /// evaluation", ICASSP 2004. Utterances are taken as independent; those of one speaker are not
  /// quite.
  ///
  /// - Parameters:
  ///   - confidence: The share of draws within the range.
  ///   - draws: How many draws to make.
  ///   - generator: Where randomness comes from; the same one gives the same range.
  /// - Returns: The range; nil when the references have no word.
  /// - Throws: ``LanguageError/badValue(name:value:limit:)`` for a confidence that is not between 0
  ///   and 1, or no draw.
  /// - Complexity: O(`draws` · *u*) for *u* utterances.
  public func confidenceInterval(
    _ confidence: Double = 0.95, draws: Int = 1000,
    using generator: inout some RandomNumberGenerator
  ) throws -> ClosedRange<Double>? {
    guard confidence > 0, confidence < 1 else {
      throw LanguageError.badValue(
        name: "the confidence", value: "\(confidence)", limit: "between 0 and 1")
    }
    guard draws > 0 else {
      throw LanguageError.badValue(
        name: "the number of draws", value: "\(draws)", limit: "1 or more")
    }
    guard referenceCount > 0 else { return nil }
    var rates: [Double] = []
    while rates.count < draws {
      var (words, errors) = (0, 0)
      for _ in utterances {
        let drawn = utterances[Int.random(in: utterances.indices, using: &generator)]
        words += drawn.words
        errors += drawn.errors
      }
      // A draw of empty references only has no rate; it is made again.
      if words > 0 { rates.append(Double(errors) / Double(words)) }
    }
    rates.sort()
    let tail = (1 - confidence) / 2
    return Self.quantile(tail, of: rates)...Self.quantile(1 - tail, of: rates)
  }

  /// A quantile of sorted numbers, linear between neighbours (Hyndman and Fan's type 7).
  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }
}
