public import TencaMixture
internal import TencaNumerics

/// Coordinates, state by state and Gaussian by Gaussian, in the frame where the data have mean zero and
/// spread one: ln of the weights (only where a state has several), means, and covariances: ln of
/// variances, or the Cholesky factor row by row with the logarithms of its diagonal. A tied
/// factor comes last.
extension GaussianEmission: DifferentiableEmission {
  private var inside: (means: NDArray<Double>, covariances: Covariances) {
    (frame.enter(means: meanVectors), frame.enter(covariances))
  }

  /// Coordinates of one covariance matrix.
  private static func coordinates(of matrix: NDArray<Double>) -> [Double] {
    let factor = covarianceFactor(matrix)
    return (0..<matrix.rows).flatMap { i in
      (0...i).map { j in i == j ? logarithm(factor[i, i]) : factor[i, j] }
    }
  }

  /// The covariance matrix at coordinates, and its factor.
  private static func matrix(
    at coordinates: ArraySlice<Double>, columns: Int
  ) -> (matrix: NDArray<Double>, factor: NDArray<Double>) {
    var factor = NDArray<Double>(zeros: [columns, columns])
    var index = coordinates.startIndex
    for i in 0..<columns {
      for j in 0...i {
        factor[i, j] = i == j ? exponential(coordinates[index]) : coordinates[index]
        index += 1
      }
    }
    return (matrixProduct(factor, factor.transposed()), factor)
  }

  /// Where the parameters are.
  public var coordinates: [Double] {
    let (means, covariances) = inside
    var result = componentsPerState > 1 ? shareCoordinates(weights.elements) : []
    for gaussian in 0..<means.rows {
      result += means.row(gaussian).elements
      switch covariances {
      case .spherical(let variances): result.append(logarithm(variances[gaussian]))
      case .diagonal(let variances): result += variances.row(gaussian).elements.map(logarithm)
      case .full(let matrices): result += Self.coordinates(of: matrices.row(gaussian))
      case .tied: break
      }
    }
    if case .tied(let matrix) = covariances { result += Self.coordinates(of: matrix) }
    return result
  }

  /// The emission at other coordinates; nil where a variance falls below the floor.
  public func moved(to coordinates: [Double]) -> GaussianEmission? {
    let (columns, gaussians, m) = (columnCount, meanVectors.rows, componentsPerState)
    let triangle = columns * (columns + 1) / 2
    var place = 0
    func take(_ count: Int) -> ArraySlice<Double> {
      defer { place += count }
      return coordinates[place..<place + count]
    }
    var shares = weights.elements
    if m > 1 {
      let logarithms = take(shares.count)
      shares = (0..<stateCount).flatMap { sharesAt(logarithms.dropFirst($0 * m).prefix(m)) }
    }
    var (means, numbers) = ([Double](), [Double]())
    var isDegenerate = false
    func takeMatrix() -> [Double] {
      let (matrix, factor) = Self.matrix(at: take(triangle), columns: columns)
      // No direction has less variance than the inverse of the precisions' sum.
      if !isDegenerate, let root = try? solveTriangular(.lower, factor, .identity(columns)) {
        let precision = root.elements.reduce(0.0) { $0 + $1 * $1 }
        isDegenerate = precision * varianceFloor > Double(columns) * (1 + 1e-9)
      }
      return matrix.elements
    }
    for _ in 0..<gaussians {
      means += take(columns)
      switch covarianceKind {
      case .spherical: numbers += take(1).map(exponential)
      case .diagonal: numbers += take(columns).map(exponential)
      case .full: numbers += takeMatrix()
      case .tied: break
      }
    }
    switch covarianceKind {
    case .tied: numbers = takeMatrix()
    case .full: break
    case .spherical, .diagonal:
      isDegenerate = numbers.contains { $0 < varianceFloor * (1 - 1e-9) }
    }
    guard !isDegenerate, means.allSatisfy(\.isFinite), numbers.allSatisfy(\.isFinite) else {
      return nil
    }
    let shape = Covariances.shape(covarianceKind, components: gaussians, columns: columns)
    return GaussianEmission(
      unchecked: NDArray(shares, shape: weights.shape),
      frame.leave(means: NDArray(means, shape: meanVectors.shape)),
      frame.leave(Covariances(covarianceKind, NDArray(numbers, shape: shape))), varianceFloor,
      frame: frame)
  }

