public import TencaNumerics

/// Whether a model copies what it was trained on: how near generated samples are to the training set,
/// as against real ones that it was not trained on (after C. Meehan, K. Chaudhuri, S. Dasgupta, "A
/// non-parametric test to detect data-copying in generative models", 2020).
public struct CopyDistance: Sendable, Equatable {
  /// The median distance of a generated sample to the nearest training sample.
  public let generated: Double
  /// The median distance of a real sample that was held out to the nearest training sample.
  public let heldOut: Double
  /// How many generated samples are a training sample, number by number.
  public let exactCopies: Int
  /// How many held-out samples are a training sample: duplicates within the data.
  public let exactHeldOut: Int

  /// ``generated`` over ``heldOut``: about 1 for a model that draws from the distribution, near 0 for
  /// one that copies, above 1 for one whose samples are off. Nil where the median held-out sample is
  /// itself in the training set, so that nothing can be told.
  public var ratio: Double? { heldOut > 0 ? generated / heldOut : nil }

  /// Measures the distances.
  ///
  /// - Parameters:
  ///   - generated: samples × features.
  ///   - heldOut: samples × features, of real data that the model was not trained on.
  ///   - training: samples × features, what the model was trained on.
  ///   - execution: On how many threads; the result is the same for any number.
  /// - Throws: ``GenerativeError``: `badFeatures`, `tooFewSamples` where a set is empty,
  ///   `featureNotFinite`.
  /// - Complexity: O((generated + heldOut) · training · features).
  public init(
    generated: NDArray<Double>, heldOut: NDArray<Double>, training: NDArray<Double>,
    execution: Execution = .serial
  ) throws {
    try training.requireFeatures("training samples", atLeast: 1)
    let columns = training.columns
    try generated.requireFeatures(SetName.generated, atLeast: 1, columns: columns)
    try heldOut.requireFeatures("held-out samples", atLeast: 1, columns: columns)
    let near = try RowDistances(from: generated, to: training).nearestDistances(
      execution: execution)
    self.generated = median(near)
    exactCopies = near.count { $0 == 0 }
    let apart = try RowDistances(from: heldOut, to: training).nearestDistances(
      execution: execution)
    self.heldOut = median(apart)
    exactHeldOut = apart.count { $0 == 0 }
  }
}

/// - Parameter values: Not empty.
private func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
