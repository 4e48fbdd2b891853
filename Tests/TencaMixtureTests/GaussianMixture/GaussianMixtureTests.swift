import TencaMixture
import TencaNumerics
import Testing

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
