public import TencaNumerics

/// Steps whose probabilities follow covariates z of the row that they leave (A. Filardo, 1994):
/// ln(aᵢⱼ / aᵢᵢ) = cᵢⱼ + Σ bᵢⱼ·z.
public struct LogisticTransitions: Sendable {
  /// c, states × states: 0 on the diagonal, -∞ for a step that never happens.
  public let intercepts: NDArray<Double>
  /// b, states × states × covariates; 0 on the diagonal.
  public let slopes: NDArray<Double>
  /// What coordinates take covariates relative to, so that all are of one size.
  private let means: [Double]
  private let scales: [Double]

  /// Makes a law of known coefficients.
  ///
  /// - Parameters:
  ///   - intercepts: states × states; what stands on the diagonal does not count.
  ///   - slopes: states × states × covariates.
  /// - Throws: ``MarkovError/invalidModel(problem:)`` for shapes that do not fit, and for numbers that
  ///   are none.
  public init(intercepts: NDArray<Double>, slopes: NDArray<Double>) throws {
    guard intercepts.rank == 2, intercepts.rows == intercepts.columns, slopes.rank == 3,
      slopes.shape[..<2] == intercepts.shape[...]
    else {
      throw MarkovError.invalidModel(
        problem: "step intercepts of shape \(intercepts.shape) with slopes of \(slopes.shape)")
    }
    guard intercepts.elements.allSatisfy({ $0 < .infinity }), slopes.firstNonFinite() == nil else {
      throw MarkovError.invalidModel(problem: "step coefficients that are not finite")
    }
    let count = slopes.shape[2]
    self.init(
      intercepts, slopes, means: [Double](repeating: 0, count: count),
      scales: [Double](repeating: 1, count: count))
  }

  private init(
    _ intercepts: NDArray<Double>, _ slopes: NDArray<Double>, means: [Double], scales: [Double]
  ) {
    var (intercepts, slopes) = (intercepts, slopes)
    for i in 0..<intercepts.rows {
      intercepts[i, i] = 0
      for c in 0..<slopes.shape[2] { slopes[[i, i, c]] = 0 }
    }
    (self.intercepts, self.slopes, self.means, self.scales) = (intercepts, slopes, means, scales)
  }

  /// Steps as in a matrix, whatever the covariates.
  ///
  /// - Throws: ``MarkovError/invalidOption(name:value:limit:)`` where a state cannot stay.
  init(started matrix: NDArray<Double>, over rows: NDArray<Double>) throws {
    let states = matrix.rows
    for state in 0..<states {
      try MarkovError.require(
        matrix[state, state] > 0, "chain", "one whose state \(state) never stays",
        "one whose states may last, which the others are weighed against")
    }
    let intercepts = NDArray<Double>(shape: [states, states]) { target in
      for i in 0..<states {
        for j in 0..<states {
          // What seldom happened may under other covariates.
          let share = matrix[i, j] > 0 ? max(matrix[i, j], 1e-4) : 0
          target[i * states + j] = logarithm(share / max(matrix[i, i], 1e-4))
        }
      }
    }
    self = try LogisticTransitions(
      intercepts: intercepts, slopes: NDArray(zeros: [states, states, rows.columns])
    ).standardized(by: rows)
  }

  /// The number of states.
  public var stateCount: Int { intercepts.rows }
  /// The number of covariates.
  public var covariateCount: Int { means.count }

