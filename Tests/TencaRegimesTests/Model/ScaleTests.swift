import TencaMarkov
import TencaNumerics
import Testing

@testable import TencaRegimes

@Suite("The unit of a series")
struct ScaleTests {
  @Test(
    "A series times c has the same regimes, and a likelihood less by T·ln c",
    arguments: kinds.indices, [1e-6, 1e6])
  func scales(_ kind: Int, _ factor: Double) throws {
    let specification = kinds[kind].specification
    let values = madeReturns(300)
    let one = try madeSeries(values)
    let other = try madeSeries(values * factor)
    let fits = try [one, other].map { try RegimeModel.fit(specification, to: $0, options: quick) }
    let rows = Double(fits[0].criteria.rows)
    let moved = fits[0].criteria.logLikelihood - rows * logarithm(factor)
    #expect(
      abs(fits[1].criteria.logLikelihood - moved) < 1e-7 * rows,
      "\(kinds[kind].name): \(fits[1].criteria.logLikelihood), not \(moved)")
    let answers = try zip(fits, [one, other]).map {
      try RegimeAnalysis($0.model, $1).probabilities.smoothed
    }
    let worst = zip(answers[0].elements, answers[1].elements).reduce(0.0) {
      max($0, abs($1.0 - $1.1))
    }
    #expect(worst < 1e-4, "\(kinds[kind].name): \(worst)")
  }

  @Test("With the same parameters, probabilities are the same to rounding")
  func exact() throws {
    let values = madeReturns(300)
    let model = try RegimeModel.fit(RegimeSpecification(), to: madeSeries(values), options: quick)
      .model
    let scale = 0x1p-20
    let emission = model.emission
    let scaled = RegimeModel(
      model.specification, model.dynamics,
      try RegimeEmission(
        emission.layout, intercepts: emission.intercepts * scale, slopes: emission.slopes,
        covariances: emission.covariances * (scale * scale)))
    let one = try RegimeAnalysis(model, madeSeries(values)).probabilities
    let other = try RegimeAnalysis(scaled, madeSeries(values * scale)).probabilities
    for (a, b) in zip(one.filtered.elements, other.filtered.elements) {
      #expect(abs(a - b) < 1e-12)
    }
    #expect(abs(other.logLikelihood - one.logLikelihood + 300 * logarithm(scale)) < 1e-9 * 300)
  }

  @Test("An offset of a million moves means alone") func offsets() throws {
    let values = madeReturns(300)
    let fits = try [values, values + NDArray(repeating: 1e6, shape: values.shape)].map {
      try RegimeModel.fit(RegimeSpecification(), to: madeSeries($0), options: quick)
    }
    #expect(abs(fits[0].criteria.logLikelihood - fits[1].criteria.logLikelihood) < 1e-4)
    for (a, b) in zip(fits[0].model.means, fits[1].model.means) { #expect(abs(b - a - 1e6) < 1e-3) }
  }
}
