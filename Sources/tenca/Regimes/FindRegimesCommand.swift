import ArgumentParser
internal import FoundationEssentials
internal import Logging
internal import TencaFormats
internal import TencaMarkov
internal import TencaNumerics
internal import TencaRegimes

/// `tenca regimes [find]`: learns the regimes of a series and says when each was there.
struct FindRegimesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find",
    abstract: "Learn the regimes of a series, and say when each was there.",
    usage: "tenca regimes find [<options>] <prices>",
    discussion: #"""
        tenca regimes prices.csv
        tenca regimes prices.csv --column Close --returns log -k 3 --json
        tenca regimes gnp.csv --returns none --model ar:4
        tenca regimes rates.csv --returns none --model ar-intercept:1 \
          --switch mean,lags
        tenca regimes prices.csv --errors student-t --picture regimes.html
        tenca regimes prices.csv --walk-forward 1000 -o honest.csv
        tenca regimes prices.csv -k auto --criterion icl

      The word find may be left out. Probabilities come under three names. filtered is what could be known at the
      time, given the rows up to it; smoothed and viterbi look ahead. All of them are
      of a model that was learned from the whole series; with --walk-forward each row
      is answered by a model that has seen only the rows before it.
      """#)

  @Argument(
    help: "Prices or other values: a CSV of any delimiter, or - for standard input.",
    completion: .file())
  var prices: String

  @OptionGroup(title: "The series") var series: SeriesArguments
  @OptionGroup(title: "The model") var regimes: RegimeArguments

  @Option(help: "Also say what comes after the last row, for so many rows.")
  var forecast: Int?

  @Option(
    help: ArgumentHelp(
      """
      Answer every row after the first so many by a model of the rows before it, learned again after \
      every --refit rows.
      """, valueName: "rows"))
  var walkForward: Int?

  @Option(help: "With --walk-forward: after how many rows to learn again.")
  var refit = 21

  @Option(
    help: ArgumentHelp(
      "Test the number of regimes against one more, by so many drawn series.", valueName: "draws"))
  var test: Int?

  @Option(
    name: .shortAndLong,
    help: "Write every row's probabilities to .csv or .json; - is a table on standard output.")
  var output: String?

  @Option(
    help: "Draw the series and its regimes to .png, .svg, .pdf or .html.", completion: .file())
  var picture: String?

  @Option(
    help: "What the picture shows: filtered, smoothed or viterbi.")
  var method = RegimeMethod.smoothed

  @Option(help: "Save the model, to go on with tenca regimes update.", completion: .file())
  var save: String?

  @Flag(help: "Report as JSON on standard output.")
  var json = false

  @OptionGroup var work: WorkOptions

  func validate() throws {
    if let forecast, !(1...10_000).contains(forecast) {
      throw ValidationError("--forecast \(forecast): a number from 1 to 10000.")
    }
    if refit < 1 { throw ValidationError("--refit \(refit): at least 1.") }
    if let test, test < 19 { throw ValidationError("--test \(test): at least 19 draws.") }
    if regimes.states.count == nil && (walkForward != nil || test != nil) {
      throw ValidationError("--walk-forward and --test want a number of regimes: give -k.")
    }
    if json && output == "-" {
      throw ValidationError("--json and -o - both write to standard output: name a file.")
    }
  }

  func run() throws {
    for path in [output, save].compactMap(\.self) where path != "-" { try OutputPath.check(path) }
    if let picture {
      if picture.hasSuffix(".html") {
        try OutputPath.check(picture)
      } else {
        try OutputPath.checkPicture(picture)
      }
    }
    try work.run { execution in
      let found = try FoundRegimes(
        series.series(prices, carrying: regimes.covariates), regimes,
        exogenous: series.exogenousNames, resampling: series.resample, execution: execution)
      let walk = try walkForward.map {
        try RegimeModel.walkForward(
          found.specification, through: found.analysis.series, minimum: $0, refit: refit,
          options: RegimeFitOptions(
            restarts: min(5, regimes.restarts), iterations: regimes.iterations,
            seed: regimes.seed),
          execution: execution)
      }
      let forecast = try forecast.map {
        try found.analysis.forecast(steps: $0, seed: regimes.seed, execution: execution)
      }
      let test = try test.map {
        try RegimeModel.testCount(
          found.specification, of: found.analysis.series, draws: $0,
          options: RegimeFitOptions(
            restarts: min(5, regimes.restarts), iterations: regimes.iterations,
            seed: regimes.seed),
          execution: execution)
      }
      for note in found.analysis.series.report.notes { work.logger.info("\(note)") }
      for warning in found.warnings { work.logger.warning("\(warning)") }
      let saved = SavedRegimes(found.fit, found.analysis, resampling: series.resample)
      if let save { try ModelFile.write(try saved.archive(), to: save) }
      let report = RegimesReport(found, forecast: forecast, test: test, walk: walk)
      if let output {
        try RegimeRows(found.analysis, walk: walk, labels: report.labels).write(to: output)
      }
      if let picture {
        try RegimePictures.write(
          found.analysis, labels: report.labels, method: method, forecast: forecast, to: picture)
      }
      if output != "-" { try Console.write(report, json: json) }
    }
  }
}

/// `--method` of pictures by name.
enum RegimeMethod: String, ExpressibleByArgument, CaseIterable {
  case filtered, smoothed, viterbi
}

/// A series, its regimes and how they were chosen.
struct FoundRegimes {
  let specification: RegimeSpecification
  let fit: RegimeFit
  let analysis: RegimeAnalysis
  let selection: RegimeSelection?

  init(
    _ series: DatedSeries, _ arguments: RegimeArguments, exogenous: [String],
    resampling: Resampling?, execution: Execution
  ) throws {
    let wanted = arguments.specification(exogenous: exogenous)
    if arguments.states.count == nil {
      let selection = try RegimeModel.select(
        1...4, by: arguments.criterion, wanted, from: series, options: arguments.options,
        execution: execution)
      (self.selection, fit) = (selection, selection.fit)
    } else {
      selection = nil
      fit = try RegimeModel.fit(
        wanted, to: series, options: arguments.options, execution: execution)
    }
    specification = fit.model.specification
    analysis = try RegimeAnalysis(fit.model, series, execution: execution)
  }

  /// What a reader should know.
  var warnings: [String] {
    var result = fit.warnings
    if fit.criteria.logLikelihood > 0 {
      result.append(
        "the log-likelihood is above 0, since densities of numbers that hardly spread exceed 1")
    }
    return result
  }
}
