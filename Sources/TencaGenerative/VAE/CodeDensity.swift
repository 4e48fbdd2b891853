internal import Foundation
internal import TencaNeural
public import TencaNumerics

/// Where the codes of the training examples lie: a normal distribution of its own for each class, or one
/// for all.
///
/// The codes of a trained encoder do not fill the standard normal distribution: codes drawn from that
/// fall into holes, where the decoder never learned anything, and a decoder that finds the class in the
/// code heeds no class that it is told. Drawing from the distribution that codes really have mends both
/// (Ghosh et al. 2020, section 4, "ex-post density estimation").
public struct CodeDensity: Sendable, Equatable {
  /// classes × code numbers; one row without classes.
  public let means: NDArray<Double>
  /// Lower factors L of the covariances L·Lᵀ: classes × code numbers × code numbers.
  public let factors: NDArray<Double>

  /// Puts the parts together, as they were saved.
  init(means: NDArray<Double>, factors: NDArray<Double>) {
    (self.means, self.factors) = (means, factors)
  }

  /// The mean and covariance of the codes that an encoder draws for examples.
  ///
  /// The covariance is that of the codes' means and the mean of their variances: the second moment of
  /// the aggregate posterior, which is positive definite however few the examples are.
  ///
  /// - Parameters:
  ///   - network: A variational autoencoder.
  ///   - examples: What it was trained on; every class has one at least.
  /// - Throws: ``GenerativeError/tooFewExamples(path:count:least:)`` for a class without examples;
  ///   `LinearAlgebraError` where codes are not finite; `CancellationError`.
  /// - Complexity: O(examples · code numbers²) beside the encoding.
  public init(
    of network: Autoencoder, on examples: ExampleSet, scaling: ExampleScaling?,
    execution: Execution = .serial
  ) throws {
    let order = network.options.latentCount
    let classes = network.options.classCount
    let groups = max(classes, 1)
    var counts = [Double](repeating: 0, count: groups)
    var sums = [Double](repeating: 0, count: groups * order)
    var products = [Double](repeating: 0, count: groups * order * order)
    for batch in batches(of: examples.count) {
      try execution.cancellation.check()
      let labels = classes > 0 ? examples.labels.map { Array($0[batch]) } : nil
      let codes = network.codes(examples.tensor(batch, scaling), classes: labels)
      let (mean, logVariance) = (codes.mean.elements, codes.logVariance?.elements)
      for row in 0..<batch.count {
        let group = labels?[row] ?? 0
        let code = mean[row * order..<(row + 1) * order]
        counts[group] += 1
        for (i, value) in code.enumerated() {
          sums[group * order + i] += value
          let line = (group * order + i) * order
          for (j, other) in code.prefix(i + 1).enumerated() { products[line + j] += value * other }
          if let logVariance { products[line + i] += Foundation.exp(logVariance[row * order + i]) }
        }
      }
    }
    var factors: [NDArray<Double>] = []
    for group in 0..<groups {
      let count = counts[group]
      guard count > 0 else {
        throw GenerativeError.tooFewExamples(
          path: "\(examples.source), class \(examples.classNames[group])", count: 0, least: 1)
      }
      let first = group * order
      for i in 0..<order { sums[first + i] /= count }
      var covariance = NDArray<Double>(zeros: [order, order])
      // The factorisation reads the lower triangle alone.
      for i in 0..<order {
        for j in 0...i {
          covariance[i, j] =
            products[(first + i) * order + j] / count - sums[first + i] * sums[first + j]
        }
      }
      factors.append(try choleskyFactor(covariance).reshaped([1, order, order]))
    }
    self.init(means: NDArray(sums, shape: [groups, order]), factors: .concatenated(factors))
  }

  /// Codes: one for each class asked, or `count` where there are no classes.
  ///
  /// - Parameter temperature: Multiplies deviations from the mean.
  func codes(
    _ count: Int, classes: [Int]?, temperature: Double, _ random: inout RandomStream
  ) -> Tensor {
    let order = means.columns
    let (means, factors) = (self.means.elements, self.factors.elements)
    let hasClasses = means.count > order
    var values: [Double] = []
    values.reserveCapacity(count * order)
    for index in 0..<count {
      let first = hasClasses ? (classes?[index] ?? 0) * order : 0
      let noise = (0..<order).map { _ in random.normal() * temperature }
      for i in first..<first + order {
        let row = factors[i * order..<(i + 1) * order]
        values.append(zip(row, noise).reduce(means[i]) { $0 + $1.0 * $1.1 })
      }
    }
    return Tensor(values, shape: [count, order])
  }
}
