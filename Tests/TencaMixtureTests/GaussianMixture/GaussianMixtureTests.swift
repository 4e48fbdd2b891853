import TencaMixture
import TencaNumerics
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct GaussianMixtureTests {
  private let mixture = try! GaussianMixture(
    weights: [0.25, 0.75], meanVectors: NDArray(rows: [[-2, 10], [4, 0]]),
    variances: NDArray(rows: [[1, 4], [0.25, 9]]))

  @Test func samplesFollowTheDensity() {
    var random = RandomStream(seed: 1)
    let count = 40_000
    let rows = nested(mixture.sample(count, using: &random))
    #expect(rows.count == count && rows[0].count == 2)
    // The components do not overlap in the first column, but for one row in 10⁵.
    let groups = [rows.filter { $0[0] < 1.5 }, rows.filter { $0[0] >= 1.5 }]
    for (component, group) in groups.enumerated() {
      let n = Double(group.count)
      let weight = mixture.weights[component]
      let error = (weight * (1 - weight) / Double(count)).squareRoot()
      #expect(abs(n / Double(count) - weight) < 5 * error)
      for column in 0..<2 {
        let (mean, variance) = (
          mixture.meanVectors[component, column], mixture.variances[component, column]
        )
        let average = group.reduce(0) { $0 + $1[column] } / n
        let spread = group.reduce(0) { $0 + ($1[column] - mean) * ($1[column] - mean) } / n
        #expect(abs(average - mean) < 5 * (variance / n).squareRoot() + 1e-3)
        #expect(abs(spread / variance - 1) < 5 * (2 / n).squareRoot() + 1e-3)
      }
    }
    var again = RandomStream(seed: 1)
    #expect(nested(mixture.sample(3, using: &again)) == Array(rows[..<3]))
  }

  @Test(arguments: CovarianceKind.allCases)
  func everyKindIsStoredAndSampled(covariance: CovarianceKind) throws {
    let data = clusteredData(rows: 50, columns: 3, clusters: 2, seed: 1)
    let mixture = try randomMixture(1, near: data, covariance: covariance, seed: 2)
    var archive = Archive()
    mixture.write(into: &archive, prefix: "a.")
    #expect(try GaussianMixture(archive: archive, prefix: "a.") == mixture)
    var random = RandomStream(seed: 3)
    let rows = nested(mixture.sample(20_000, using: &random))
    for i in 0..<3 {
      let mean = rows.reduce(0) { $0 + $1[i] } / 20_000
      for j in 0..<3 {
        let other = rows.reduce(0) { $0 + $1[j] } / 20_000
        let product = rows.reduce(0) { $0 + ($1[i] - mean) * ($1[j] - other) } / 20_000
        let scale = (mixture.variances[0, i] * mixture.variances[0, j]).squareRoot()
        // Five standard errors of a product of normal numbers.
        #expect(
          abs(product - mixture.covarianceMatrix(0)[i, j])
            < 5 * scale * (2 / 20_000.0).squareRoot())
      }
    }
  }

  @Test func marginalsAndGrids() throws {
    let data = clusteredData(rows: 50, columns: 3, clusters: 2, seed: 4)
    for covariance in CovarianceKind.allCases {
      let mixture = try randomMixture(2, near: data, covariance: covariance, seed: 5)
      let (x, y) = (Array(stride(from: -25.0, to: 25, by: 0.5)), [-1.0, 0, 2])
      let grid = try mixture.density(x: x, y: y, columns: (2, 0))
      #expect(grid.shape == [3, 100])
      // Over all of one column, what is left is the density of the other.
      let other = PlainMixture(try mixture.marginal(columns: [0]))
      for (row, value) in y.enumerated() {
        let sum = grid.row(row).elements.reduce(0, +) * 0.5
        #expect(abs(sum / exp(other.logDensity([value])) - 1) < 1e-3, "\(covariance)")
      }
      for columns in [[], [3], [-1], [0, 0]] {
        #expect(throws: MixtureError.self) { try mixture.marginal(columns: columns) }
      }
    }
  }

  @Test func refusesMatricesThatAreNoCovariance() {
    let means = NDArray<Double>(rows: [[0, 0]])
    for matrix in [
      [[1.0, 0.5], [0.4, 1]], [[1, 1], [1, 1]], [[1, 2], [2, 1]], [[1, .nan], [0, 1]],
      [[-1, 0], [0, 1]],
    ] {
      let array = NDArray(rows: matrix)
      for covariances in [Covariances.tied(array), .full(array.reshaped([1, 2, 2]))] {
        #expect(throws: MixtureError.self, "\(matrix)") {
          try GaussianMixture(weights: [1], meanVectors: means, covariances: covariances)
        }
      }
    }
    for covariances in [
      Covariances.spherical(NDArray([1, 1])), .tied(NDArray(zeros: [3, 3])),
      .full(NDArray(zeros: [2, 2, 2])), .spherical(NDArray([0])),
    ] {
      #expect(throws: MixtureError.self) {
        try GaussianMixture(weights: [1], meanVectors: means, covariances: covariances)
      }
    }
  }

  @Test func goesThroughAnArchive() throws {
    var archive = Archive()
    mixture.write(into: &archive, prefix: "states/3/")
    mixture.write(into: &archive)
    #expect(try GaussianMixture(archive: archive, prefix: "states/3/") == mixture)
    #expect(try GaussianMixture(archive: archive) == mixture)
    #expect(archive.arrays.count == 6)
  }

  @Test func namesWhatIsWrongWithAnArchive() throws {
    var good = Archive()
    mixture.write(into: &good, prefix: "m.")
    for name in ["kind", "version", "covariance"] {
      for value in [nil, "other"] {
        var broken = good
        broken.metadata["m." + name] = value
        let error = #expect(throws: MixtureError.self) {
          try GaussianMixture(archive: broken, prefix: "m.")
        }
        #expect(error?.description.contains("m." + name) == true)
      }
    }
    for name in ["weights", "means", "variances"] {
      for value in [nil, ArchivedArray.double(NDArray(zeros: [1, 1, 1]))] {
        var broken = good
        broken.arrays["m." + name] = value
        let error = #expect(throws: MixtureError.self) {
          try GaussianMixture(archive: broken, prefix: "m.")
        }
        #expect(error?.description.contains("m." + name) == true)
      }
      var negative = good
      let shape = good.arrays["m." + name]!.shape
      negative.arrays["m." + name] = .double(NDArray(repeating: -.infinity, shape: shape))
      #expect(throws: MixtureError.self) { try GaussianMixture(archive: negative, prefix: "m.") }
    }
  }

  @Test func refusesParametersThatAreNoMixture() {
    let one = NDArray<Double>(rows: [[1, 1]])
    for (weights, means, variances) in [
      ([1.0, 0], one, one), ([0.5], one, one), ([-1], one, one), ([.nan], one, one),
      ([1], NDArray(rows: [[1, .infinity]]), one), ([1], one, NDArray(rows: [[1, 0]])),
      ([1], one, NDArray(rows: [[1, .nan]])), ([1], one, NDArray(rows: [[1]])),
      ([], NDArray(zeros: [0, 2]), NDArray(zeros: [0, 2])),
      ([1], NDArray([1, 1]), NDArray([1, 1])),
    ] {
      #expect(throws: MixtureError.self, "\(weights) \(means.elements) \(variances.elements)") {
        try GaussianMixture(weights: weights, meanVectors: means, variances: variances)
      }
    }
  }
}
