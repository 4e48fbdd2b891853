public import TencaNumerics

/// How many frames a state is held: p(d) for d = 1, 2, …
public enum DurationDistribution: Sendable, Equatable {
  /// p(d) = (1 - a) aᵈ⁻¹, where a is the probability to stay: an ordinary hidden Markov model's.
  case geometric(stay: Double)
  /// d - 1 is a Poisson number.
  case poisson(Poisson)
  /// d - 1 is a negative binomial number.
  case negativeBinomial(NegativeBinomial)
  /// p(1), p(2), …, up to the longest that there is.
  case free([Double])

  /// The kinds of distribution.
  public enum Kind: Sendable, Equatable {
    /// See ``DurationDistribution/geometric(stay:)``.
    case geometric
    /// See ``DurationDistribution/poisson(_:)``.
    case poisson
    /// See ``DurationDistribution/negativeBinomial(_:)``.
    case negativeBinomial
    /// See ``DurationDistribution/free(_:)``, with the longest duration.
    case free(longest: Int)

    /// The kind of this name: `geometric`, `poisson`, `negative-binomial`, `free:30`; nil where it is
    /// none.
    public init?(_ name: String) {
      let words = name.split(separator: ":", omittingEmptySubsequences: false)
      switch (words[0], words.count) {
      case ("geometric", 1): self = .geometric
      case ("poisson", 1): self = .poisson
      case ("negative-binomial", 1): self = .negativeBinomial
      case ("free", 2):
        guard let longest = Int(words[1]), 1...100_000 ~= longest else { return nil }
        self = .free(longest: longest)
      default: return nil
      }
    }

    /// The kind's name, as ``init(_:)`` takes it.
    public var name: String {
      switch self {
      case .geometric: "geometric"
      case .poisson: "poisson"
      case .negativeBinomial: "negative-binomial"
      case .free(let longest): "free:\(longest)"
      }
    }
  }

  /// The kind.
  public var kind: Kind {
    switch self {
    case .geometric: .geometric
    case .poisson: .poisson
    case .negativeBinomial: .negativeBinomial
    case .free(let table): .free(longest: table.count)
    }
  }

  /// The expected duration, in frames.
  public var mean: Double {
    switch self {
    case .geometric(let stay): 1 / (1 - stay)
    case .poisson(let rest): 1 + rest.mean
    case .negativeBinomial(let rest): 1 + rest.mean
    case .free(let table): zip(1..., table).reduce(0.0) { $0 + Double($1.0) * $1.1 }
    }
  }

  /// The number of free parameters.
  public var parameterCount: Int {
    switch self {
    case .geometric, .poisson: 1
    case .negativeBinomial: 2
    case .free(let table): table.count - 1
    }
  }

  /// Longer ones are so improbable that they count for nothing, or there are too many of them.
  private static let (leastTail, mostFrames) = (1e-15, 20_000)

  /// p(1), p(2), …, up to where what is left counts for nothing, 20,000 at most: longer ones a model
  /// cannot see end.
  public var probabilities: [Double] {
    if case .free(let table) = self { return table }
    var (result, left) = ([Double](), 1.0)
    while result.count < Self.mostFrames {
      let p = probability(result.count + 1)
      result.append(p)
      left -= p
      // Below the mode there may be next to nothing, too.
      if left < Self.leastTail || (Double(result.count) > mean && p < Self.leastTail / 100) {
        break
      }
    }
    return result
  }

  private func probability(_ frames: Int) -> Double {
    func mass(_ distribution: some ColumnDistribution) -> Double {
      var (value, result) = (Double(frames - 1), 0.0)
      distribution.addLogDensities(of: &value, count: 1, stride: 1) { result = exponential($1) }
      return result
    }
    switch self {
    case .geometric(let stay):
      return (1 - stay)
        * (stay == 0 && frames == 1 ? 1 : exponential(Double(frames - 1) * logarithm(stay)))
    case .poisson(let rest): return mass(rest)
    case .negativeBinomial(let rest): return mass(rest)
    case .free(let table): return frames <= table.count ? table[frames - 1] : 0
    }
  }

  /// A duration drawn at random.
  public func sample(using random: inout RandomStream) -> Int {
    switch self {
    case .geometric(let stay):
      guard stay > 0 else { return 1 }
      return 1 + Int((logarithm(1 - random.uniform()) / logarithm(stay)).rounded(.down))
    case .poisson(let rest): return 1 + Int(rest.sample(using: &random))
    case .negativeBinomial(let rest): return 1 + Int(rest.sample(using: &random))
    case .free(let table): return 1 + random.categorical(weights: table)
    }
  }

  /// The distribution of the same kind under which durations that came so often are likelier: the most
  /// likely one, or for negative binomial numbers a step towards it.
  ///
  /// - Parameter counts: Expected numbers of durations of 1, 2, … frames.
  func maximized(_ counts: [Double]) -> DurationDistribution {
    let total = counts.reduce(0, +)
    // Less than this holds nothing but rounding errors.
    guard total > 1e-8 else { return self }
    let frames = zip(1..., counts).reduce(0.0) { $0 + Double($1.0) * $1.1 }
    func learned<D: ColumnDistribution>(_ distribution: D) -> D {
      var moments = [Double](repeating: 0, count: D.momentCount)
      for (rest, count) in counts.enumerated() where count > 0 {
        distribution.addMoments(of: Double(rest), weight: count, to: &moments)
      }
      return distribution.maximized(moments, weight: total, spread: 1)
    }
    switch self {
    case .geometric: return .geometric(stay: max(0, 1 - total / frames))
    case .poisson(let rest): return .poisson(learned(rest))
    case .negativeBinomial(let rest): return .negativeBinomial(learned(rest))
    case .free: return .free(counts.map { $0 / total })
    }
  }

  /// A distribution of a kind from durations that were seen.
  static func started(_ kind: Kind, from durations: [Int]) -> DurationDistribution {
    let mean =
      durations.isEmpty ? 2 : Double(durations.reduce(0, +)) / Double(durations.count)
    guard case .free(let longest) = kind else { return started(kind, mean: mean) }
    // Something of every duration, more of those near the ones that were seen.
    var table = [Double](repeating: 1 / Double(longest), count: longest)
    let width = max(1, mean / 4)
    for duration in durations {
      for frames in 1...longest {
        let offset = (Double(frames) - Double(min(duration, longest))) / width
        table[frames - 1] += exponential(-0.5 * offset * offset)
      }
    }
    let sum = table.reduce(0, +)
    return .free(table.map { $0 / sum })
  }

  /// A distribution of a kind with this mean, as close to geometric as there is.
  static func started(_ kind: Kind, mean: Double) -> DurationDistribution {
    let rest = max(0.01, mean - 1)
    switch kind {
    case .geometric: return .geometric(stay: rest / (1 + rest))
    case .poisson: return .poisson(Poisson(rate: rest))
    case .negativeBinomial: return .negativeBinomial(NegativeBinomial(mean: rest, size: 1))
    case .free(let longest):
      let stay = rest / (1 + rest)
      let table = (0..<longest).map { exponential(Double($0) * logarithm(stay)) }
      let sum = table.reduce(0, +)
      return .free(table.map { $0 / sum })
    }
  }
}
