public import TencaNumerics

/// A ridge logistic regression: the chance of the positive class is 1 / (1 + exp(−(w·x + b))).
public struct LogisticRegression: Sendable, Equatable {
  /// w, a number a feature.
  public let weights: NDArray<Double>
  /// b.
  public let intercept: Double

  /// Finds the weights that maximise Σ log p(class | x) − ridge / 2 · ‖w‖². The intercept costs nothing.
  ///
  /// - Parameters:
  ///   - samples: samples × features; standardise them, since one ridge is for all.
  ///   - isPositive: The class of each sample.
  ///   - ridge: Above 0, so that there is one best answer even where a plane parts the classes.
  /// - Throws: ``GenerativeError``: `badFeatures`, `tooFewSamples`, `featureNotFinite`, and
  ///   `invalidOption` for `ridge` or the number of classes.
  /// - Complexity: O(samples · features) a step, some tens of steps.
  public init(fitting samples: NDArray<Double>, isPositive: [Bool], ridge: Double = 1) throws {
    try samples.requireFeatures("samples of a logistic regression")
    try GenerativeError.require(ridge > 0 && ridge.isFinite, "ridge", ridge, "above 0 and finite")
    try GenerativeError.require(
      isPositive.count == samples.rows, "isPositive", "\(isPositive.count) classes",
      "a class for each of \(samples.rows) samples")
    let features = samples.columns
    let start = [Double](repeating: 0, count: features + 1)
    let outcome = try QuasiNewton().maximize(from: start) { parameters in
      let weights = NDArray(parameters[..<features])
      var residuals = Self.scores(samples, weights, parameters[features]).elements
      var value = -ridge / 2 * dot(weights, weights)
      for i in residuals.indices {
        let (score, target) = (residuals[i], isPositive[i] ? 1.0 : 0.0)
        // log(1 + exp(s)) without overflow.
        let small = exponential(-abs(score))
        value += target * score - max(score, 0) - logarithmOfOnePlus(small)
        residuals[i] = target - (score >= 0 ? 1 : small) / (1 + small)
      }
      let sum = residuals.reduce(0, +)
      var slope = weights * -ridge
      let column = NDArray(residuals, shape: [residuals.count, 1])
      slope =
        slope + matrixProduct(samples.transposed(), column).reshaped([features])
      return (value: value, gradient: slope.elements + [sum])
    }
    weights = NDArray(outcome.point.coordinates[..<features])
    intercept = outcome.point.coordinates[features]
  }

  /// w·x + b of each sample: above 0 for the positive class.
  ///
  /// - Parameter samples: samples × features.
  public func scores(_ samples: NDArray<Double>) -> [Double] {
    Self.scores(samples, weights, intercept).elements
  }

  private static func scores(
    _ samples: NDArray<Double>, _ weights: NDArray<Double>, _ intercept: Double
  ) -> NDArray<Double> {
    matrixProduct(samples, weights.reshaped([weights.count, 1])) + intercept
  }
}
