public import TencaNumerics

/// How far two sets of samples lie in the same places: whether generated samples are good, and whether
/// they are of all kinds.
///
/// A set's ground is the union of a ball around each sample that reaches to its k-th nearest neighbour
/// within the set.
public struct SampleOverlap: Sendable, Equatable {
  /// The share of generated samples on the ground of the real ones (T. Kynkäänniemi et al., "Improved
  /// precision and recall metric for assessing generative models", 2019, equation 2): quality.
  public let precision: Double
  /// The share of real samples on the ground of the generated ones (the same): variety.
  public let recall: Double
  /// In how many balls of real samples a generated sample lies, over k (M. Naeem et al., "Reliable
  /// fidelity and diversity metrics for generative models", 2020, equation 6): as ``precision``, but an
  /// outlier among the real samples, whose ball is huge, counts for little. About 1 for like sets, and
  /// more where generated samples crowd where the real ones are dense.
  public let density: Double
  /// The share of real samples in whose ball a generated sample lies (the same, equation 7): as
  /// ``recall``, but outliers among the generated samples do not raise it.
  public let coverage: Double

  /// The neighbours that a ball reaches to unless a caller asks for others, as Naeem chose.
  public static let defaultNeighbours = 5

  /// Measures two sets.
  ///
  /// - Parameters:
  ///   - generated: samples × features, more samples than `neighbours`.
  ///   - real: samples × features, more samples than `neighbours`.
  ///   - neighbours: k, at least 1.
  ///   - execution: On how many threads; the result is the same for any number.
  /// - Throws: ``GenerativeError``: `badFeatures`, `tooFewSamples`, `featureNotFinite`, and
  ///   `invalidOption` for `neighbours`.
  /// - Complexity: O((generated + real)² · features).
  public init(
    generated: NDArray<Double>, real: NDArray<Double>,
    neighbours: Int = SampleOverlap.defaultNeighbours, execution: Execution = .serial
  ) throws {
    try GenerativeError.require(neighbours >= 1, "neighbours", neighbours, "at least 1")
    try real.requireFeatures(SetName.real, atLeast: neighbours + 1)
    try generated.requireFeatures(
      SetName.generated, atLeast: neighbours + 1, columns: real.columns)
    let realRadii = try Self.squaredRadii(real, neighbours, execution)
    let generatedRadii = try Self.squaredRadii(generated, neighbours, execution)
    let distances = RowDistances(from: generated, to: real)
    let counts = try execution.reduce(count: generated.rows, block: RowDistances.rowBlock) { rows in
      var counts = OverlapCounts(generated: rows.count, real: real.rows)
      distances.forEachBlock(rows) { first, squares in
        counts.add(
          squares, first: first, generatedRadii: generatedRadii[rows], realRadii: realRadii)
      }
      counts.settle()
      return counts
    }!
    precision = Double(counts.onRealGround) / Double(generated.rows)
    density = Double(counts.balls) / Double(neighbours * generated.rows)
    recall = share(counts.isOnGeneratedGround)
    coverage = share(counts.isCovered)
  }

  private static func squaredRadii(
    _ set: NDArray<Double>, _ neighbours: Int, _ execution: Execution
  ) throws -> [Double] {
    try RowDistances(from: set, to: set).nearest(
      neighbours, skipsItself: true, execution: execution
    ).map { $0[neighbours - 1] }
  }
}

private func share(_ flags: [Bool]) -> Double {
  Double(flags.count { $0 }) / Double(flags.count)
}

/// Which samples lie in balls of the other set.
private struct OverlapCounts: Mergeable, Sendable {
  /// Generated samples in any real ball.
  private(set) var onRealGround = 0
  /// Pairs of a generated sample and a real ball that it is in.
  private(set) var balls = 0
  /// Of each real sample, whether it is in the ball of a generated one.
  private(set) var isOnGeneratedGround: [Bool]
  /// Of each real sample, whether a generated one is in its ball.
  private(set) var isCovered: [Bool]
  /// Of each generated sample of the block, the real balls it is in.
  private var ballsOfRow: [Int]

  init(generated: Int, real: Int) {
    isOnGeneratedGround = [Bool](repeating: false, count: real)
    isCovered = isOnGeneratedGround
    ballsOfRow = [Int](repeating: 0, count: generated)
  }

  mutating func add(
    _ squares: NDArray<Double>, first: Int, generatedRadii: ArraySlice<Double>,
    realRadii: [Double]
  ) {
    let width = squares.columns
    squares.withUnsafeBuffer { squares in
      for (row, ownRadius) in generatedRadii.enumerated() {
        for column in 0..<width {
          let square = squares[row * width + column]
          if square <= ownRadius { isOnGeneratedGround[first + column] = true }
          if square <= realRadii[first + column] {
            isCovered[first + column] = true
            ballsOfRow[row] += 1
          }
        }
      }
    }
  }

  /// Sums up a block, all of whose columns have been seen.
  mutating func settle() {
    onRealGround = ballsOfRow.count { $0 > 0 }
    balls = ballsOfRow.reduce(0, +)
    ballsOfRow = []
  }

  mutating func merge(_ other: OverlapCounts) {
    onRealGround += other.onRealGround
    balls += other.balls
    for i in isCovered.indices {
      isOnGeneratedGround[i] = isOnGeneratedGround[i] || other.isOnGeneratedGround[i]
      isCovered[i] = isCovered[i] || other.isCovered[i]
    }
  }
}