  /// The law with covariates relative to the mean and spread that they have in some rows.
  func standardized(by rows: NDArray<Double>) -> LogisticTransitions {
    let count = Double(rows.rows)
    let columns = (0..<rows.columns).map { column in (0..<rows.rows).map { rows[$0, column] } }
    let means = columns.map { $0.reduce(0, +) / count }
    let scales = zip(columns, means).map { column, mean in
      let variance = column.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) } / count
      return variance > 0 ? variance.squareRoot() : 1
    }
    return LogisticTransitions(intercepts, slopes, means: means, scales: scales)
  }

  /// Covariates as coordinates take them.
  func standardized(_ rows: NDArray<Double>) -> NDArray<Double> {
    NDArray(shape: rows.shape) { target in
      for index in target.indices {
        let (row, column) = (index / rows.columns, index % rows.columns)
        target[index] = (rows[row, column] - means[column]) / scales[column]
      }
    }
  }

  /// The matrix of a step from a row with these covariates.
  public func matrix(at covariates: [Double]) -> NDArray<Double> {
    let states = stateCount
    return NDArray(
      (0..<states).flatMap { i in
        sharesAt(
          (0..<states).map { j in
            covariates.indices.reduce(intercepts[i, j]) {
              $0 + slopes[[i, j, $1]] * covariates[$1]
            }
          })
      }, shape: [states, states])
  }

  /// The matrix of a step where covariates are what they were on average.
  public var matrixAtMeans: NDArray<Double> { matrix(at: means) }

  func matrices(over rows: NDArray<Double>) throws -> TransitionMatrix {
    try MarkovError.require(
      rows.rank == 2 && rows.columns == covariateCount, "covariates", "of shape \(rows.shape)",
      "rows × \(covariateCount)")
    let size = stateCount * stateCount
    return TransitionMatrix(
      uncheckedVarying: NDArray(shape: [rows.rows, stateCount, stateCount]) { target in
        for row in 0..<rows.rows {
          for (index, value) in matrix(at: rows.row(row).elements).elements.enumerated() {
            target[row * size + index] = value
          }
        }
      })
  }

  func reordered(_ order: [Int]) -> LogisticTransitions {
    let states = stateCount
    let moved = NDArray<Double>(shape: slopes.shape) { target in
      for index in target.indices {
        let (step, c) = (index / covariateCount, index % covariateCount)
        target[index] = slopes[[order[step / states], order[step % states], c]]
      }
    }
    // Intercepts are relative to staying, so a new order changes no number.
    return LogisticTransitions(
      NDArray(rows: order.map { i in order.map { intercepts[i, $0] } }), moved, means: means,
      scales: scales)
  }

  /// Of every step (i, j), i ≠ j, c and b of standardised covariates; all of them -∞ where it never
  /// happens.
  var coordinates: [Double] {
    forEachStep { i, j in
      guard intercepts[i, j] > -.infinity else {
        return [Double](repeating: -.infinity, count: covariateCount + 1)
      }
      let own = (0..<covariateCount).map { slopes[[i, j, $0]] }
      return [zip(own, means).reduce(intercepts[i, j]) { $0 + $1.0 * $1.1 }]
        + zip(own, scales).map { $0 * $1 }
    }
  }

  func moved(to coordinates: [Double]) -> LogisticTransitions? {
    var (intercepts, slopes) = (intercepts, slopes)
    var next = 0
    for i in 0..<stateCount {
      for j in 0..<stateCount where j != i {
        defer { next += covariateCount + 1 }
        guard coordinates[next] > -.infinity else { continue }
        // Beyond this a step is certain or impossible, and nothing is left to climb.
        guard coordinates[next..<next + covariateCount + 1].allSatisfy({ abs($0) < 300 }) else {
          return nil
        }
        intercepts[i, j] = coordinates[next]
        for c in 0..<covariateCount {
          slopes[[i, j, c]] = coordinates[next + 1 + c] / scales[c]
          intercepts[i, j] -= slopes[[i, j, c]] * means[c]
        }
      }
    }
    return LogisticTransitions(intercepts, slopes, means: means, scales: scales)
  }

  func gradient(_ sums: StepSums) -> [Double] {
    let width = covariateCount + 1
    return forEachStep { i, j in
      let first = (i * stateCount + j) * width
      return Array(sums.sums[first..<first + width])
    }
  }

  var namedParameters: [NamedParameter] {
    forEachStep { i, j in
      guard intercepts[i, j] > -.infinity else { return [] }
      return [NamedParameter("step intercept", state: i, nextState: j, intercepts[i, j])]
        + (0..<covariateCount).map {
          NamedParameter("step slope", state: i, nextState: j, column: $0, slopes[[i, j, $0]])
        }
    }
  }

  private func forEachStep<Value>(_ body: (Int, Int) -> [Value]) -> [Value] {
    (0..<stateCount).flatMap { i in
      (0..<stateCount).filter { $0 != i }.flatMap { body(i, $0) }
    }
  }
}

extension LogisticTransitions: Equatable {
  /// Whether the coefficients are the same.
  public static func == (first: LogisticTransitions, second: LogisticTransitions) -> Bool {
    first.intercepts == second.intercepts && first.slopes == second.slopes
  }
}
