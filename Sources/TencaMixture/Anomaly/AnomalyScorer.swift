public import TencaNumerics

/// Says how unlikely rows are, and how many training rows were less unlikely.
public struct AnomalyScorer: Sendable {
  /// How rows are scored.
  public let scorer: MixtureScorer
  /// Scores of training rows at evenly spaced ranks, in ascending order.
  public let quantiles: [Double]

  /// So many scores describe those of all training rows, to a tenth of a percent.
  private static let resolution = 1001

  /// The scores of rows.
  public struct Scores: Sendable, Equatable {
    /// -ln p(x) in nats: the more, the stranger.
    public let negativeLogDensities: [Double]
    /// The share of training rows that are less strange, in percent.
    public let percentiles: [Double]
  }

  /// Learns what scores are usual.
  ///
  /// - Parameters:
  ///   - mixture: The density.
  ///   - training: Usual rows, best those that the mixture was fitted to.
  ///   - missing: What NaN means.
  ///   - execution: How the work is carried out.
  /// - Throws: ``MixtureError/noData(shape:)`` without rows; as
  ///   ``MixtureScorer/logDensities(_:execution:)``.
  /// - Complexity: That of scoring, and O(rows · log rows).
  public init(
    _ mixture: GaussianMixture, training: some RowSource, missing: MissingCells = .refused,
    execution: Execution = .serial
  ) throws {
    scorer = MixtureScorer(mixture, missing: missing)
    let scores = try scorer.logDensities(training, execution: execution).elements
      .map { -Double($0) }.sorted()
    guard !scores.isEmpty else {
      throw MixtureError.noData(shape: [training.rowCount, training.columnCount])
    }
    let count = min(scores.count, Self.resolution)
    quantiles =
      count == 1 ? scores : (0..<count).map { scores[$0 * (scores.count - 1) / (count - 1)] }
  }

  /// Makes a scorer of parts that were stored.
  ///
  /// - Parameters:
  ///   - mixture: The density.
  ///   - quantiles: What ``quantiles`` was.
  ///   - missing: What NaN means.
  /// - Throws: ``MixtureError/invalidModel(problem:)`` for quantiles that are none.
  public init(
    _ mixture: GaussianMixture, quantiles: [Double], missing: MissingCells = .refused
  ) throws {
    guard !quantiles.isEmpty, zip(quantiles, quantiles.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      throw MixtureError.invalidModel(
        problem: "the quantiles of training scores do not ascend")
    }
    scorer = MixtureScorer(mixture, missing: missing)
    self.quantiles = quantiles
  }

  /// Scores rows.
  ///
  /// - Throws: As ``MixtureScorer/logDensities(_:execution:)``.
  /// - Complexity: As ``MixtureScorer/logDensities(_:execution:)``.
  public func scores(
    of data: some RowSource, execution: Execution = .serial
  ) throws -> Scores {
    let scores = try scorer.logDensities(data, execution: execution).elements.map { -Double($0) }
    return Scores(negativeLogDensities: scores, percentiles: scores.map(percentile))
  }

  /// The share of training rows whose score is less, in percent.
  private func percentile(_ score: Double) -> Double {
    var (low, high) = (0, quantiles.count)
    while low < high {
      let middle = (low + high) / 2
      if quantiles[middle] < score { low = middle + 1 } else { high = middle }
    }
    return 100 * Double(low) / Double(quantiles.count)
  }
}
