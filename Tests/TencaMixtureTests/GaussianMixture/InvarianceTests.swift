import TencaMixture
import TencaNumerics
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Changes of the data that must change a fit in a known way, and in no other.
@Suite struct InvarianceTests {
  private let data = clusteredData(rows: 150, columns: 3, clusters: 3, seed: 1)
    .converted(to: Double.self)

  private func fit(
    _ data: NDArray<Double>, _ start: GaussianMixture, weights: [Double]? = nil,
    missing: MissingCells = .refused
  ) throws -> GaussianMixtureFit {
    try GaussianMixture.fit(
      data, weights: weights,
      options: GaussianMixtureOptions(
        components: start.components, covariance: start.covarianceKind, iterations: 25,
        tolerance: 0, start: .model(start), missing: missing))
  }

  private func start(_ covariance: CovarianceKind) throws -> GaussianMixture {
    try randomMixture(3, near: data.converted(), covariance: covariance, seed: 2)
  }

  /// The mixture of rows that were multiplied and shifted, column by column.
  private func changed(
    _ mixture: GaussianMixture, scale: [Double], offset: [Double]
  ) throws -> GaussianMixture {
    var means = mixture.meanVectors
    for k in 0..<means.rows {
      for d in scale.indices { means[k, d] = means[k, d] * scale[d] + offset[d] }
    }
    let (array, n) = (mixture.covariances.array, scale.count)
    let elements = array.elements.enumerated().map { index, value in
      let (row, column) = (index / n % n, index % n)
      return switch mixture.covarianceKind {
      case .spherical: value * scale[0] * scale[0]
      case .diagonal: value * scale[column] * scale[column]
      case .tied, .full: value * scale[row] * scale[column]
      }
    }
    return try GaussianMixture(
      weights: mixture.weights, meanVectors: means,
      covariances: Covariances(mixture.covarianceKind, NDArray(elements, shape: array.shape)))
  }

  /// How far two mixtures are apart, relative to the spread that each parameter is about. Rounding
  /// may end two fits a step apart, near a maximum that is flat: 10⁻⁷ is the same.
  private func difference(_ a: GaussianMixture, _ b: GaussianMixture) -> Double {
    var largest = largestDifference(a.weights, b.weights)
    for k in 0..<a.components {
      for i in 0..<a.dimensions {
        let spread = b.variances[k, i].squareRoot()
        largest = max(largest, abs(a.meanVectors[k, i] - b.meanVectors[k, i]) / spread)
        for j in 0..<a.dimensions {
          let scale = spread * b.variances[k, j].squareRoot()
          largest = max(
            largest, abs(a.covarianceMatrix(k)[i, j] - b.covarianceMatrix(k)[i, j]) / scale)
        }
      }
    }
    return largest
  }

  @Test(arguments: CovarianceKind.allCases)
  func orderMakesNoDifference(covariance: CovarianceKind) throws {
    let start = try start(covariance)
    let plain = try fit(data, start)
    var random = RandomStream(seed: 3)
    let order = random.permutation(of: data.rows)
    let shuffled = NDArray<Double>(rows: order.map { data.row($0).elements })
    #expect(difference(try fit(shuffled, start).model, plain.model) < 1e-7)

    let columns = [2, 0, 1]
    let turned = NDArray<Double>.concatenated(
      columns.map { data.columns($0..<$0 + 1) }, axis: 1)
    let turnedFit = try fit(turned, try start.marginal(columns: columns)).model
    #expect(difference(turnedFit, try plain.model.marginal(columns: columns)) < 1e-7)

    let components = [1, 2, 0]
    func reordered(_ mixture: GaussianMixture) throws -> GaussianMixture {
      var array = mixture.covariances.array
      if covariance != .tied {
        array = NDArray.concatenated(components.map { array.rows($0..<$0 + 1) })
      }
      return try GaussianMixture(
        weights: components.map { mixture.weights[$0] },
        meanVectors: NDArray(rows: components.map { mixture.meanVectors.row($0).elements }),
        covariances: Covariances(covariance, array))
    }
    let other = try fit(data, try reordered(start)).model
    #expect(difference(other, try reordered(plain.model)) < 1e-7)
  }

