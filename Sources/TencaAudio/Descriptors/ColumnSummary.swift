public import TencaNumerics

/// How the values of one column of features are spread over a sound.
public struct ColumnSummary: Sendable, Equatable, Codable {
  /// What the column is.
  public var name: String
  /// The mean.
  public var mean: Double
  /// The standard deviation, of the frames at hand (divided by their number).
  public var deviation: Double
  /// The least value.
  public var minimum: Double
  /// The middle value, or the mean of the two in the middle.
  public var median: Double
  /// The greatest value.
  public var maximum: Double

  /// Summarises values.
  ///
  /// - Precondition: There is at least one.
  /// - Complexity: O(n log n).
  public init(_ name: String, _ values: NDArray<Float>) {
    precondition(!values.isEmpty, "a summary of no values")
    let sorted = values.elements.sorted()
    let count = Double(sorted.count)
    let mean = sorted.reduce(0.0) { $0 + Double($1) } / count
    let squares = sorted.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    self.name = name
    self.mean = mean
    deviation = (squares / count).squareRoot()
    minimum = Double(sorted[0])
    median = (Double(sorted[(sorted.count - 1) / 2]) + Double(sorted[sorted.count / 2])) / 2
    maximum = Double(sorted[sorted.count - 1])
  }
}

extension FeatureMatrix {
  /// A summary of each column; none where there are no frames.
  public var summaries: [ColumnSummary] {
    if frameCount == 0 { return [] }
    return columnNames.enumerated().map { ColumnSummary($1, values.column($0)) }
  }
}
