internal import TencaNumerics

/// Σ = σ²·1: m(z) = [‖z‖²].
enum SphericalMoments {
  static let count = 1

  static func write<Scalar: NumericScalar>(
    _ values: UnsafePointer<Double>, _ count: Int, _ columns: Int,
    into target: UnsafeMutablePointer<Scalar>, stride: Int
  ) {
    for row in 0..<count {
      let input = values + row * columns
      var sum = 0.0
      for column in 0..<columns { sum += input[column] * input[column] }
      target[row * stride] = Scalar(sum)
    }
  }

  static func precision(variance: Double, mean: [Double]) -> Precision {
    let columns = Double(mean.count)
    return Precision(
      linear: mean.map { $0 / variance },
      quadratic: mean.reduce(0.0) { $0 + $1 * $1 } / variance,
      logDeterminant: columns * logarithm(variance), coefficients: [-0.5 / variance])
  }

  /// σ² = (Σ γ‖z‖² / n - ‖μ‖²) / D.
  static func covariances(
    of statistics: ComponentMoments, floor: Double
  ) -> (Covariances, Int) {
    let raw = (0..<statistics.components).map { component in
      let norm = statistics.means.row(component).elements.reduce(0.0) { $0 + $1 * $1 }
      let square = statistics.moments[component] / statistics.occupancies[component]
      return (square - norm) / Double(statistics.columns)
    }
    return (.spherical(NDArray(raw.map { max($0, floor) })), raw.count { $0 < floor })
  }
}
