import ArgumentParser
internal import TencaFormats
internal import TencaMarkov
internal import TencaNumerics
internal import TencaRegimes

/// Fits of regime-switching models of a series.
struct RegimeBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "regimes", abstract: "Regime-switching models of a series.",
    discussion: "A fit is timed whole, without standard errors. The peer is statsmodels.")

  @Argument(help: "A CSV whose first column is the series.") var data: String
  @Option(help: "Regimes.") var states = 2
  @Option(help: "Order of an autoregression in mean form; without one, mean and variance switch.")
  var order: Int?
  @Option(help: "Starts.") var restarts = 20
  @Option(help: "Threads.") var threads = 1
  @Option(help: "Passes, after one that is not counted.") var passes = 5

  func run() throws {
    let table = try CSVTable(path: data)
    let values = try table.numbers(table.columns[0])
    let series = try DatedSeries(
      name: data, dates: nil, columns: [table.columns[0]],
      values: NDArray(values, shape: [values.count, 1]))
    let specification = RegimeSpecification(
      regimes: states, switching: order == nil ? [.mean, .variance] : [.mean],
      autoregression: order.map { .mean(order: $0) } ?? .none)
    let options = RegimeFitOptions(restarts: restarts, standardErrors: nil)
    var logLikelihood = 0.0
    let measurement = try Measurement.of(
      "regimes", threads: threads, passes: passes,
      size: ["rows": Double(values.count), "states": Double(states), "starts": Double(restarts)]
    ) {
      let fit = try RegimeModel.fit(
        specification, to: series, options: options, execution: Execution(threads: threads))
      logLikelihood = fit.criteria.logLikelihood
    }
    print(try JSONText.encodeLine(measurement))
    print(try JSONText.encodeLine(["logLikelihood": logLikelihood]))
  }
}
