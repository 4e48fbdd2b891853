import ArgumentParser
internal import TencaMarkov

/// What the steps between states follow.
struct StepArguments: ParsableArguments {
  @Flag(
    help: """
      Let states change in continuous time: a step follows the time from row to row, which --time tells in \
      numbers, or in dates (counted in days). For rows that are not evenly spaced.
      """)
  var continuousTime = false

  @Option(
    help: ArgumentHelp(
      """
      Columns of numbers that steer the steps between states, separated by commas: each row's the step \
      from it to the next.
      """, valueName: "a,b,…"))
  var covariates: String?

  /// Their columns, in the order of their names.
  private var names: [String]? {
    covariates.map { ColumnChoice.ordered($0.split(separator: ",").map(String.init)) }
  }

  func validate() throws {
    if continuousTime && covariates != nil {
      throw ValidationError(
        "--continuous-time does not go with --covariates: steps follow the one or the other.")
    }
    if let covariates, let names {
      guard !names.isEmpty, Set(names).count == names.count else {
        throw ValidationError("--covariates \(covariates): give columns, each of them once.")
      }
    }
  }

  /// The columns that steps follow; nil where these are all alike.
  func source(time: String?) -> StepSource? {
    if continuousTime { return time.map(StepSource.times) }
    return names.map(StepSource.covariates)
  }

  /// - Throws: `ValidationError` for what does not go with steps that are not all alike.
  func check(_ main: HMMOptions, _ states: StateArguments, _ learning: HMMLearningArguments) throws
  {
    guard continuousTime || covariates != nil else { return }
    let name = continuousTime ? "--continuous-time" : "--covariates"
    if continuousTime && main.sequences.time == nil {
      throw ValidationError("--continuous-time needs the column of times: --time COLUMN.")
    }
    for (other, isGiven, reason) in [
      ("--select", main.select != nil, "give one number of states with -k"),
      (
        "--durations", states.durations != nil,
        "durations of their own are counted in rows that are all alike"
      ),
      (
        "--start stationary", states.start == .stationary,
        "steps that are not all alike keep no distribution: free or fixed"
      ),
      (
        "--pseudocount", learning.pseudocount > 0,
        "the prior counts steps that are all alike"
      ),
      (
        "--training viterbi", learning.training == .viterbi,
        "the likelihood itself is climbed"
      ),
    ] where isGiven {
      throw ValidationError("\(name) does not go with \(other): \(reason).")
    }
  }
}

/// What is done once a model is learned.
struct RefinementArguments: ParsableArguments {
  @Flag(
    help: """
      After learning, climb the likelihood to the very top by a quasi-Newton search with exact gradients.
      """)
  var polish = false

  @Option(
    help: ArgumentHelp(
      """
      Give every parameter a standard error: information, from the curvature of the likelihood; or robust, \
      which holds too where the model is only the nearest to the truth.
      """, valueName: "kind"))
  var standardErrors: ErrorKind?

  /// `--standard-errors` by name.
  enum ErrorKind: String, ExpressibleByArgument, CaseIterable {
    case information, robust

    var option: StandardErrorKind {
      switch self {
      case .information: .information
      case .robust: .robust
      }
    }
  }

  var refinement: SequenceModel.Refinement {
    SequenceModel.Refinement(polishes: polish, standardErrors: standardErrors?.option)
  }

  /// - Throws: `ValidationError` for what has no exact gradients, or is no maximum of the likelihood.
  func check(_ states: StateArguments, _ learning: HMMLearningArguments) throws {
    for (name, isGiven) in [
      ("--polish", polish), ("--standard-errors", standardErrors != nil),
    ] where isGiven {
      if states.durations != nil {
        throw ValidationError(
          "\(name) does not go with --durations: the likelihood's slope is known of chains alone.")
      }
      if learning.training == .viterbi {
        throw ValidationError(
          "\(name) does not go with --training viterbi, whose end is no top of the likelihood: "
            + "baum-welch.")
      }
    }
  }
}
