import TencaMarkov
import TencaMixture
import TencaNumerics
import Testing

@Suite struct AnyEmissionTests {
  private let chain = try! MarkovChain(
    initial: [0.5, 0.5], transition: [[0.9, 0.1], [0.2, 0.8]])

  /// Emissions of every kind with a parameter or two that tell the states apart.
  static let emissions: [any ArchivableEmission] = [
    try! GaussianEmission(
      meanVectors: NDArray(rows: [[0, 1], [3, -2]]),
      covariances: .diagonal(NDArray(rows: [[1, 2], [0.5, 1]]))),
    try! CategoricalEmission(probabilities: NDArray(rows: [[0.7, 0.2, 0.1], [0.1, 0.2, 0.7]])),
    try! MultinomialEmission(
      probabilities: NDArray(rows: [[0.7, 0.3], [0.2, 0.8]]), trials: 5),
    try! AutoregressiveEmission(
      coefficients: NDArray(rows: [[0, 0.5], [2, -0.5]]), variances: [1, 2]),
    ColumnEmission(distributions: [
      [Bernoulli(probability: 0.2)], [Bernoulli(probability: 0.8)],
    ]),
    ColumnEmission(distributions: [[Poisson(rate: 2)], [Poisson(rate: 9)]]),
    ColumnEmission(distributions: [
      [NegativeBinomial(mean: 2, size: 3)], [NegativeBinomial(mean: 9, size: 2)],
    ]),
    ColumnEmission(distributions: [
      [Gamma(shape: 2, scale: 1, zeroMass: 0.1)], [Gamma(shape: 5, scale: 3)],
    ]),
    ColumnEmission(distributions: [[Exponential(mean: 1)], [Exponential(mean: 5)]]),
    ColumnEmission(distributions: [
      [StudentT(location: 0, scale: 1, degreesOfFreedom: 5)],
      [StudentT(location: 4, scale: 2, degreesOfFreedom: 9)],
    ]),
    ColumnEmission(distributions: [
      [VonMises(direction: 0, concentration: 3)], [VonMises(direction: 3, concentration: 1)],
    ]),
    AnyEmission(sideBySide: [
      AnyEmission(ColumnEmission(distributions: [[Poisson(rate: 2)], [Poisson(rate: 9)]])),
      AnyEmission(ColumnEmission(distributions: [[Exponential(mean: 1)], [Exponential(mean: 5)]])),
      AnyEmission(
        ColumnEmission(distributions: [
          [VonMises(direction: 0, concentration: 3)], [VonMises(direction: 3, concentration: 1)],
        ])),
    ]),
  ]

  private func checkSame<E: ArchivableEmission>(_ emission: E) throws {
    let known = try HiddenMarkovModel(chain: chain, emission: emission)
    let erased = known.erased
    var random = RandomStream(seed: 3)
    let rows = known.sample(2000, using: &random).rows
    #expect(
      try erased.logLikelihood(of: rows).bitPattern
        == known.logLikelihood(of: rows).bitPattern)
    let options = HiddenMarkovOptions(iterations: 5, restarts: 2)
    let plain = try HiddenMarkovModel.fit(
      emission, to: rows, lengths: [700, 1300], options: options)
    let other = try HiddenMarkovModel.fit(
      AnyEmission(emission), to: rows, lengths: [700, 1300], options: options,
      execution: Execution(threads: 2))
    #expect(plain.restarts == other.restarts)
    #expect(plain.model.chain == other.model.chain)
    #expect(plain.logLikelihood.bitPattern == other.logLikelihood.bitPattern)
    // And back from an archive.
    var archive = Archive()
    other.model.write(into: &archive)
    let read = try HiddenMarkovModel<AnyEmission>(archive: archive)
    #expect(read.emission.name == AnyEmission(emission).name)
    var again = Archive()
    read.write(into: &again)
    #expect(again == archive)
    // A model that was learned computes relative to its data, one that was read relative to itself: the
    // last digits may differ.
    let (learned, found) = (
      try other.model.logLikelihood(of: rows), try read.logLikelihood(of: rows)
    )
    #expect(abs(learned - found) < 1e-13 * abs(learned))
  }

  @Test(arguments: emissions.indices)
  func doesWhatItsKindDoes(index: Int) throws { try checkSame(Self.emissions[index]) }

  @Test func namesItsParts() {
    #expect(AnyEmission(Self.emissions[0]).name == "gaussian")
    #expect(AnyEmission(Self.emissions.last!).name == "poisson+exponential+von-mises")
    #expect(AnyEmission(AnyEmission(Self.emissions[1])).base is CategoricalEmission)
  }

  @Test func refusesKindsThatItDoesNotKnow() throws {
    var archive = Archive()
    AnyEmission(Self.emissions[5]).write(into: &archive, prefix: "e.")
    archive.metadata["e.kind"] = "dice"
    #expect(
      throws: MarkovError.unreadableArchive(
        name: "e.kind", problem: "\"dice\" is no kind of emission")
    ) { try AnyEmission(archive: archive, prefix: "e.") }
  }

  @Test(arguments: [
    ("gaussian", "gaussian"), ("gaussian:full", "gaussian"), ("mixture:3", "gaussian"),
    ("mixture:2:tied", "gaussian"), ("student-t", "student-t"),
    ("autoregressive:2", "autoregressive"),
  ])
  func kindsHaveNames(_ name: String, _ kind: String) throws {
    let emission = try #require(EmissionKind(name)).emission(states: 2, columns: 1, symbols: 0)
    #expect(emission.name == kind && emission.stateCount == 2)
  }

  @Test(arguments: [
    "", "gauss", "gaussian:round", "mixture", "mixture:0", "poisson:2", "gaussian:",
  ])
  func otherWordsAreNone(_ name: String) { #expect(EmissionKind(name) == nil) }
}
