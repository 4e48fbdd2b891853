// A conformance of a public type is public, and so must be the imports that it needs.
public import ArgumentParser
internal import TencaMarkov
public import TencaRegimes

/// `--model` by name: what differs between regimes.
struct RegimeModelChoice: ExpressibleByArgument, Equatable {
  let name: String
  let switching: Set<RegimeSpecification.Switching>
  let autoregression: RegimeSpecification.Autoregression

  static let names = [
    "switching (mean and variance)", "switching-mean", "switching-variance", "ar:ORDER",
    "ar-intercept:ORDER",
  ]

  init?(argument: String) {
    name = argument
    let words = argument.split(separator: ":", omittingEmptySubsequences: false)
    switch (words[0], words.count) {
    case ("switching", 1): (switching, autoregression) = ([.mean, .variance], .none)
    case ("switching-mean", 1): (switching, autoregression) = ([.mean], .none)
    case ("switching-variance", 1): (switching, autoregression) = ([.variance], .none)
    case ("ar", 2), ("ar-intercept", 2):
      guard let order = Int(words[1]), 1...1000 ~= order else { return nil }
      switching = [.mean]
      autoregression = words[0] == "ar" ? .mean(order: order) : .intercept(order: order)
    default: return nil
    }
  }

  var defaultValueDescription: String { name }
}

/// `--switch` by names.
struct SwitchingChoice: ExpressibleByArgument {
  let switching: Set<RegimeSpecification.Switching>

  init?(argument: String) {
    if argument == "all" {
      switching = Set(RegimeSpecification.Switching.allCases)
      return
    }
    let words = argument.split(separator: ",", omittingEmptySubsequences: false)
    let found = words.compactMap { RegimeSpecification.Switching(rawValue: String($0)) }
    guard found.count == words.count else { return nil }
    switching = Set(found)
  }
}

/// `--states` by a number, or auto.
struct RegimeCountChoice: ExpressibleByArgument {
  /// The number; nil for auto.
  let count: Int?
  private let text: String

  init?(argument: String) {
    text = argument
    if argument == "auto" {
      count = nil
      return
    }
    guard let count = Int(argument), 1...100 ~= count else { return nil }
    self.count = count
  }

  var defaultValueDescription: String { text }
}

extension ErrorKind: ExpressibleByArgument {}
extension RegimeCriterion: ExpressibleByArgument {}

/// What is to be learned of a series.
struct RegimeArguments: ParsableArguments {
  @Option(
    name: [.customShort("k"), .long],
    help: "The number of regimes, or auto: from one to four, by --criterion.")
  var states = RegimeCountChoice(argument: "2")!

  @Option(
    help: ArgumentHelp(
      """
      What regimes differ in: \(RegimeModelChoice.names.joined(separator: ", ")). ar is Hamilton's form, \
      of deviations from means; ar-intercept regresses on values before.
      """, valueName: "model"))
  var model = RegimeModelChoice(argument: "switching")!

  @Option(
    name: .customLong("switch"),
    help: ArgumentHelp(
      "What differs, instead of what --model says: mean, variance, lags, exog, or all.",
      valueName: "a,b,…"))
  var switching: SwitchingChoice?

  @Option(
    help: "What errors are like: gaussian, student-t, or mixture, a share of larger variance.")
  var errors = ErrorKind.gaussian

  @Option(
    help: """
      Of several series: so many factors give them their correlations. Default: any covariance.
      """)
  var factors: Int?

  @Option(
    help: ArgumentHelp(
      """
      Columns that steer the steps between regimes (Filardo): those of a row the step to the next.
      """, valueName: "a,b,…"))
  var transitionExog: String?

  @Option(
    help: ArgumentHelp(
      """
      Hold regimes for durations of their own: geometric, poisson, negative-binomial, free:LONGEST.
      """, valueName: "kind"))
  var durations: DurationChoice?

  @Option(
    help: """
      The distribution of the first regime: stationary, free, or fixed (equal parts). With durations or \
      steps that follow columns there is no stationary one, and it is free.
      """)
  var start = StartDistribution.stationary

  @Option(help: "What --states auto chooses by: bic, aic, icl or held-out. The less, the better.")
  var criterion = RegimeCriterion.bic

  @Option(help: "Standard errors: by information, robust, or none.")
  var standardErrors = "information"

  @Option(help: "Starts; the best model is kept.")
  var restarts = RegimeFitOptions().restarts

  @Option(help: "Iterations of a start at most.")
  var iterations = RegimeFitOptions().iterations

  @Option(help: "Seed of everything random: the same seed gives the same bytes.")
  var seed: UInt64 = 1

  func validate() throws {
    if restarts < 1 { throw ValidationError("--restarts \(restarts): at least 1.") }
    if iterations < 1 { throw ValidationError("--iterations \(iterations): at least 1.") }
    if standardErrors != "none" && StandardErrorKind(rawValue: standardErrors) == nil {
      throw ValidationError("--standard-errors \(standardErrors): information, robust or none.")
    }
  }

  /// The columns that steer steps.
  var covariates: [String] { transitionExog.map(SeriesArguments.names) ?? [] }

  /// What these arguments ask for, with columns that explain values.
  func specification(exogenous: [String]) -> RegimeSpecification {
    RegimeSpecification(
      regimes: states.count ?? 1, switching: switching?.switching ?? model.switching,
      autoregression: model.autoregression, errors: errors, factors: factors,
      exogenous: exogenous,
      transitionCovariates: covariates, durations: durations?.kind.name, start: start.option)
  }

  var options: RegimeFitOptions {
    RegimeFitOptions(
      restarts: restarts, iterations: iterations, seed: seed,
      standardErrors: StandardErrorKind(rawValue: standardErrors))
  }
}
