public import TencaMixture
public import TencaNumerics

/// States that emit vectors from a Gaussian each, or from a mixture of Gaussians each.
///
/// ```swift
/// let start = GaussianEmission(states: 3, columns: 13)                    // to be learned
/// let known = try GaussianEmission(meanVectors: means, covariances: .diagonal(variances))
/// ```
///
/// Covariances are spherical, diagonal, tied or full. Rows may lack cells (NaN): they count by
/// those they have.
public struct GaussianEmission: Emission, Equatable {
  /// The number of Gaussians that each state mixes.
  public let componentsPerState: Int
  /// The shares of each state's Gaussians, states × components; all 1 where there is one each.
  public let weights: NDArray<Double>
  /// μ of every Gaussian, those of state 0 first: (states · components) × columns.
  public let meanVectors: NDArray<Double>
  /// Σ of every Gaussian, in the same order.
  public let covariances: Covariances
  /// The least variance in any direction, as a share of the data's own in it.
  public let varianceFloor: Double
  /// Where scores are computed: the data have mean zero and spread one there.
  let frame: MixtureFrame
  /// The Gaussians made ready in the frame.
  let parameters: NaturalParameters<Double>
  let incomplete: IncompleteRows

  /// By default a standard deviation is at least 1 % of the data's.
  public static let defaultVarianceFloor = 1e-4

  /// Makes an emission of known parameters.
  ///
  /// - Parameters:
  ///   - weights: states × components, rows summing to 1 within 10⁻⁶; nil for one Gaussian a state.
  ///   - meanVectors: (states · components) × columns.
  ///   - covariances: Of as many Gaussians, positive definite.
  ///   - varianceFloor: For learning; see ``varianceFloor``.
  /// - Throws: ``MarkovError/invalidModel(problem:)`` for means or weights that do not fit,
  ///   `MixtureError` for covariances that are none.
  public init(
    weights: NDArray<Double>? = nil, meanVectors: NDArray<Double>, covariances: Covariances,
    varianceFloor: Double = defaultVarianceFloor
  ) throws {
    guard meanVectors.rank == 2, !meanVectors.isEmpty, meanVectors.firstNonFinite() == nil else {
      throw MarkovError.invalidModel(
        problem: "mean vectors of shape \(meanVectors.shape), not finite ones of states × columns")
    }
    let weights = weights ?? NDArray(repeating: 1, shape: [meanVectors.rows, 1])
    guard weights.rank == 2, weights.count == meanVectors.rows else {
      throw MarkovError.invalidModel(
        problem: "weights of shape \(weights.shape) for \(meanVectors.rows) mean vectors")
    }
    try covariances.check(components: meanVectors.rows, columns: meanVectors.columns)
    let shares = try (0..<weights.rows).flatMap {
      try normalizedShares(weights.row($0).elements, "the weights of state \($0)")
    }
    try MarkovError.require(
      varianceFloor > 0 && varianceFloor <= 1, "varianceFloor", varianceFloor,
      "above 0 and at most 1")
    self.init(
      unchecked: NDArray(shares, shape: weights.shape), meanVectors, covariances, varianceFloor,
      frame: nil)
  }

  /// Makes an emission that is to be learned: standard Gaussians, all alike.
  ///
  /// - Precondition: All numbers are at least 1.
  public init(
    states: Int, columns: Int, covariance: CovarianceKind = .diagonal, componentsPerState: Int = 1,
    varianceFloor: Double = defaultVarianceFloor
  ) {
    let count = states * componentsPerState
    self.init(
      unchecked: NDArray(
        repeating: 1 / Double(componentsPerState), shape: [states, componentsPerState]),
      NDArray(zeros: [count, columns]),
      .identity(covariance, components: count, columns: columns), varianceFloor, frame: nil)
  }

