import TencaMarkov
import TencaNumerics
import Testing

@testable import TencaRegimes

@Suite("How many regimes")
struct RegimeChoiceTests {
  @Test("Two regimes are found to be two", arguments: RegimeCriterion.allCases)
  func selection(_ criterion: RegimeCriterion) throws {
    let series = try madeSeries(madeReturns(600))
    let selection = try RegimeModel.select(
      1...3, by: criterion, RegimeSpecification(), from: series, options: quick)
    #expect(selection.candidates.map(\.regimes) == [1, 2, 3])
    let rises = zip(selection.candidates, selection.candidates.dropFirst())
    #expect(rises.allSatisfy { $0.criteria.logLikelihood <= $1.criteria.logLikelihood + 1e-6 })
    // AIC may keep more, but none takes the two for one.
    let best = selection.candidates[selection.best].regimes
    #expect(criterion == .bic || criterion == .icl ? best == 2 : best >= 2)
    #expect(selection.fit.model.regimes == best)
  }

  @Test("A second regime is seen where there is one, and not where there is none")
  func test() throws {
    let options = RegimeFitOptions(restarts: 2)
    let two = try RegimeModel.testCount(
      RegimeSpecification(regimes: 1), of: madeSeries(madeReturns(200)), draws: 19, options: options
    )
    #expect(two.pValue == 0.05 && two.drawn.count == 19)
    var random = RandomStream(seed: 3)
    let plain = NDArray<Double>((0..<200).map { _ in random.normal() }, shape: [200, 1])
    let one = try RegimeModel.testCount(
      RegimeSpecification(regimes: 1), of: madeSeries(plain), draws: 19, options: options)
    #expect(one.pValue > 0.05, "\(one.likelihoodRatio) among \(one.drawn)")
  }
}