  /// The slope in every coordinate. With C the scatter of a Gaussian's rows around μ, n of them:
  /// n Σ⁻¹(m - μ) in μ, and in Σ half of n(Σ⁻¹CΣ⁻¹ - Σ⁻¹).
  public func gradient(_ statistics: MixtureStatistics) -> [Double] {
    let (columns, gaussians, m) = (columnCount, meanVectors.rows, componentsPerState)
    let occupancies = statistics.occupancies
    let (means, covariances) = inside
    var result: [Double] = []
    if m > 1 {
      for state in 0..<stateCount {
        let slice = state * m..<(state + 1) * m
        result += shareGradient(
          counts: occupancies[slice], shares: weights.row(state).elements)
      }
    }
    // A Gaussian without rows has no scatter, and no slope either.
    let alive = occupancies.indices.filter { occupancies[$0] > 1e-8 }
    guard !alive.isEmpty else { return [Double](repeating: 0, count: coordinates.count) }
    let moments = statistics.moments(of: alive)
    let scatters = covarianceKind.covariances(of: moments, floor: 0).covariances
    var pooled = NDArray<Double>(zeros: [columns, columns])
    for gaussian in 0..<gaussians {
      guard let place = alive.firstIndex(of: gaussian) else {
        result += [Double](repeating: 0, count: columns + coordinateCount)
        continue
      }
      let n = occupancies[gaussian]
      let offset = (0..<columns).map { moments.means[place, $0] - means[gaussian, $0] }
      switch covariances {
      case .spherical(let variances):
        let variance = variances[gaussian]
        result += offset.map { n * $0 / variance }
        let distance = offset.reduce(0.0) { $0 + $1 * $1 }
        let scatter = scatters.variance(component: place, column: 0)
        result.append(
          0.5 * n * ((Double(columns) * scatter + distance) / variance - Double(columns)))
      case .diagonal(let variances):
        let own = variances.row(gaussian).elements
        result += zip(offset, own).map { n * $0 / $1 }
        result += (0..<columns).map { column in
          let scatter = scatters.variance(component: place, column: column)
          return 0.5 * n * ((scatter + offset[column] * offset[column]) / own[column] - 1)
        }
      case .full(let matrices):
        let factor = covarianceFactor(matrices.row(gaussian))
        result += Self.meanSlope(offset, factor, n)
        result += Self.factorSlope(
          factor, scatter: scatters.matrix(component: place, columns: columns) + outer(offset),
          count: n)
      case .tied(let matrix):
        result += Self.meanSlope(offset, covarianceFactor(matrix), n)
        pooled = pooled + outer(offset) * n
      }
    }
    if case .tied(let matrix) = covariances {
      let total = alive.reduce(0.0) { $0 + occupancies[$1] }
      let scatter = scatters.matrix(component: 0, columns: columns) + pooled * (1 / total)
      result += Self.factorSlope(covarianceFactor(matrix), scatter: scatter, count: total)
    }
    return result
  }

  /// Coordinates of one Gaussian's own covariance.
  private var coordinateCount: Int {
    switch covarianceKind {
    case .spherical: 1
    case .diagonal: columnCount
    case .full: columnCount * (columnCount + 1) / 2
    case .tied: 0
    }
  }

  /// n Σ⁻¹ d, with Σ = L·Lᵀ.
  private static func meanSlope(
    _ offset: [Double], _ factor: NDArray<Double>, _ n: Double
  ) -> [Double] {
    guard let solution = try? solve(choleskyFactor: factor, NDArray(offset)) else { return offset }
    return solution.elements.map { n * $0 }
  }

  /// The slope in L, row by row, of the diagonal in its logarithm: n(Σ⁻¹CΣ⁻¹ - Σ⁻¹)L.
  private static func factorSlope(
    _ factor: NDArray<Double>, scatter: NDArray<Double>, count: Double
  ) -> [Double] {
    let columns = factor.rows
    guard let inverse = try? solve(choleskyFactor: factor, .identity(columns)) else { return [] }
    let inner = matrixProduct(matrixProduct(inverse, scatter), inverse) - inverse
    let slope = matrixProduct(inner, factor)
    return (0..<columns).flatMap { i in
      (0...i).map { j in count * slope[i, j] * (i == j ? factor[i, i] : 1) }
    }
  }

  /// Weights where there are several, means, and (co)variances.
  public var namedParameters: [NamedParameter] {
    let (m, columns) = (componentsPerState, columnCount)
    var result: [NamedParameter] = []
    func covarianceParameters(_ matrix: NDArray<Double>, _ prefix: String, _ state: Int?) {
      for i in 0..<columns {
        for j in 0...i {
          result.append(
            NamedParameter(
              prefix + (i == j ? "variance" : "covariance"), state: state, column: i,
              otherColumn: i == j ? nil : j, matrix[i, j]))
        }
      }
    }
    for gaussian in 0..<meanVectors.rows {
      let state = gaussian / m
      let prefix = m > 1 ? "component \(gaussian % m) " : ""
      if m > 1 {
        result.append(
          NamedParameter(prefix + "weight", state: state, weights[state, gaussian % m]))
      }
      for column in 0..<columns {
        result.append(
          NamedParameter(
            prefix + "mean", state: state, column: column, meanVectors[gaussian, column]))
      }
      switch covariances {
      case .spherical(let variances):
        result.append(NamedParameter(prefix + "variance", state: state, variances[gaussian]))
      case .diagonal(let variances):
        for column in 0..<columns {
          result.append(
            NamedParameter(
              prefix + "variance", state: state, column: column, variances[gaussian, column]))
        }
      case .full(let matrices): covarianceParameters(matrices.row(gaussian), prefix, state)
      case .tied: break
      }
    }
    if case .tied(let matrix) = covariances { covarianceParameters(matrix, "", nil) }
    return result
  }
}

/// d·dᵀ.
private func outer(_ d: [Double]) -> NDArray<Double> {
  NDArray(d.flatMap { a in d.map { a * $0 } }, shape: [d.count, d.count])
}
