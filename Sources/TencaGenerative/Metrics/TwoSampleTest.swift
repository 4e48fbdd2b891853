public import TencaNumerics

/// Whether a classifier can tell generated samples from real ones that it has not seen (D. Lopez-Paz,
/// M. Oquab, "Revisiting classifier two-sample tests", 2017).
///
/// One half of either set, equally many of both, trains a ridge logistic regression, and the other half
/// is told apart by it: right half the time for samples of one distribution, always for samples of
/// quite another. What a linear classifier cannot see in the features stays unseen.
///
/// - Parameters:
///   - generated: samples × features, at least 4 samples.
///   - real: samples × features, at least 4 samples.
///   - ridge: What weights of standardised features cost, see ``LogisticRegression``.
///   - random: Draws the halves.
/// - Returns: How many held-out samples were told right; 0.5 within its interval says no difference was
///   found.
/// - Throws: ``GenerativeError``: `badFeatures`, `tooFewSamples`, `featureNotFinite`, and
///   `invalidOption` for `ridge`.
/// - Complexity: O(samples · features) a step of the regression, some tens of steps.
public func twoSampleTest(
  generated: NDArray<Double>, real: NDArray<Double>, ridge: Double = 1, random: RandomStream
) throws -> Proportion {
  try real.requireFeatures(SetName.real, atLeast: 4)
  try generated.requireFeatures(SetName.generated, atLeast: 4, columns: real.columns)
  var random = random
  let count = min(generated.rows, real.rows)
  func halves(_ set: NDArray<Double>) -> (training: NDArray<Double>, test: NDArray<Double>) {
    let order = Array(random.permutation(of: set.rows).prefix(count))
    return (
      set.selectingRows(Array(order[..<(count / 2)])),
      set.selectingRows(Array(order[(count / 2)...]))
    )
  }
  let (first, second) = (halves(generated), halves(real))
  let training = NDArray.concatenated([first.training, second.training])
  let units = try FeatureStatistics(training)
  let isGenerated = (0..<training.rows).map { $0 < first.training.rows }
  let model = try LogisticRegression(
    fitting: units.standardize(training), isPositive: isGenerated, ridge: ridge)
  let hits = model.scores(units.standardize(first.test)).count { $0 > 0 }
  let rejections = model.scores(units.standardize(second.test)).count { $0 <= 0 }
  return Proportion(
    correct: hits + rejections, total: first.test.rows + second.test.rows)
}
