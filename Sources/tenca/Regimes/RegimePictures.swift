internal import TencaNumerics
internal import TencaPlot
internal import TencaRegimes

/// Pictures of regimes.
enum RegimePictures {
  static func write(
    _ analysis: RegimeAnalysis, labels: [String], method: RegimeMethod,
    forecast: RegimeForecast?, to path: String
  ) throws {
  }
}
