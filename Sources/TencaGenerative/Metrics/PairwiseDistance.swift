public import TencaNumerics

/// The mean distance between two samples of a set: its diversity. One that is well below that of real
/// samples has collapsed.
///
/// - Parameters:
///   - samples: samples × features, at least two samples.
///   - set: Whose features they are, for messages.
///   - execution: On how many threads; the result is the same for any number.
/// - Returns: Σ over pairs of ‖x − y‖, over the number of pairs.
/// - Throws: ``GenerativeError``: `badFeatures`, `tooFewSamples`, `featureNotFinite`.
/// - Complexity: O(samples² · features).
public func meanPairwiseDistance(
  _ samples: NDArray<Double>, set: String = "samples", execution: Execution = .serial
) throws -> Double {
  try samples.requireFeatures(set)
  let distances = RowDistances(from: samples, to: samples)
  let total = try execution.reduce(count: samples.rows, block: RowDistances.rowBlock) { rows in
    var sum = 0.0
    distances.forEachBlock(rows) { _, squares in
      squares.withUnsafeBuffer { squares in
        for square in squares { sum += square.squareRoot() }
      }
    }
    return PairSum(value: sum)
  }!
  // Every pair was met twice, and every sample met itself at 0.
  return total.value / (Double(samples.rows) * Double(samples.rows - 1))
}
