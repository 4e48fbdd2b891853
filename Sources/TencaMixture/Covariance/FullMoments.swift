internal import TencaNumerics

/// Any Σ: m(z) = the products z_i z_j with i ≤ j, row by row of the upper triangle.
enum FullMoments {
  static func count(columns: Int) -> Int { columns * (columns + 1) / 2 }

  static func write<Scalar: NumericScalar>(
    _ values: UnsafePointer<Double>, _ count: Int, _ columns: Int,
    into target: UnsafeMutablePointer<Scalar>, stride: Int
  ) {
    for row in 0..<count {
      // The linear features stand just before the moments, in the precision wanted.
      let input = target + row * stride - columns
      var output = target + row * stride
      for i in 0..<columns {
        let factor = input[i]
        for j in i..<columns { output[j - i] = factor * input[j] }
        output += columns - i
      }
    }
  }

  static func precision(covariance: NDArray<Double>, mean: [Double]) -> Precision {
    let columns = mean.count
    let factor = covarianceFactor(covariance)
    let terms = precisionTerms(factor: factor, mean: mean)
    let root = try! solveTriangular(.lower, factor, .identity(columns))
    let inverse = matrixProduct(root.transposed(), root)
    var coefficients: [Double] = []
    coefficients.reserveCapacity(count(columns: columns))
    for i in 0..<columns {
      for j in i..<columns { coefficients.append(inverse[i, j] * (i == j ? -0.5 : -1)) }
    }
    return Precision(
      linear: terms.linear, quadratic: terms.quadratic, logDeterminant: terms.logDeterminant,
      coefficients: coefficients)
  }

  /// Σ = Σ γzzᵀ / n - μμᵀ.
  static func covariances(
    of statistics: ComponentMoments, floor: Double
  ) -> (Covariances, Int) {
    let (columns, width) = (statistics.columns, statistics.momentCount)
    var floored = 0
    let matrices = (0..<statistics.components).map { component in
      let mean = statistics.means.row(component).elements
      let occupancy = statistics.occupancies[component]
      var matrix = NDArray<Double>(zeros: [columns, columns])
      var index = component * width
      for i in 0..<columns {
        for j in i..<columns {
          let value = statistics.moments[index] / occupancy - mean[i] * mean[j]
          matrix[i, j] = value
          matrix[j, i] = value
          index += 1
        }
      }
      let result = raisingEigenvalues(of: matrix, floor: floor)
      floored += result.raised
      return result.matrix
    }
    return (
      .full(
        NDArray.concatenated(matrices).reshaped([statistics.components, columns, columns])),
      floored
    )
  }
}
