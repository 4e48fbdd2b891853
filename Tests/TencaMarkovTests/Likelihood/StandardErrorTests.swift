import TencaMarkov
import TencaMixture
import TencaNumerics
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite("Standard errors")
struct StandardErrorTests {
  private let rows: NDArray<Double> = {
    var random = RandomStream(seed: 3)
    return NDArray((0..<500).map { _ in 1e4 + 3e-3 * random.normal() }, shape: [500, 1])
  }()

  @Test(
    "One Gaussian: σ/√n of the mean, σ²√(2/n) of the variance",
    arguments: StandardErrorKind.allCases)
  func gaussian(_ kind: StandardErrorKind) throws {
    let fit = try HiddenMarkovModel.fit(
      GaussianEmission(states: 1, columns: 1), to: rows, options: HiddenMarkovOptions(tolerance: 0))
    let estimates = try fit.model.estimates(on: rows, kind: kind).filter { $0.column != nil }
    #expect(estimates.map(\.name) == ["mean", "variance"])
    let variance = estimates[1].value
    let mean = try #require(estimates[0].standardError)
    let spread = try #require(estimates[1].standardError)
    let exact = ((variance / 500).squareRoot(), variance * (2.0 / 500).squareRoot())
    // The robust ones go by the fourth moment of what was drawn.
    let tolerance = kind == .information ? 1e-5 : 0.1
    #expect(abs(mean / exact.0 - 1) < 1e-5, "\(mean), not \(exact.0)")
    #expect(abs(spread / exact.1 - 1) < tolerance, "\(spread), not \(exact.1)")
  }

  @Test("Counts of one rate: √(λ/n)")
  func poisson() throws {
    var random = RandomStream(seed: 5)
    let model = try HiddenMarkovModel(
      chain: MarkovChain(initial: [1], transition: [[1]]),
      emission: ColumnEmission(distributions: [[Poisson(rate: 7)]]))
    let rows = model.sample(400, using: &random).rows
    let fit = try HiddenMarkovModel.fit(model.emission, to: rows)
    let rate = try #require(try fit.model.estimates(on: rows).last)
    let error = try #require(rate.standardError)
    #expect(abs(error - (rate.value / 400).squareRoot()) < 1e-7)
  }

  /// 200 samples of a model: their estimates spread as the standard errors of one say.
  @Test("They are the spread of estimates from other samples")
  func simulation() throws {
    let truth = try HiddenMarkovModel(
      chain: MarkovChain(initial: [0.5, 0.5], transition: [[0.9, 0.1], [0.2, 0.8]]),
      emission: GaussianEmission(
        meanVectors: NDArray(rows: [[-1], [1.5]]),
        covariances: .diagonal(NDArray(rows: [[1], [0.5]]))))
    var options = HiddenMarkovOptions(chain: truth.chain, startsFromEmission: true)
    options.initial = .fixed
    var values: [[Double]] = []
    var errors: [[Double]] = []
    var random = RandomStream(seed: 21)
    for _ in 0..<200 {
      let rows = truth.sample(400, using: &random).rows
      let fit = try HiddenMarkovModel.fit(truth.emission, to: rows, options: options)
        .polished(on: rows, options: options)
      let estimates = try fit.model.estimates(on: rows, options: options)
      #expect(estimates.count == 8)
      values.append(estimates.map(\.value))
      errors.append(try estimates.map { try #require($0.standardError) })
    }
    for parameter in 0..<8 {
      let mean = values.reduce(0.0) { $0 + $1[parameter] } / 200
      let spread =
        (values.reduce(0.0) { $0 + pow($1[parameter] - mean, 2) } / 199).squareRoot()
      let said = errors.reduce(0.0) { $0 + $1[parameter] } / 200
      #expect(abs(said / spread - 1) < 0.2, "parameter \(parameter): \(said) for \(spread)")
    }
  }

  @Test("What is at a bound has none")
  func bounds() throws {
    var random = RandomStream(seed: 9)
    let truth = try HiddenMarkovModel(
      chain: MarkovChain(initial: [1, 0], transition: [[0.95, 0.05], [0, 1]]),
      emission: ColumnEmission(distributions: [[Poisson(rate: 3)], [Poisson(rate: 20)]]))
    let rows = truth.sample(300, using: &random).rows
    let options = HiddenMarkovOptions(chain: truth.chain)
    let fit = try HiddenMarkovModel.fit(truth.emission, to: rows, options: options)
    let estimates = try fit.model.estimates(on: rows, options: options)
    let steps = estimates.filter { $0.name == "transition" }
    #expect(steps.map(\.state) == [0, 0, 1])
    #expect(steps[0].standardError != nil && steps[1].standardError != nil)
    #expect(steps[2].value == 1 && steps[2].standardError == nil)
    #expect(estimates.filter { $0.name == "initial" }.allSatisfy { $0.standardError == nil })
    #expect(estimates.filter { $0.name == "rate" }.allSatisfy { $0.standardError != nil })
  }
}
