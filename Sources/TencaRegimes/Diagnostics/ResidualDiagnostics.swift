internal import TencaNumerics

/// Whether residuals look like independent normal numbers of one variance, as those of a right model
/// do: what is left in them by a model that is not.
///
/// P-values are those of large samples. A small one says that the residuals are not what they should
/// be: correlated (Ljung-Box), not normal (Jarque-Bera), calm and agitated by turns (Engle).
public struct ResidualDiagnostics: Sendable, Equatable, Codable {
  /// A test by a number that is χ² distributed under a right model.
  public struct Test: Sendable, Equatable, Codable {
    /// The number.
    public let statistic: Double
    /// Its degrees of freedom.
    public let degreesOfFreedom: Int
    /// The probability of one as large under a right model.
    public let pValue: Double

    init(_ statistic: Double, degreesOfFreedom: Int) {
      (self.statistic, self.degreesOfFreedom) = (statistic, degreesOfFreedom)
      pValue = chiSquareUpperTail(statistic, degreesOfFreedom: degreesOfFreedom)
    }
  }

  /// How many residuals there are.
  public let count: Int
  /// Their mean.
  public let mean: Double
  /// Their mean squared distance from it.
  public let variance: Double
  /// Their third standardised moment, 0 for normal numbers.
  public let skewness: Double
  /// Their fourth standardised moment less that of normal numbers, 3.
  public let excessKurtosis: Double
  /// Their correlations with those 1, 2, … rows before.
  public let autocorrelations: [Double]
  /// How large one autocorrelation is by chance in 1 of 20 cases.
  public let autocorrelationBound: Double
  /// Whether the autocorrelations together are larger than by chance (G. Ljung, G. Box, 1978).
  public let ljungBox: Test
  /// Whether skewness and kurtosis are those of normal numbers (C. Jarque, A. Bera, 1980).
  public let jarqueBera: Test
  /// Whether squares depend on the squares before (R. Engle, 1982: autoregressive conditional
  /// heteroscedasticity); nil where all squares are equal.
  public let arch: Test?

  /// Tests residuals.
  ///
  /// - Parameters:
  ///   - residuals: In order of time. NaN ones are left out, as if those around were neighbours.
  ///   - lags: How many rows back autocorrelations and tests go; nil for 10, or a fifth of the
  ///     residuals where that is less.
  ///   - fittedParameters: Parameters of the model that took autocorrelation out, such as
  ///     autoregressive coefficients, by which the degrees of freedom of ``ljungBox`` are fewer.
  /// - Throws: ``RegimesError`` for fewer than 8 residuals, for residuals that are all equal or
  ///   infinite, and for options out of range.
  /// - Complexity: O(residuals · lags²).
  public init(_ residuals: [Double], lags: Int? = nil, fittedParameters: Int = 0) throws {
    let there = residuals.filter { !$0.isNaN }
    let count = there.count
    guard count >= 8 else {
      throw RegimesError.unfitSeries(
        place: "residuals", problem: "there are \(count), and tests need 8",
        remedy: "Give more rows")
    }
    let limit = (count - 3) / 2
    let lags = lags ?? min(10, count / 5)
    try RegimesError.require((1...limit).contains(lags), "lags", lags, "1 to \(limit)")
    try RegimesError.require(
      (0..<lags).contains(fittedParameters), "fittedParameters", fittedParameters,
      "0 or more, and less than the \(lags) lags")
    let moments = try Moments(there)
    self.count = count
    (mean, variance) = (moments.mean, moments.variance)
    (skewness, excessKurtosis) = (moments.skewness, moments.excessKurtosis)
    let autocorrelations = Self.autocorrelations(there, moments, lags: lags)
    self.autocorrelations = autocorrelations
    let n = Double(count)
    autocorrelationBound = normalQuantile(0.975) / n.squareRoot()
    let squares = autocorrelations.enumerated().map { $1 * $1 / (n - Double($0 + 1)) }
    ljungBox = Test(
      n * (n + 2) * squares.reduce(0, +), degreesOfFreedom: lags - fittedParameters)
    jarqueBera = Test(
      n / 6 * (skewness * skewness + excessKurtosis * excessKurtosis / 4), degreesOfFreedom: 2)
    arch = try Self.arch(there, lags: lags)
  }

  /// Sums of products over the sum of squares, so that no correlation is beyond ±1.
  private static func autocorrelations(
    _ residuals: [Double], _ moments: Moments, lags: Int
  ) -> [Double] {
    let centred = residuals.map { ($0 - moments.mean) / moments.variance.squareRoot() }
    return (1...lags).map { lag in
      zip(centred.dropFirst(lag), centred).reduce(0.0) { $0 + $1.0 * $1.1 } / Double(centred.count)
    }
  }

  /// Engle's Lagrange multiplier: rows · R² of the regression of squares on those before.
  private static func arch(_ residuals: [Double], lags: Int) throws -> Test? {
    let largest = residuals.map(abs).max()!
    let squares = residuals.map { $0 / largest * ($0 / largest) }
    let targets = Array(squares.dropFirst(lags))
    let mean = targets.reduce(0, +) / Double(targets.count)
    let total = targets.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
    guard total > 1e-24 * Double(targets.count) else { return nil }
    let design = NDArray(
      rows: targets.indices.map { row in [1] + (1...lags).map { squares[row + lags - $0] } })
    let fit = try leastSquares(design, NDArray(targets)).solution.elements
    let rest = targets.indices.reduce(0.0) { sum, row in
      let fitted = zip(design.row(row).elements, fit).reduce(0.0) { $0 + $1.0 * $1.1 }
      return sum + (targets[row] - fitted) * (targets[row] - fitted)
    }
    let explained = min(max(1 - rest / total, 0), 1)
    return Test(Double(targets.count) * explained, degreesOfFreedom: lags)
  }
}

/// The first moments of numbers.
private struct Moments {
  let mean: Double
  let variance: Double
  let skewness: Double
  let excessKurtosis: Double

  init(_ values: [Double]) throws {
    let count = Double(values.count)
    if let index = values.firstIndex(where: \.isInfinite) {
      throw RegimesError.unfitSeries(
        place: "residuals", problem: "number \(index + 1) is \(values[index])",
        remedy: "Look for a row that the model holds to be impossible")
    }
    mean = values.reduce(0) { $0 + $1 / count }
    // In units of the largest, so that no power is beyond what a number holds.
    let centre = mean
    let largest = values.map { abs($0 - centre) }.max()!
    // Rounding alone makes equal numbers differ by less.
    guard largest > abs(mean) * 1e-14 else {
      throw RegimesError.unfitSeries(
        place: "residuals", problem: "all are \(mean)", remedy: "Give a model that leaves some")
    }
    func moment(_ power: Int) -> Double {
      values.reduce(0.0) { sum, value in
        sum + (0..<power).reduce(1.0) { product, _ in product * ((value - centre) / largest) }
      } / count
    }
    let second = moment(2)
    variance = second * largest * largest
    skewness = moment(3) / (second * second.squareRoot())
    excessKurtosis = moment(4) / (second * second) - 3
  }
}
