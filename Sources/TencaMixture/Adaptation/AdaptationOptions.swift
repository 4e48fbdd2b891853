/// How a background model is adapted to new rows.
///
/// A relevance factor r says how many rows of a component weigh as much as what the model knew of
/// it: with n rows, the new parameter is n/(n + r) parts what they say and r/(n + r) parts the old
/// (D. Reynolds, T. Quatieri, R. Dunn, "Speaker verification using adapted Gaussian mixture models",
/// 2000). nil leaves the parameters as they are.
public struct AdaptationOptions: Sendable, Equatable, Codable {
  /// The relevance factor of the weights. nil: adapted weights rarely help to tell speakers apart.
  public var weights: Double?
  /// The relevance factor of the means. 16, as the paper recommends; 8 to 20 do alike.
  public var means: Double?
  /// The relevance factor of the covariances. nil, for want of rows.
  public var covariances: Double?
  /// How often responsibilities are made anew, under the mixture adapted so far. 1, as the paper.
  public var iterations: Int
  /// The least variance in any direction, as a share of the background model's own variance.
  public var varianceFloor: Double

  /// Makes options; see the properties for the reasons of the defaults.
  public init(
    weights: Double? = nil, means: Double? = 16, covariances: Double? = nil, iterations: Int = 1,
    varianceFloor: Double = 1e-3
  ) {
    self.weights = weights
    self.means = means
    self.covariances = covariances
    self.iterations = iterations
    self.varianceFloor = varianceFloor
  }

  func validate() throws {
    for (name, value) in [("weights", weights), ("means", means), ("covariances", covariances)] {
      guard let value else { continue }
      try MixtureError.require(
        value >= 0 && value.isFinite, "relevance of the \(name)", value, "0 or more, and finite")
    }
    try MixtureError.require(iterations >= 1, "iterations", iterations, "at least 1")
    try MixtureError.require(
      varianceFloor > 0 && varianceFloor <= 1, "varianceFloor", varianceFloor,
      "above 0 and at most 1")
  }
}
