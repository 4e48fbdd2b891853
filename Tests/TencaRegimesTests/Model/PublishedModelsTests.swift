import FoundationEssentials
import TencaMarkov
import TencaNumerics
import Testing

@testable import TencaRegimes

/// Where larger corpora lie, if anybody said.
private let corpora = ProcessInfo.processInfo.environment["TENCA_DATA"]

/// Published models of American output and interest rates, as statsmodels 0.15 computes them from the
/// same data: J. Hamilton (1989), and the federal funds rate of statsmodels' own examples.
@Suite(.enabled(if: corpora != nil, "needs TENCA_DATA, a folder of corpora"))
struct PublishedModelsTests {
  private func column(_ file: String, _ place: Int = 0) throws -> [Double] {
    let text = try String(
      contentsOf: URL(filePath: "\(corpora!)/reference/\(file)"), encoding: .utf8)
    return text.split(whereSeparator: \.isNewline).compactMap { line in
      let fields = line.split(separator: ",")
      return fields.count > place ? Double(fields[place]) : nil
    }
  }

  private func series(_ values: [Double], exogenous: [Double]? = nil) throws -> DatedSeries {
    try DatedSeries(
      name: "test", dates: nil, columns: ["value"],
      values: NDArray(values, shape: [values.count, 1]),
      exogenousColumns: exogenous == nil ? [] : ["x"],
      exogenous: exogenous.map { NDArray($0, shape: [$0.count, 1]) })
  }

  private func estimate(
    _ fit: RegimeFit, _ name: String, _ state: Int? = nil, next: Int? = nil, lag: Int? = nil
  ) throws -> NamedParameter {
    try #require(
      fit.estimates.first {
        $0.name == name && $0.state == state && $0.nextState == next
          && (lag == nil || $0.otherColumn == lag)
      }, "\(name)")
  }

  @Test("Hamilton's autoregression of order 4") func hamilton() throws {
    let gnp = try series(column("rgnp_1951q2_1984q4.csv"))
    let specification = RegimeSpecification(
      switching: [.mean], autoregression: .mean(order: 4))
    let fit = try RegimeModel.fit(
      specification, to: gnp, options: RegimeFitOptions(restarts: 8))
    #expect(fit.criteria.rows == 131)
    #expect(abs(fit.criteria.logLikelihood + 181.26339) < 1e-4, "\(fit.criteria.logLikelihood)")
    let expected: [(String, Int?, Int?, Int?, Double, Double)] = [
      ("transition", 0, 0, nil, 0.754673, 0.0965), ("transition", 1, 0, nil, 0.095915, 0.0377),
      ("mean", 0, nil, nil, -0.358811, 0.2645), ("mean", 1, nil, nil, 1.163516, 0.0745),
      ("coefficient", nil, nil, 1, 0.013486, 0.1200),
      ("coefficient", nil, nil, 2, -0.057521, 0.1377),
      ("coefficient", nil, nil, 3, -0.246983, 0.1069),
      ("coefficient", nil, nil, 4, -0.212923, 0.1105),
    ]
    for (name, state, next, lag, value, error) in expected {
      let found = try estimate(fit, name, state, next: next, lag: lag)
      #expect(abs(found.value - value) < 1e-3, "\(name) \(found.value), not \(value)")
      let own = try #require(found.standardError)
      #expect(abs(own / error - 1) < 0.02, "\(name): error \(own), not \(error)")
    }
    #expect(abs(try estimate(fit, "sigma").value - 0.769005) < 1e-3)

    let design = try RegimeDesign(gnp, specification)
    let probabilities = try fit.model.probabilities(design)
    for (file, found) in [
      ("hamilton_ar4_filtered_regime1.csv", probabilities.filtered),
      ("hamilton_ar4_smoothed_regime1.csv", probabilities.smoothed),
    ] {
      let published = try column(file)
      #expect(published.count == 131)
      let regime = abs(published[0] - found[0, 0]) < abs(published[0] - found[0, 1]) ? 0 : 1
      let worst = published.indices.reduce(0.0) { max($0, abs(published[$1] - found[$1, regime])) }
      #expect(worst < 2e-3, "\(file): \(worst)")
    }
  }

  @Test("An autoregression of order 1 whose mean and coefficient switch, and its variance too")
  func everything() throws {
    let gnp = try series(column("rgnp_1951q2_1984q4.csv"))
    let fit = try RegimeModel.fit(
      RegimeSpecification(switching: [.mean, .lags], autoregression: .mean(order: 1)), to: gnp,
      options: RegimeFitOptions(restarts: 8))
    #expect(abs(fit.criteria.logLikelihood + 186.7575) < 1e-3, "\(fit.criteria.logLikelihood)")
    #expect(abs(fit.model.means[0] + 0.479157) < 1e-3 && abs(fit.model.means[1] - 1.041419) < 1e-3)
    // statsmodels 0.15 ends at -183.29242, in a corner where one regime never lasts.
    let wide = try RegimeModel.fit(
      RegimeSpecification(
        switching: [.mean, .variance, .lags], autoregression: .mean(order: 1)), to: gnp,
      options: RegimeFitOptions(restarts: 8))
    #expect(wide.criteria.logLikelihood > -183.29242 - 1e-3, "\(wide.criteria.logLikelihood)")
  }

  @Test("The federal funds rate, with and without its lag") func federalFunds() throws {
    let rates = try column("fedfunds.csv", 1)
    let rate = try series(rates.isEmpty ? column("fedfunds.csv") : rates)
    let fit = try RegimeModel.fit(RegimeSpecification(switching: [.mean]), to: rate)
    #expect(abs(fit.criteria.logLikelihood + 508.63592) < 1e-4, "\(fit.criteria.logLikelihood)")
    #expect(abs(fit.criteria.aic - 1027.272) < 1e-3)
    for (found, expected) in zip(fit.model.means, [3.70877, 9.556793]) {
      #expect(abs(found - expected) < 1e-3)
    }
    #expect(abs(fit.model.sigmas[0] - 2.107562) < 1e-3)
    for (found, expected) in zip(fit.model.expectedDurations, [55.854, 19.855]) {
      #expect(abs(found - expected) < 0.01)
    }
    let lagged = try RegimeModel.fit(
      RegimeSpecification(
        switching: [.mean, .lags], autoregression: .intercept(order: 1)), to: rate)
    #expect(lagged.criteria.logLikelihood > -264.71069 - 1e-3, "\(lagged.criteria.logLikelihood)")
  }
}
