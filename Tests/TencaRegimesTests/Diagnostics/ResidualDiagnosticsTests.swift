import FoundationEssentials
import Testing

@testable import TencaRegimes

@Suite struct ResidualDiagnosticsTests {
  private let residuals = [
    0.31, -1.24, 0.05, 2.13, -0.77, -0.42, 1.58, 0.93, -2.31, 0.12, 0.48, -0.66, 1.01, -0.09, -1.73,
    0.27, 3.05, -2.44, 0.81, -0.15, 0.36, -0.58, 1.22, 0.64, -1.09, -0.33, 0.19, 0.74, -0.91, 1.47,
  ]

  private func close(_ value: Double?, _ expected: Double) -> Bool {
    value.map { abs($0 - expected) <= 1e-8 * max(1, abs(expected)) } ?? false
  }

  /// statsmodels 0.15.0, with x the residuals, m the lags and d the fitted parameters:
  /// `acf(x, nlags=m, fft=False)[1:]`, `acorr_ljungbox(x, lags=[m], model_df=d)`,
  /// `het_arch(x, nlags=m)[:2]`, `jarque_bera(x)`, and NumPy's `x.mean()`, `x.var()`. Tolerance 1e-8.
  @Test(arguments: [
    (
      4, 0,
      [-0.3659705081489671, -0.34900738818757343, 0.25788548539940237, 0.16413098139158502],
      (11.969191505946654, 0.01758184162247811), (1.816882163932419, 0.7693922506743077)
    ),
    (
      6, 1,
      [
        -0.3659705081489671, -0.34900738818757343, 0.25788548539940237, 0.16413098139158502,
        -0.3950590399877465, 0.1979261956324158,
      ], (19.52933383356744, 0.001531049207570955), (2.488675941185086, 0.8697328491783389)
    ),
  ])
  func agreesWithStatsmodels(
    lags: Int, fitted: Int, correlations: [Double], ljungBox: (Double, Double),
    arch: (Double, Double)
  ) throws {
    let result = try ResidualDiagnostics(residuals, lags: lags, fittedParameters: fitted)
    #expect(result.count == 30)
    #expect(close(result.mean, 0.088))
    #expect(close(result.variance, 1.445009333333333))
    #expect(result.autocorrelations.count == lags)
    #expect(zip(result.autocorrelations, correlations).allSatisfy { close($0, $1) })
    #expect(close(result.ljungBox.statistic, ljungBox.0))
    #expect(close(result.ljungBox.pValue, ljungBox.1))
    #expect(result.ljungBox.degreesOfFreedom == lags - fitted)
    #expect(close(result.arch?.statistic, arch.0))
    #expect(close(result.arch?.pValue, arch.1))
    #expect(close(result.jarqueBera.statistic, 0.0405557812979722))
    #expect(close(result.jarqueBera.pValue, 0.9799263231048346))
    #expect(close(result.skewness, 0.032958694295679235))
    #expect(close(result.excessKurtosis, 0.1676291231250513))
  }

  @Test func leavesOutWhatIsMissing() throws {
    let withGaps = residuals.flatMap { $0 > 1 ? [.nan, $0, .nan] : [$0] }
    #expect(try ResidualDiagnostics(withGaps, lags: 5) == ResidualDiagnostics(residuals, lags: 5))
  }

  /// Every statistic but mean and variance is free of scale, at scales whose powers overflow too.
  @Test(arguments: [1e-80, 1e-3, 1e90])
  func doesNotDependOnScale(scale: Double) throws {
    let result = try ResidualDiagnostics(residuals.map { $0 * scale })
    let plain = try ResidualDiagnostics(residuals)
    #expect(plain.autocorrelations.count == 6)
    #expect(close(result.ljungBox.statistic, plain.ljungBox.statistic))
    #expect(close(result.arch?.statistic, try #require(plain.arch).statistic))
    #expect(close(result.jarqueBera.statistic, plain.jarqueBera.statistic))
  }

  @Test func hasNoArchTestOfEqualSquares() throws {
    let signs = residuals.map { $0 > 0 ? 1.0 : -1 }
    #expect(try ResidualDiagnostics(signs).arch == nil)
  }

  @Test func writesAndReadsItself() throws {
    let result = try ResidualDiagnostics(residuals)
    let json = try JSONEncoder().encode(result)
    #expect(try JSONDecoder().decode(ResidualDiagnostics.self, from: json) == result)
  }

  @Test func refusesWhatCannotBeTested() throws {
    func complaint(_ residuals: [Double], lags: Int? = nil, fitted: Int = 0) throws -> String {
      try #require(throws: RegimesError.self) {
        try ResidualDiagnostics(residuals, lags: lags, fittedParameters: fitted)
      }.description
    }
    #expect(try complaint([1, 2, 3, .nan]).contains("there are 3, and tests need 8"))
    #expect(try complaint([Double](repeating: 0.1, count: 50)).contains("all are 0.1"))
    #expect(try complaint(residuals + [.infinity]).contains("number 31 is inf"))
    #expect(try complaint(residuals, lags: 14).contains("lags is 14 but must be 1 to 13"))
    #expect(try complaint(residuals, lags: 0).contains("lags is 0"))
    #expect(try complaint(residuals, lags: 2, fitted: 2).contains("fittedParameters is 2"))
  }
}
