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

  @Test(
    "With the same parameters in the other unit, probabilities are the same to rounding",
    arguments: kinds.indices, [1e-6, 1e6])
  func exact(_ kind: Int, _ factor: Double) throws {
    try check(kinds[kind].specification, madeReturns(300), factor)
  }

  @Test("Of two series too", arguments: [1e-6, 1e6]) func two(_ factor: Double) throws {
    try check(
      RegimeSpecification(autoregression: .intercept(order: 1)), madeReturns(300, columns: 2),
      factor)
  }

  private func check(
    _ specification: RegimeSpecification, _ values: NDArray<Double>, _ factor: Double
  ) throws {
    let model = try RegimeModel.fit(specification, to: madeSeries(values), options: quick).model
    let emission = model.emission
    let (d, m) = (emission.layout.series, emission.layout.regressors)
    let lags = specification.autoregression.order * d
    let scaled = RegimeModel(
      model.specification, model.dynamics,
      try RegimeEmission(
        emission.layout, intercepts: emission.intercepts * factor,
        // Coefficients of lags have no unit, those of other columns have the series'.
        slopes: NDArray(shape: [specification.regimes, d, m]) { target in
          for (index, slope) in emission.slopes.elements.enumerated() {
            target[index] = index % m < lags ? slope : slope * factor
          }
        },
        covariances: emission.covariances * (factor * factor), shape: emission.shape))
    let one = try RegimeAnalysis(model, madeSeries(values)).probabilities
    let other = try RegimeAnalysis(scaled, madeSeries(values * factor)).probabilities
    for (a, b) in zip(
      one.filtered.elements + one.smoothed.elements,
      other.filtered.elements + other.smoothed.elements)
    { #expect(abs(a - b) < 1e-9) }
    #expect(one.path == other.path)
    let rows = Double(one.logLikelihoods.count)
    let moved = one.logLikelihood - rows * Double(d) * logarithm(factor)
    #expect(abs(other.logLikelihood - moved) < 1e-8 * rows, "\(other.logLikelihood), not \(moved)")
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
