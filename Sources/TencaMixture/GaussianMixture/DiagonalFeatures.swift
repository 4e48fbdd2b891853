internal import TencaNumerics

/// The diagonal Gaussian as an exponential family: ln(wₖ N(z; μₖ, σ²ₖ)) = φ(z)·θₖ with
/// φ(z) = [z, z², 1].
///
/// The log-densities of many rows are then one matrix product of φ with θ, and the sums that an
/// M-step needs are one product of the responsibilities with φ.
enum DiagonalFeatures {
  /// The length of φ(z) for rows of `columns` numbers.
  static func width(columns: Int) -> Int { 2 * columns + 1 }

  /// Writes φ of a range of rows to `target`, one after another.
  static func write<Scalar: NumericScalar>(
    _ range: Range<Int>, of rows: StandardizedRows, into target: UnsafeMutablePointer<Scalar>
  ) {
    let columns = rows.columns
    let width = width(columns: columns)
    rows.write(range, into: target, stride: width)
    var output = target
    for _ in range {
      let squares = output + columns
      for column in 0..<columns { squares[column] = output[column] * output[column] }
      squares[columns] = 1
      output += width
    }
  }

  /// θ of every component, width × components.
  static func parameters(of mixture: GaussianMixture) -> NDArray<Double> {
    let (columns, count) = (mixture.dimensions, mixture.components)
    return NDArray(shape: [width(columns: columns), count]) { target in
      for component in 0..<count {
        var constant = logarithm(mixture.weights[component])
        for column in 0..<columns {
          let mean = mixture.meanVectors[component, column]
          let variance = mixture.variances[component, column]
          target[column * count + component] = mean / variance
          target[(columns + column) * count + component] = -0.5 / variance
          constant -= 0.5 * (logarithm(2 * .pi * variance) + mean * mean / variance)
        }
        target[2 * columns * count + component] = constant
      }
    }
  }

  /// How much larger the terms of φ·θ are than the logarithm they sum to, near the means.
  static func cancellation(in mixture: GaussianMixture) -> Double {
    (0..<mixture.components).reduce(0.0) { largest, component in
      let terms = (0..<mixture.dimensions).reduce(0.0) { sum, column in
        let mean = mixture.meanVectors[component, column]
        return sum + mean * mean / mixture.variances[component, column]
      }
      return max(largest, terms)
    }
  }
}
