import TencaMarkov
import TencaNumerics
import Testing

@testable import TencaRegimes

@Suite("Odd series")
struct OddSeriesTests {
  private func message(_ body: () throws -> Void) -> String {
    do { try body() } catch { return "\(error)" }
    return "nothing was thrown"
  }

  @Test("Blank cells count for nothing") func blanks() throws {
    var values = madeReturns(300)
    for row in stride(from: 5, to: 300, by: 9) { values[row, 0] = .nan }
    for (name, specification) in kinds {
      let fit = try RegimeModel.fit(specification, to: madeSeries(values), options: quick)
      let analysis = try RegimeAnalysis(fit.model, madeSeries(values))
      #expect(fit.criteria.logLikelihood.isFinite, "\(name)")
      #expect(analysis.probabilities.filtered.firstNonFinite() == nil, "\(name)")
      let residuals = analysis.pseudoResiduals()
      #expect(residuals.contains(where: \.isNaN) && residuals.contains(where: \.isFinite))
    }
  }

  @Test("One crash day, and a stretch without change") func crash() throws {
    var values = madeReturns(400, scale: 0.01)
    values[200, 0] = -0.5
    for row in 300..<330 { values[row, 0] = 0 }
    for (name, specification) in kinds {
      let series = try madeSeries(values)
      let fit = try RegimeModel.fit(specification, to: series, options: quick)
      let analysis = try RegimeAnalysis(fit.model, series)
      #expect(analysis.probabilities.smoothed.firstNonFinite() == nil, "\(name)")
      #expect(analysis.conditionalVolatility.allSatisfy { $0 > 0 }, "\(name)")
    }
  }

  @Test("Too few rows, or none that differ, are refused by name") func refusals() throws {
    let few = try madeSeries(madeReturns(10), name: "few.csv")
    let text = message {
      _ = try RegimeModel.fit(
        RegimeSpecification(regimes: 3, errors: .mixture), to: few, options: quick)
    }
    #expect(text.contains("few.csv") && text.contains("10 whole rows") && text.contains("fewer"))
    // Two regimes of ten rows are little, but something.
    let fit = try RegimeModel.fit(RegimeSpecification(), to: few, options: quick)
    #expect(fit.criteria.logLikelihood.isFinite)
    let flat = try DatedSeries(
      name: "flat.csv", dates: nil, columns: ["y"], values: NDArray(repeating: 3, shape: [50, 1]))
    #expect(
      message { _ = try RegimeModel.fit(RegimeSpecification(), to: flat) }
        .contains("flat.csv: the values of 'y' are all 3.0"))
  }

  @Test("What does not go together is refused") func options() throws {
    let series = try madeSeries(madeReturns(100))
    for (specification, words) in [
      (RegimeSpecification(regimes: 0), "states is 0"),
      (RegimeSpecification(switching: []), "switching is nothing"),
      (RegimeSpecification(regimes: 6, autoregression: .mean(order: 4)), "ar-intercept"),
      (
        RegimeSpecification(autoregression: .mean(order: 1), durations: "poisson"), "ar-intercept"
      ),
      (RegimeSpecification(exogenous: ["z"]), "no exogenous column 'z'"),
      (RegimeSpecification(durations: "weibull"), "free:LONGEST"),
      (RegimeSpecification(factors: 1), "factors is 1"),
    ] {
      let text = message { _ = try RegimeModel.fit(specification, to: series, options: quick) }
      #expect(text.contains(words), "\(text)")
    }
  }

  @Test("Any number of threads gives the same bytes") func threads() throws {
    let series = try madeSeries(madeReturns(500))
    for (name, specification) in kinds.prefix(4) {
      let fits = try [1, 3].map {
        try RegimeModel.fit(
          specification, to: series, options: quick, execution: Execution(threads: $0))
      }
      #expect(fits[0] == fits[1], "\(name)")
    }
  }

  @Test("Several series together: a vector autoregression") func vector() throws {
    let series = try madeSeries(madeReturns(400, columns: 2))
    let fit = try RegimeModel.fit(
      RegimeSpecification(autoregression: .intercept(order: 1)), to: series, options: quick)
    let emission = fit.model.emission
    #expect(emission.slopes.shape == [2, 2, 2])
    #expect(emission.covariances[[1, 0, 0]] > 2 * emission.covariances[[0, 0, 0]])
    // Both series share noise.
    #expect(emission.covariances[[1, 0, 1]] > 0)
    let analysis = try RegimeAnalysis(fit.model, series)
    #expect(analysis.predictions.count == 2)
    #expect(analysis.pseudoResiduals(column: 1).filter(\.isFinite).count == 399)
  }
}
