internal import TencaNumerics

/// One state of a ``RegimeEmission`` made ready to score rows.
struct RegimeDensity {
  /// Constant and coefficients of every series, one after another.
  private let lines: [Double]
  /// How many there are of each.
  private let terms: Int
  /// L⁻¹ of Σ = L·Lᵀ, row by row of its lower triangle.
  private let whitening: [Double]
  /// ln of what stands before the exponential, of a Gaussian.
  let constant: Double
  private let series: Int
  private let errors: ErrorKind
  private let shape: [Double]
  /// ln of the t distribution's own constants over the Gaussian's.
  private let tConstant: Double

  init(_ emission: RegimeEmission, state: Int) {
    let layout = emission.layout
    series = layout.series
    errors = layout.errors
    shape = emission.shape
    lines = (0..<layout.series).flatMap { emission.line(of: state, $0) }
    terms = layout.regressors + 1
    let covariance = emission.covariances.row(layout.regime(of: state))
    let d = Double(layout.series)
    if layout.series == 1 {
      whitening = [1 / covariance[0, 0].squareRoot()]
      constant = -0.5 * (logarithm(2 * .pi) + logarithm(covariance[0, 0]))
    } else {
      // A covariance that was checked, or learned, has a factor.
      let factor = try! choleskyFactor(covariance)
      let inverse = try! solveTriangular(.lower, factor, .identity(layout.series))
      whitening = (0..<layout.series).flatMap { i in (0...i).map { inverse[i, $0] } }
      constant = -0.5 * (d * logarithm(2 * .pi) + logDeterminant(choleskyFactor: factor))
    }
    if case .studentT = layout.errors {
      let half = 0.5 * shape[0]
      tConstant =
        logGamma(half + 0.5 * d) - logGamma(half) - 0.5 * d * logarithm(half)
    } else {
      tConstant = 0
    }
  }

  /// rᵀΣ⁻¹r of a row, whose regressors follow its series.
  func distance(_ row: UnsafePointer<Double>) -> Double {
    if series == 1 {
      let white = residual(row, 0) * whitening[0]
      return white * white
    }
    let residuals = (0..<series).map { residual(row, $0) }
    var (sum, next) = (0.0, 0)
    for i in 0..<series {
      var white = 0.0
      for j in 0...i {
        white += whitening[next] * residuals[j]
        next += 1
      }
      sum += white * white
    }
    return sum
  }

  /// What is left of a series once its line is taken off.
  private func residual(_ row: UnsafePointer<Double>, _ index: Int) -> Double {
    lines.withUnsafeBufferPointer { lines in
      let line = lines.baseAddress! + index * terms
      let regressors = row + series - 1
      var residual = row[index] - line[0]
      for term in 1..<terms { residual -= line[term] * regressors[term] }
      return residual
    }
  }

  /// Writes ln p of rows, one every `step` numbers; 0 for those that lack a number.
  func write(
    _ rows: UnsafePointer<Double>, count: Int, columns: Int,
    into target: UnsafeMutablePointer<Double>, step: Int
  ) {
    for row in 0..<count {
      let distance = distance(rows + row * columns)
      target[row * step] = distance.isNaN ? 0 : logDensity(distance)
    }
  }

  /// ln p of a row at a distance.
  func logDensity(_ distance: Double) -> Double {
    switch errors {
    case .gaussian: return constant - 0.5 * distance
    case .studentT:
      return constant + tConstant
        - 0.5 * (shape[0] + Double(series)) * logarithmOfOnePlus(distance / shape[0])
    case .mixture:
      let (body, tail) = parts(distance)
      let largest = max(body, tail)
      return largest + logarithm(exponential(body - largest) + exponential(tail - largest))
    }
  }

  private func parts(_ distance: Double) -> (body: Double, tail: Double) {
    (
      logarithmOfOnePlus(-shape[0]) + constant - 0.5 * distance,
      logarithm(shape[0]) + constant
        - 0.5 * (Double(series) * logarithm(shape[1]) + distance / shape[1])
    )
  }

  /// What is expected of the precision that a row at a distance was drawn with: itself, its logarithm,
  /// and the probability that it came from the tail.
  func latent(_ distance: Double) -> (precision: Double, logarithm: Double, tail: Double) {
    switch errors {
    case .gaussian: return (1, 0, 0)
    case .studentT:
      let half = 0.5 * (shape[0] + distance)
      let count = 0.5 * (shape[0] + Double(series))
      return (count / half, digamma(count) - TencaNumerics.logarithm(half), 0)
    case .mixture:
      let (body, tail) = parts(distance)
      let share = 1 / (1 + exponential(body - tail))
      return (1 - share + share / shape[1], 0, share)
    }
  }
}
