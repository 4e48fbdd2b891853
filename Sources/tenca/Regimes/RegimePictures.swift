internal import FoundationEssentials
internal import TencaNumerics
internal import TencaPlot
internal import TencaRegimes

/// Pictures of regimes.
enum RegimePictures {
  /// Draws the first series, its regimes, and what may come.
  ///
  /// - Throws: `PlotError`.
  static func write(
    _ analysis: RegimeAnalysis, labels: [String], method: RegimeMethod,
    forecast: RegimeForecast?, to path: String
  ) throws {
    let (series, rows, answers) = (analysis.series, analysis.rows, analysis.probabilities)
    let probabilities =
      switch method {
      case .filtered: answers.filtered
      case .smoothed: answers.smoothed
      case .viterbi: certain(answers.path, regimes: labels.count)
      }
    let regimes =
      method == .viterbi ? answers.path : mostProbable(probabilities)
    let levels = rows.map { series.levels[$0, 0] }
    let isPrice = series.returns.needsPositivePrices
    try RegimePicture.write(
      RegimePicture.Content(
        title: "Regimes of \(series.columns[0]), \(fileName(series.name))",
        dates: series.dates.map { Array($0[rows]) }, rowNumbers: Array(series.rowNumbers[rows]),
        levels: levels, levelName: series.columns[0],
        isLogarithmic: isPrice && levels.allSatisfy { $0.isNaN || $0 > 0 }, labels: labels,
        isDarkestFirst: labels.first == "bear", path: regimes, probabilities: probabilities,
        method: method.rawValue, volatility: analysis.conditionalVolatility,
        forecast: forecast.map(content)),
      to: path)
  }

  private static func fileName(_ path: String) -> String {
    path == "-" ? "standard input" : URL(fileURLWithPath: path).lastPathComponent
  }

  private static func content(_ forecast: RegimeForecast) -> RegimePicture.Forecast {
    let values = forecast.prices ?? forecast.quantiles
    return RegimePicture.Forecast(
      dates: forecast.dates,
      quantiles: forecast.levels.enumerated().map { place, level in
        (level: level, values: values.column(place).elements)
      }, probabilities: forecast.regimes)
  }

  /// The probabilities of a path that is taken for certain.
  private static func certain(_ path: [Int], regimes: Int) -> NDArray<Double> {
    NDArray(
      path.flatMap { regime in (0..<regimes).map { $0 == regime ? 1 : 0 } },
      shape: [path.count, regimes])
  }

  private static func mostProbable(_ probabilities: NDArray<Double>) -> [Int] {
    (0..<probabilities.rows).map { row in
      (1..<probabilities.columns).reduce(0) { best, regime in
        probabilities[row, regime] > probabilities[row, best] ? regime : best
      }
    }
  }
}
