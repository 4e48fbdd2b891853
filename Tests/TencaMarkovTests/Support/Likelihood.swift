import TencaNumerics
import Testing

@testable import TencaMarkov

/// The slope of the likelihood is what differences of it say, in every coordinate; a climb along it
/// does not end below where expectation and maximisation does.
func checkLikelihood<E: DifferentiableEmission>(
  _ model: HiddenMarkovModel<E>, _ tables: [NDArray<Double>], sourceLocation: SourceLocation
) throws {
  for (table, initial) in zip(tables, [HiddenMarkovOptions.Freedom.free, .stationary]) {
    let options = HiddenMarkovOptions(
      initial: initial, transitionPseudocount: initial == .free ? 0 : 0.5)
    let ascent = try LikelihoodAscent(
      from: model, table, lengths: nil, options: options, execution: .serial)
    let space = ascent.space
    let start = space.origin
    let back = try #require(space.place(at: start)?.model)
    #expect(
      abs(try back.logLikelihood(of: table) - model.logLikelihood(of: table)) < 1e-6
        || initial == .stationary, sourceLocation: sourceLocation)
    let slope = try #require(try ascent.evaluate(start)).gradient
    #expect(slope.count == start.count, sourceLocation: sourceLocation)
    for index in start.indices where start[index].isFinite {
      func value(_ step: Double) throws -> Double {
        var place = start
        place[index] += step
        return try #require(try ascent.evaluate(place)).value
      }
      let step = 1e-4
      let expected =
        try (8 * (value(step) - value(-step)) - (value(2 * step) - value(-2 * step))) / (12 * step)
      #expect(
        abs(slope[index] - expected) < 1e-6 * max(100, abs(expected)),
        "coordinate \(index): \(slope[index]), not \(expected)", sourceLocation: sourceLocation)
    }
  }
  let fit = try HiddenMarkovModel.fit(
    model.emission, to: tables[1],
    options: HiddenMarkovOptions(
      chain: model.chain, startsFromEmission: true, iterations: 5, tolerance: 0))
  let polished = try fit.polished(on: tables[1])
  let converged = try HiddenMarkovModel.fit(
    model.emission, to: tables[1],
    options: HiddenMarkovOptions(
      chain: model.chain, startsFromEmission: true, iterations: 1000, tolerance: 1e-9))
  #expect(
    polished.logLikelihood > converged.logLikelihood - 1e-3,
    "\(polished.logLikelihood), not \(converged.logLikelihood)", sourceLocation: sourceLocation)
  let history = polished.restarts[polished.best].history
  #expect(zip(history, history.dropFirst()).allSatisfy { $0 < $1 }, sourceLocation: sourceLocation)
}
