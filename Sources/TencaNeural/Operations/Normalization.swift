internal import CKernels
internal import Foundation

/// What is normalised together: a picture's channels in groups, or each channel over all pictures.
public enum NormalizationScope: Sendable, Hashable {
  /// Every channel over all rows: batch normalisation (Ioffe & Szegedy 2015).
  case batch
  /// The channels of a sample in so many groups: group normalisation (Wu & He 2018). One group is layer
  /// normalisation (Ba et al. 2016), as many as channels instance normalisation (Ulyanov et al. 2016).
  case groups(Int)
}

/// What one normalisation found.
public struct NormalizationMoments: Sendable {
  /// Means, samples × groups.
  public let mean: [Double]
  /// Variances, divided by the count, samples × groups.
  public let variance: [Double]
}

extension Tensor {
  /// Subtracts means and divides by standard deviations, then scales and shifts every channel.
  ///
  /// - Parameters:
  ///   - scope: What shares a mean.
  ///   - scale: γ, one number a channel.
  ///   - shift: β, one number a channel.
  ///   - epsilon: Added to variances.
  ///   - activation: Applied in the same pass.
  /// - Returns: The result, and the moments, which are constants.
  /// - Complexity: O(count), two passes.
  public func normalized(
    _ scope: NormalizationScope, scale: Tensor, shift: Tensor, epsilon: Double = 1e-5,
    activation: Activation = .identity
  ) -> (Tensor, NormalizationMoments) {
    let layout = NormalizationLayout(shape, scope)
    let moments = layout.moments(self, epsilon: epsilon)
    let known = moments.moments
    guard activation.needsOnlyResult else {
      let (plain, _) = normalized(scope, scale: scale, shift: shift, epsilon: epsilon)
      return (plain.activated(activation), known)
    }
    let result = layout.applied(self, moments, scale, shift, activation)
    let recorded = result.recorded(from: self, scale, shift) { step in
      if step.gradient.isRecorded || self.isRecorded || scale.isRecorded {
        let g = activation.gradient(step.gradient, step.result(result))
        return layout.composedGradients(self, g, scale, epsilon: epsilon)
      }
      return layout.gradients(self, step.gradient, result, scale, moments, activation, step.wants)
    }
    return (recorded, known)
  }

  /// activation(x · scale + shift) with given statistics, as batch normalisation does after training.
  public func normalized(
    mean: Tensor, variance: Tensor, scale: Tensor, shift: Tensor, epsilon: Double = 1e-5,
    activation: Activation = .identity
  ) -> Tensor {
    let factor = scale / (variance + epsilon).squareRoot()
    return (self * factor + (shift - mean * factor)).activated(activation)
  }
}