  /// - Parameter frame: Nil is that of the Gaussians themselves.
  init(
    unchecked weights: NDArray<Double>, _ meanVectors: NDArray<Double>,
    _ covariances: Covariances, _ varianceFloor: Double, frame: MixtureFrame?
  ) {
    componentsPerState = weights.columns
    self.weights = weights
    self.meanVectors = meanVectors
    self.covariances = covariances
    self.varianceFloor = varianceFloor
    let equal = [Double](repeating: 1 / Double(meanVectors.rows), count: meanVectors.rows)
    let frame =
      frame
      ?? GaussianMixture(
        uncheckedWeights: equal, meanVectors: meanVectors, covariances: covariances
      ).ownFrame(whitens: false)
    self.frame = frame
    let (means, inside) = (frame.enter(means: meanVectors), frame.enter(covariances))
    let offsets = weights.elements.map(logarithm)
    parameters = NaturalParameters(means: means, covariances: inside, offsets: offsets)
    incomplete = IncompleteRows(means: means, covariances: inside, offsets: offsets)
  }

  /// The number of states.
  public var stateCount: Int { weights.rows }
  /// The number of columns of a row.
  public var columnCount: Int { meanVectors.columns }
  /// What shapes the Gaussians may take.
  public var covarianceKind: CovarianceKind { covariances.kind }

  /// Means, covariances, and the weights that are free.
  public var parameterCount: Int {
    meanVectors.count
      + covarianceKind.parameterCount(components: meanVectors.rows, columns: columnCount)
      + stateCount * (componentsPerState - 1)
  }

  /// What each state is expected to emit, states × columns.
  public var means: NDArray<Double> {
    let (m, columns) = (componentsPerState, columnCount)
    return NDArray(shape: [stateCount, columns]) { target in
      for index in target.indices {
        let (state, column) = (index / columns, index % columns)
        target[index] = (0..<m).reduce(0.0) {
          $0 + weights[state, $1] * meanVectors[state * m + $1, column]
        }
      }
    }
  }

  /// The variance of every column in every state, states × columns.
  public var variances: NDArray<Double> {
    let (m, columns, means) = (componentsPerState, columnCount, means)
    return NDArray(shape: [stateCount, columns]) { target in
      for index in target.indices {
        let (state, column) = (index / columns, index % columns)
        target[index] = (0..<m).reduce(0.0) { sum, component in
          let offset = meanVectors[state * m + component, column] - means[state, column]
          let variance = covariances.variance(component: state * m + component, column: column)
          return sum + weights[state, component] * (variance + offset * offset)
        }
      }
    }
  }

  /// The emission with the states in another order: state `order[k]` becomes state k.
  public func reordered(_ order: [Int]) -> GaussianEmission {
    let m = componentsPerState
    let components = order.flatMap { state in (0..<m).map { state * m + $0 } }
    return GaussianEmission(
      unchecked: NDArray(order.flatMap { weights.row($0).elements }, shape: weights.shape),
      NDArray(components.flatMap { meanVectors.row($0).elements }, shape: meanVectors.shape),
      covariances.selecting(components), varianceFloor, frame: frame)
  }

  /// A row drawn from a state.
  public func sample(
    _ state: Int, after previous: [[Double]], using random: inout RandomStream
  ) -> [Double] {
    let component =
      state * componentsPerState + random.categorical(weights: weights.row(state).elements)
    let mean = meanVectors.row(component).elements
    let normals = mean.map { _ in random.normal() }
    guard covarianceKind.isCorrelated else {
      return mean.indices.map {
        mean[$0]
          + covariances.variance(component: component, column: $0).squareRoot() * normals[$0]
      }
    }
    let factor = covarianceFactor(covariances.matrix(component: component, columns: mean.count))
    return mean.indices.map { i in
      (0...i).reduce(mean[i]) { $0 + factor[i, $1] * normals[$1] }
    }
  }

  /// Whether parameters are equal; where they are computed does not matter.
  public static func == (a: GaussianEmission, b: GaussianEmission) -> Bool {
    a.weights == b.weights && a.meanVectors == b.meanVectors && a.covariances == b.covariances
      && a.varianceFloor == b.varianceFloor
  }
}
