public import TencaNeural

/// What a generator and a discriminator play for.
///
/// The discriminator gives every example a score: above the middle for true ones, below for made ones.
/// Each side has a loss of its own, which it lowers; only ``minimax`` is a game of zero sum in logits.
public enum AdversarialLoss: String, Sendable, Codable, CaseIterable {
  /// D: -ln σ(real) - ln(1 - σ(fake)); G: ln(1 - σ(fake)), whose gradient vanishes where D is right
  /// (Goodfellow et al. 2014, equation 1).
  case minimax
  /// The same D; G: -ln σ(fake), whose gradient is largest where D is right (Goodfellow et al. 2014,
  /// section 3).
  case nonSaturating = "non-saturating"
  /// D: ((real - 1)² + fake²) / 2; G: (fake - 1)² / 2 (Mao et al. 2017, equation 9).
  case leastSquares = "least-squares"
  /// D: max(0, 1 - real) + max(0, 1 + fake); G: -fake (Lim & Ye 2017; Miyato et al. 2018).
  case hinge
  /// D: fake - real, its weights held small after every step; G: -fake (Arjovsky et al. 2017,
  /// algorithm 1).
  case wassersteinClipping = "wasserstein-clipping"
  /// D: fake - real, the length of its gradient drawn to 1; G: -fake (Gulrajani et al. 2017,
  /// algorithm 1).
  case wassersteinPenalty = "wasserstein-gp"

  /// Whether scores estimate a distance, so that no score is in itself true or made.
  public var isWasserstein: Bool { self == .wassersteinClipping || self == .wassersteinPenalty }

  /// What a discriminator lowers, a single number.
  ///
  /// - Parameters:
  ///   - real: Scores of true examples.
  ///   - fake: Scores of made ones.
  ///   - smoothing: How far below 1 the probability lies that true examples are given, where the loss
  ///     knows probabilities (one-sided, Salimans et al. 2016, section 3.4).
  public func ofDiscriminator(real: Tensor, fake: Tensor, smoothing: Double = 0) -> Tensor {
    ofDiscriminator(real: real, smoothing: smoothing) + ofDiscriminator(fake: fake)
  }

  /// The part of a discriminator's loss that true examples have.
  func ofDiscriminator(real: Tensor, smoothing: Double) -> Tensor {
    switch self {
    case .minimax, .nonSaturating: real.crossEntropy(with: 1 - smoothing)
    case .leastSquares: (real - (1 - smoothing)).squared().mean() / 2
    case .hinge: (1 - real).relu().mean()
    case .wassersteinClipping, .wassersteinPenalty: -real.mean()
    }
  }

  /// The part that made examples have.
  private func ofDiscriminator(fake: Tensor) -> Tensor {
    switch self {
    case .minimax, .nonSaturating: fake.crossEntropy(with: 0)
    case .leastSquares: fake.squared().mean() / 2
    case .hinge: (fake + 1).relu().mean()
    case .wassersteinClipping, .wassersteinPenalty: fake.mean()
    }
  }

  /// What a generator lowers, a single number.
  ///
  /// - Parameter fake: Scores of what it made.
  public func ofGenerator(fake: Tensor) -> Tensor {
    switch self {
    case .minimax: return -fake.crossEntropy(with: 0)
    case .nonSaturating: return fake.crossEntropy(with: 1)
    case .leastSquares: return (fake - 1).squared().mean() / 2
    case .hinge, .wassersteinClipping, .wassersteinPenalty: return -fake.mean()
    }
  }

  /// The score at which an example is as likely true as made.
  ///
  /// - Parameters:
  ///   - real: Scores of true examples.
  ///   - fake: Scores of made ones; a distance has no middle but that between their means.
  func middle(real: [Double], fake: [Double]) -> Double {
    switch self {
    case .minimax, .nonSaturating, .hinge: 0
    case .leastSquares: 0.5
    case .wassersteinClipping, .wassersteinPenalty:
      (real.reduce(0, +) / Double(real.count) + fake.reduce(0, +) / Double(fake.count)) / 2
    }
  }
}

extension Tensor {
  /// The mean cross-entropy of logits with one probability that all have.
  fileprivate func crossEntropy(with probability: Double) -> Tensor {
    binaryCrossEntropy(Tensor(repeating: probability, shape: shape, precision: precision)).mean()
  }
}
