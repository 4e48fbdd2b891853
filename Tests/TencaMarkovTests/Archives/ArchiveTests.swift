import TencaMarkov
import TencaMixture
import TencaNumerics
import Testing

@Suite struct ArchiveTests {
  private let chain = try! MarkovChain(
    initial: [0.3, 0.7], transition: [[0.9, 0.1], [0.25, 0.75]])

  private func checkRoundTrip<E: ArchivableEmission & Equatable>(_ emission: E) throws {
    let model = try HiddenMarkovModel(chain: chain, emission: emission)
    var archive = Archive()
    model.write(into: &archive, prefix: "a.")
    #expect(try HiddenMarkovModel<E>(archive: archive, prefix: "a.") == model)
    for name in archive.arrays.keys {
      var broken = archive
      broken.arrays[name] = nil
      #expect(throws: MarkovError.unreadableArchive(name: name, problem: "it is missing")) {
        try HiddenMarkovModel<E>(archive: broken, prefix: "a.")
      }
      broken.arrays[name] = .double(NDArray(repeating: -1, shape: archive.arrays[name]!.shape))
      if name != "a.emission.means" && name != "a.emission.coefficients" {
        #expect(throws: MarkovError.self, "\(name)") {
          try HiddenMarkovModel<E>(archive: broken, prefix: "a.")
        }
      }
    }
    for name in archive.metadata.keys {
      var broken = archive
      broken.metadata[name] = "other"
      #expect(throws: MarkovError.self) { try HiddenMarkovModel<E>(archive: broken, prefix: "a.") }
    }
  }

  @Test(arguments: CovarianceKind.allCases)
  func gaussian(_ kind: CovarianceKind) throws {
    try checkRoundTrip(
      GaussianEmission(states: 2, columns: 3, covariance: kind, componentsPerState: 4))
  }

  @Test func symbols() throws {
    try checkRoundTrip(
      CategoricalEmission(probabilities: NDArray(rows: [[0.5, 0.25, 0.25], [0, 0.5, 0.5]])))
    try checkRoundTrip(
      MultinomialEmission(probabilities: NDArray(rows: [[0.5, 0.5], [0.25, 0.75]]), trials: 7))
  }

  @Test func autoregressive() throws {
    try checkRoundTrip(
      AutoregressiveEmission(
        coefficients: NDArray(rows: [[1, 0.5], [2, -0.5]]), variances: [1, 2]))
  }

  @Test func columns() throws {
    try checkRoundTrip(
      ColumnEmission(distributions: [[Poisson(rate: 2)], [Poisson(rate: 3)]]))
    try checkRoundTrip(
      ColumnEmission(distributions: [
        [NegativeBinomial(mean: 2, size: 3)], [NegativeBinomial(mean: 1, size: 0.5)],
      ]))
    try checkRoundTrip(
      ColumnEmission(distributions: [[Exponential(mean: 2)], [Exponential(mean: 3)]]))
    try checkRoundTrip(
      ColumnEmission(distributions: [[Bernoulli(probability: 0)], [Bernoulli(probability: 1)]]))
    try checkRoundTrip(
      ColumnEmission(distributions: [
        [Gamma(shape: 2, scale: 3, zeroMass: 0.5)], [Gamma(shape: 1, scale: 1)],
      ]))
    try checkRoundTrip(
      ColumnEmission(distributions: [
        [StudentT(location: -1, scale: 2, degreesOfFreedom: 3)],
        [StudentT(location: 1, scale: 1, degreesOfFreedom: 30)],
      ]))
    try checkRoundTrip(
      ProductEmission(
        ColumnEmission(distributions: [[Poisson(rate: 2)], [Poisson(rate: 3)]]),
        ColumnEmission(distributions: [
          [VonMises(direction: -1, concentration: 0)], [VonMises(direction: 3, concentration: 9)],
        ])))
  }
}