  @Test(
    arguments: CovarianceKind.allCases, [(1e-9, 0.0), (1e9, 0), (1, 1e9), (1e-9, 1), (1, -1e6)])
  func unitsAndOffsetsMakeNoDifference(
    covariance: CovarianceKind, change: (scale: Double, offset: Double)
  ) throws {
    // Spherical bells allow one unit for all columns.
    let scale =
      covariance == .spherical
      ? [Double](repeating: change.scale, count: 3)
      : [change.scale, 3 * change.scale, change.scale / 7]
    let offset = [change.offset, -2 * change.offset, change.offset / 3]
    let start = try start(covariance)
    let plain = try fit(data, start)
    let moved = NDArray<Double>(shape: data.shape) { target in
      for index in target.indices {
        target[index] = data[index / 3, index % 3] * scale[index % 3] + offset[index % 3]
      }
    }
    let movedFit = try fit(moved, try changed(start, scale: scale, offset: offset))
    let expected = try changed(plain.model, scale: scale, offset: offset)
    // Rounding of the rows themselves, relative to their spread.
    let rounding = 1e-9 + abs(change.offset) / change.scale * 1e-14
    #expect(difference(movedFit.model, expected) < 1000 * rounding)
  }

  /// Tied and full mixtures do not notice any linear change of the columns, however near it comes
  /// to making columns depend on each other.
  @Test(arguments: [CovarianceKind.tied, .full])
  func linearChangesMakeNoDifference(covariance: CovarianceKind) throws {
    let change = NDArray<Double>(rows: [[1, 2, 3], [0, 1e-3, 5], [0, 0, 10]])
    let start = try start(covariance)
    let plain = try fit(data, start)
    func changed(_ mixture: GaussianMixture) throws -> GaussianMixture {
      func turned(_ matrix: NDArray<Double>) -> NDArray<Double> {
        let product = matrixProduct(matrixProduct(change.transposed(), matrix), change)
        return (product + product.transposed()) * 0.5
      }
      let array = mixture.covariances.array
      return try GaussianMixture(
        weights: mixture.weights, meanVectors: matrixProduct(mixture.meanVectors, change),
        covariances: covariance == .tied
          ? .tied(turned(array))
          : .full(
            NDArray.concatenated((0..<3).map { turned(array.row($0)) }).reshaped([3, 3, 3])))
    }
    let moved = try fit(matrixProduct(data, change), try changed(start))
    let volume = log(1e-3 * 10)  // ln |det|
    #expect(abs(moved.logLikelihood - (plain.logLikelihood - volume)) < 1e-6)
    #expect(difference(moved.model, try changed(plain.model)) < 1e-5)
  }

  /// A row that counts twice is a row that is there twice.
  @Test(arguments: CovarianceKind.allCases)
  func weightsAreRepetitions(covariance: CovarianceKind) throws {
    let start = try start(covariance)
    let counts = (0..<data.rows).map { [1, 0, 2, 1, 3][$0 % 5] }
    let repeated = NDArray<Double>(
      rows: counts.enumerated().flatMap { row, count in
        [[Double]](repeating: data.row(row).elements, count: count)
      })
    let weighted = try fit(data, start, weights: counts.map(Double.init))
    let plain = try fit(repeated, start)
    #expect(difference(weighted.model, plain.model) < 1e-7)
    #expect(abs(weighted.logLikelihood - plain.logLikelihood) < 1e-10)
  }

  /// Where no cell is missing, nothing changes.
  @Test(arguments: CovarianceKind.allCases)
  func allowingMissingCellsChangesNothingWithout(covariance: CovarianceKind) throws {
    let start = try start(covariance)
    let plain = try fit(data, start)
    let allowing = try fit(data, start, missing: .marginalized)
    #expect(difference(allowing.model, plain.model) < 1e-8)
    #expect(abs(allowing.logLikelihood - plain.logLikelihood) < 1e-10)
  }
}
