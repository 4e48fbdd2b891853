internal import TencaNumerics

/// The sums from which one rotation for all Gaussians is found, so that diagonal covariances suit them
/// better (Gales 1999, "Semi-tied covariance matrices").
struct SemiTiedStatistics: Sendable, Mergeable {
  /// Of each output i, Σ γ (x - μ)(x - μ)ᵀ / σᵢ² over all Gaussians and frames.
  private var scatters: [NDArray<Double>]
  private var count = 0.0

  init(columns: Int) {
    scatters = [NDArray<Double>](repeating: NDArray(zeros: [columns, columns]), count: columns)
  }

  /// Counts the frames of one state.
  ///
  /// - Parameters:
  ///   - powers: Of ``FrameStandardization/powers(of:)``.
  ///   - theta: ``GaussianBank/naturalParameters`` of the state's Gaussians.
  ///   - place: The state's Gaussians in the bank.
  /// - Complexity: O(frames · Gaussians · columns² + Gaussians · columns³).
  mutating func add(
    _ powers: NDArray<Float>, theta: NDArray<Float>, bank: GaussianBank, at place: Range<Int>
  ) {
    let width = bank.columns
    let shares = BankStatistics.responsibilities(powers, theta: theta)
    count += Double(powers.rows)
    for (index, gaussian) in place.enumerated() {
      // Rows √γ (x - μ): their product with themselves is the scatter.
      let deviations = NDArray<Float>(shape: [powers.rows, width]) { target in
        powers.withUnsafeBuffer { source in
          for row in 0..<powers.rows {
            let weight = shares[row, index].squareRoot()
            for column in 0..<width {
              let mean = Float(bank.meanVectors[gaussian, column])
              target[row * width + column] = weight * (source[row * powers.columns + column] - mean)
            }
          }
        }
      }
      let scatter = matrixProduct(deviations.transposed(), deviations)
      scatter.withUnsafeBuffer { scatter in
        for output in 0..<width {
          let precision = 1 / bank.variances[gaussian, output]
          scatters[output].withUnsafeMutableBuffer { target in
            for position in scatter.indices {
              target[position] += precision * Double(scatter[position])
            }
          }
        }
      }
    }
  }

  mutating func merge(_ other: SemiTiedStatistics) {
    scatters = zip(scatters, other.scatters).map { $0 + $1 }
    count += other.count
  }

  /// The rotation A that makes n ln|det A| - ½ Σᵢ aᵢ Gᵢ aᵢᵀ largest, row by row in turn (Gales 1999,
  /// equation 21); the identity where there is nothing to learn from.
  ///
  /// - Throws: `LinearAlgebraError` for numbers that are not finite.
  /// - Complexity: O(rounds · columns⁴).
  func rotation(rounds: Int = 10) throws -> NDArray<Double> {
    let width = scatters.count
    let identity = NDArray<Double>.identity(width)
    var rotation = identity
    // As many frames as columns for which nothing needs turning: few data then turn nothing.
    let total = count + Double(width)
    let inverses = try scatters.map {
      try inverseOfSymmetricPositiveDefinite($0 + identity * Double(width))
    }
    for _ in 0..<rounds {
      for row in 0..<width {
        // The cofactors of a row are, but for a factor, a column of the inverse.
        let cofactors = try solve(rotation, identity.column(row).contiguous()).reshaped([1, width])
        let direction = matrixProduct(cofactors, inverses[row])
        let length = matrixProduct(direction, cofactors.transposed())[0, 0]
        let scale = (total / length).squareRoot()
        for column in 0..<width { rotation[row, column] = scale * direction[0, column] }
      }
    }
    return rotation
  }
}
