import TencaMixture
import TencaNumerics
import Testing

/// The parts that a fit over several machines is made of.
@Suite struct MixtureStatisticsTests {
  private let data = clusteredData(rows: 900, columns: 3, clusters: 3, seed: 1, offset: 50)

  @Test(arguments: CovarianceKind.allCases, MissingCells.allCases)
  func partsThatAreMergedGiveTheStepOfTheWhole(
    covariance: CovarianceKind, missing: MissingCells
  ) throws {
    let model = try randomMixture(3, near: data, covariance: covariance, seed: 2)
    var random = RandomStream(seed: 3)
    let rows =
      missing == .marginalized ? withMissingCells(data, share: 0.2, using: &random) : data
    let parts = [rows.rows(0..<100), rows.rows(100..<640), rows.rows(640..<900)]
    var moments: RowMoments?
    for part in parts {
      let own = try RowMoments(
        0..<part.rows, of: part, withProducts: covariance == .tied || covariance == .full,
        missing: missing)
      if moments == nil { moments = own } else { moments!.merge(own) }
    }
    let frame = MixtureFrame(moments!, covariance: covariance)
    var statistics: MixtureStatistics?
    for part in parts {
      let own = try model.statistics(of: part, in: frame, missing: missing)
      if statistics == nil { statistics = own } else { statistics!.merge(own) }
    }
    let next = GaussianMixture(
      maximizing: statistics!, in: frame, varianceFloor: 1e-9, minimumOccupancy: 0)
    let whole = try GaussianMixture.fit(
      rows,
      options: GaussianMixtureOptions(
        components: 3, covariance: covariance, iterations: 1, varianceFloor: 1e-9,
        minimumOccupancy: 0, start: .model(model), missing: missing))
    #expect(largestDifference(next.weights, whole.model.weights) < 1e-10)
    #expect(
      largestDifference(next.meanVectors.elements, whole.model.meanVectors.elements) < 1e-10)
    #expect(
      largestDifference(
        next.covariances.array.elements, whole.model.covariances.array.elements) < 1e-9)
    #expect(statistics!.mass == 900 && statistics!.components == 3)
    #expect(abs(statistics!.occupancies.reduce(0, +) - 900) < 1e-9)
    if missing == .refused {
      #expect(abs(statistics!.logLikelihood / 900 - whole.logLikelihoodHistory[0]) < 1e-9)
    }
  }

  @Test func momentsOfPartsAreThoseOfAll() throws {
    let rows = nested(data)
    var merged = try RowMoments(0..<1, of: data, withProducts: true)
    for part in [1..<400, 400..<401, 401..<900] {
      merged.merge(try RowMoments(part, of: data, withProducts: true))
    }
    #expect(merged.rows == 900 && merged.mass == 900)
    for i in 0..<3 {
      let mean = rows.reduce(0) { $0 + $1[i] } / 900
      #expect(abs(merged.means[i] - mean) < 1e-10)
      for j in 0..<3 {
        let other = rows.reduce(0) { $0 + $1[j] } / 900
        let product = rows.reduce(0) { $0 + ($1[i] - mean) * ($1[j] - other) }
        #expect(abs(merged.products[i * 3 + j] - product) < 1e-9 * 900)
        if i == j { #expect(abs(merged.squares[i] - product) < 1e-9 * 900) }
      }
    }
  }

  /// A constant column has no variance whatever its size, and a cell that is missing counts
  /// nowhere.
  @Test func momentsOfOddColumns() throws {
    let rows = NDArray<Double>(rows: [[0.1, 1e9, .nan], [0.1, 1e9 + 2, 4], [0.1, 1e9 + 4, 8]])
    let moments = try RowMoments(0..<3, of: rows, missing: .marginalized)
    #expect(moments.means == [0.1, 1e9 + 2, 6])
    #expect(moments.squares == [0, 8, 8])
    #expect(moments.weights == [3, 3, 2])
    #expect(throws: MixtureError.self) { try RowMoments(0..<3, of: rows) }
    let weighted = try RowMoments(0..<3, of: rows, rowWeights: [5, 1, 3], missing: .marginalized)
    #expect(weighted.weights == [9, 9, 4] && weighted.means[2] == 7 && weighted.mass == 9)
  }
}
