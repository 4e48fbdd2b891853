internal import Foundation
public import TencaNeural
public import TencaNumerics

extension Autoencoder {
  /// The parts of the evidence lower bound, means over examples in nats.
  public struct Bound: Sendable, Equatable {
    /// -ln p(x|z), summed over pixels: the reconstruction error.
    public var reconstruction: Double
    /// The divergence of the code from the standard normal, summed over its numbers.
    public var divergence: Double
    /// Their sum: no less than -ln p(x) on average.
    public var negativeElbo: Double { reconstruction + divergence }
  }

  /// -ln p(x|z) of every example, summed over pixels.
  ///
  /// - Parameters:
  ///   - parameters: What ``decode(_:classes:_:)`` gave.
  ///   - x: The examples; for Bernoulli and logistic likelihoods in 0...1.
  /// - Returns: One number an example.
  func reconstructionError(_ parameters: Tensor, _ x: Tensor) -> Tensor {
    let axes = [1, 2, 3]
    switch options.likelihood {
    case .bernoulli: return parameters.binaryCrossEntropy(x).sum(over: axes)
    case .gaussian:
      let scaled = (x - parameters) * (-logScale).exponential()
      let constant = 0.5 * Foundation.log(2 * Double.pi)
      return (scaled.squared() * 0.5 + logScale + constant).sum(over: axes)
    case .logistic:
      // Levels are 1/255 apart; the lowest and highest reach out to infinity.
      let inverse = (-logScale).exponential()
      let half = Tensor(repeating: 1.0 / 510, shape: [], precision: x.precision)
      let far = 1e4
      let one = Tensor(ones: [], precision: x.precision)
      let isWhite = Tensor.greater(x, one - half).detached()
      let isBlack = Tensor.greater(half, x).detached()
      let above = ((x + half - parameters) * inverse) + isWhite * far
      let below = ((x - half - parameters) * inverse) - isBlack * far
      let probability = above.sigmoid() - below.sigmoid()
      let least = Tensor(repeating: 1e-10, shape: [], precision: x.precision)
      return -Tensor.maximum(probability, least).logarithm().sum(over: axes)
    }
  }

  /// What training minimises, and the bound's parts.
  ///
  /// - Parameters:
  ///   - x: examples × height × width × channels.
  ///   - noise: Standard normal numbers, examples × code numbers; unused by a plain autoencoder.
  ///   - weight: The share of β that applies at this moment.
  public mutating func loss(
    _ x: Tensor, classes: Tensor?, noise: Tensor, weight: Double = 1, _ pass: inout ForwardPass
  ) -> (loss: Tensor, bound: Bound) {
    let (mean, logVariance) = encode(x, classes: classes, &pass)
    let examples = Double(x.shape[0])
    guard let logVariance else {
      let error =
        reconstructionError(decode(mean, classes: classes, &pass), x).sum() / examples
      return (error, Bound(reconstruction: error.scalar, divergence: 0))
    }
    let code = mean + noise * (logVariance * 0.5).exponential()
    let error = reconstructionError(decode(code, classes: classes, &pass), x).sum() / examples
    // ½ (μ² + σ² - 1 - ln σ²), Kingma & Welling (2014), appendix B.
    let each = (mean.squared() + logVariance.exponential() - 1 - logVariance) * 0.5
    let divergence = each.sum() / examples
    let bound = Bound(reconstruction: error.scalar, divergence: divergence.scalar)
    var cost = divergence
    if options.freeBits > 0 {
      let least = Tensor(repeating: options.freeBits, shape: [], precision: x.precision)
      cost = Tensor.maximum(each.mean(over: [0]), least).sum()
    }
    return (error + cost * (options.beta * weight), bound)
  }

  /// An estimate of -ln p(x) by importance weighting (Burda et al. 2016): no greater than the negative
  /// ELBO on average, and nearer the truth the more samples are drawn.
  ///
  /// - Parameter samples: Codes drawn for each example.
  /// - Returns: -ln(1/k Σ p(x|z) p(z) / q(z|x)), one number an example.
  /// - Complexity: O(examples · samples) decodings.
  public func importanceWeightedError(
    _ x: Tensor, classes: Tensor?, samples: Int, _ random: inout RandomStream
  ) -> [Double] {
    var network = self
    var pass = ForwardPass.inference
    return withoutRecording {
      let (mean, logVariance) = network.encode(x, classes: classes, &pass)
      guard let logVariance else { return [] }
      let examples = x.shape[0]
      var weights = [[Double]](repeating: [], count: examples)
      for _ in 0..<samples {
        let noise = Tensor(normal: mean.shape, from: &random)
        let code = mean + noise * (logVariance * 0.5).exponential()
        let error = reconstructionError(network.decode(code, classes: classes, &pass), x)
        // ln p(z) - ln q(z|x); the constants cancel.
        let prior = (noise.squared() + logVariance - code.squared()).sum(over: [1]) * 0.5
        for (index, value) in (prior - error).elements.enumerated() { weights[index].append(value) }
      }
      return weights.map { values in
        let largest = values.max()!
        let sum = values.reduce(0) { $0 + Foundation.exp($1 - largest) }
        return -(largest + Foundation.log(sum / Double(samples)))
      }
    }
  }
}
