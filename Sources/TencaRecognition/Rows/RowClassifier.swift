public import TencaMixture
public import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// A classifier of the rows of a table: one Gaussian mixture a class, and Bayes' rule.
///
/// With one component of full covariance a class this is quadratic discriminant analysis; with more
/// it is mixture discriminant analysis (T. Hastie and R. Tibshirani, 1996).
public struct RowClassifier: Sendable {
  /// The table's columns, in the order of the mixtures'.
  public let columns: [String]
  /// The name of the column of classes.
  public let labelColumn: String
  /// The classes, in alphabetical order.
  public let labels: [String]
  /// The mixture of each class's rows.
  public let mixtures: [GaussianMixture]
  /// The logarithm of each class's probability before the row is seen.
  public let logPriors: [Double]
  /// What it learned from.
  public let training: Record

  private let scorers: [MixtureScorer]

  /// What a classifier of rows learned from.
  public struct Record: Sendable, Codable, Equatable {
    /// The table.
    public var source: String
    /// Rows of each class, in the order of the labels.
    public var rows: [Int]
    /// Mean log-likelihood of each class's own rows.
    public var logLikelihoods: [Double]
    /// The seed of everything random.
    public var seed: UInt64
    /// What a reader of the model should know.
    public var warnings: [String]
  }

  /// Puts a classifier together.
  public init(
    columns: [String], labelColumn: String, labels: [String], mixtures: [GaussianMixture],
    logPriors: [Double], training: Record
  ) {
    self.columns = columns
    self.labelColumn = labelColumn
    self.labels = labels
    self.mixtures = mixtures
    self.logPriors = logPriors
    self.training = training
    scorers = mixtures.map { MixtureScorer($0, missing: .marginalized) }
  }

  /// Each class's probability before the row is seen.
  public var priors: [Double] { logPriors.map { exp($0) } }

  /// Classifies rows.
  ///
  /// - Parameters:
  ///   - rows: rows × columns, in the order of ``columns``. A missing cell (NaN) is integrated out.
  ///   - threshold: The probability below which there is no verdict.
  ///   - execution: Threads, progress and cancellation.
  /// - Returns: A verdict a row.
  /// - Throws: `MixtureError` when the columns are others, or a cell is infinite.
  /// - Complexity: O(rows · classes · components · columns), for full covariance times columns.
  public func classify(
    _ rows: NDArray<Double>, rejectBelow threshold: Double = 0, execution: Execution = .serial
  ) throws -> [Classification] {
    let densities = try scorers.map { try $0.logDensities(rows, execution: execution) }
    return (0..<rows.rows).map { row in
      // A row beyond the range of floats is as unlikely as can be told, under every class alike.
      let logLikelihoods = densities.map { Double(max($0[row], -.greatestFiniteMagnitude)) }
      return Classification(
        labels: labels, logPriors: logPriors, logLikelihoods: logLikelihoods, evidenceScale: 1,
        frameCount: 1, rejectBelow: threshold)
    }
  }
}
