public import TencaNumerics

/// How unlike two sets of samples are: the "kernel inception distance", an unbiased estimate of the
/// squared maximum mean discrepancy under the kernel (xᵀy / features + 1)³ (M. Bińkowski et al.,
/// "Demystifying MMD GANs", 2018, section 4).
///
/// Features are standardised by the real samples first: a cube is ruled by the features with the
/// largest numbers otherwise. Unlike the Fréchet distance its mean does not depend on how many samples
/// there are, and for samples of one distribution it is as often below 0 as above.
///
/// - Parameters:
///   - generated: samples × features, at least two samples.
///   - real: samples × features, at least two samples.
///   - execution: On how many threads; the result is the same for any number.
/// - Returns: Near 0 for like sets, more for unlike ones; possibly negative.
/// - Throws: ``GenerativeError``: `badFeatures`, `tooFewSamples`, `featureNotFinite`.
/// - Complexity: O((generated + real)² · features).
public func kernelDistance(
  _ generated: NDArray<Double>, _ real: NDArray<Double>, execution: Execution = .serial
) throws -> Double {
  try real.requireFeatures(SetName.real)
  try generated.requireFeatures(SetName.generated, columns: real.columns)
  let units = try FeatureStatistics(real, execution: execution)
  let (x, y) = (units.standardize(generated), units.standardize(real))
  let within =
    try [x, y].map { set in
      let sum = try kernelSum(set, set, execution)
      // Of a sample with itself, which says nothing of the distribution.
      let own = (0..<set.rows).reduce(0.0) { total, row in
        total + cubicKernel(dot(set.row(row), set.row(row)), features: set.columns)
      }
      return (sum - own) / (Double(set.rows) * Double(set.rows - 1))
    }
  let between = try kernelSum(x, y, execution) / (Double(x.rows) * Double(y.rows))
  return within[0] + within[1] - 2 * between
}

private func cubicKernel(_ product: Double, features: Int) -> Double {
  let base = product / Double(features) + 1
  return base * base * base
}

/// Σ over all pairs of k(x, y).
private func kernelSum(
  _ x: NDArray<Double>, _ y: NDArray<Double>, _ execution: Execution
) throws -> Double {
  let total = try execution.reduce(count: x.rows, block: RowDistances.rowBlock) { rows in
    var sum = 0.0
    for first in stride(from: 0, to: y.rows, by: RowDistances.columnBlock) {
      let columns = first..<min(first + RowDistances.columnBlock, y.rows)
      let products = matrixProduct(x.rows(rows), y.rows(columns).transposed())
      products.withUnsafeBuffer { products in
        for product in products { sum += cubicKernel(product, features: x.columns) }
      }
    }
    return PairSum(value: sum)
  }
  return total!.value
}
