import ArgumentParser
internal import TencaMarkov
internal import TencaNumerics

/// What a hidden Markov model is made of, and where it goes.
struct HMMOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "Where to write the model.", completion: .file())
  var output: String

  @Option(name: [.customShort("k"), .long], help: "Hidden states.")
  var states: Int?

  @Option(
    help: ArgumentHelp(
      """
      What states emit: \(EmissionKind.names.joined(separator: ", ")); or a kind for each column, \
      a=gamma,b=von-mises.
      """, valueName: "kind"))
  var emission = EmissionChoice(argument: "gaussian")!

  @Option(
    help: ArgumentHelp(
      "Try these numbers of states, and keep the best.", valueName: "1...6 or 2,4,8"))
  var select: NumberChoices?

  @Option(
    help: """
      What --select chooses by: bic, aic, icl, or held-out, the likelihood of rows that a fit did not see \
      (fivefold; whole sequences where there are as many). The less, the better.
      """)
  var criterion = StateCriterion.bic

  @Option(
    help: "With --select, draw the criterion's curve to .png, .svg or .pdf.", completion: .file())
  var picture: String?

  @Option(
    help: ArgumentHelp(
      """
      The columns of observations, separated by commas. Default: all that have no other task. The model \
      has them in the order of their names.
      """,
      valueName: "a,b,…"))
  var columns: String?

  @OptionGroup var sequences: SequenceArguments

  @Flag(help: "Report as JSON on standard output.")
  var json = false

  func validate() throws {
    if (states == nil) == (select == nil) {
      throw ValidationError("give the number of states with -k, or numbers to --select from.")
    }
    if let states, !(1...10_000).contains(states) {
      throw ValidationError("--states \(states): a number from 1 to 10000.")
    }
    if select == nil && picture != nil {
      throw ValidationError("--picture draws the curve of --select.")
    }
    if columns != nil && emission.columns != nil {
      throw ValidationError("--emission names the columns already; leave --columns out.")
    }
  }

  /// The columns to take: by name, but as they are written where each has an emission of its own.
  var wantedColumns: ColumnChoice {
    if let named = emission.columns { return .named(named) }
    return columns.map { .named(ColumnChoice.ordered($0.split(separator: ",").map(String.init))) }
      ?? .all
  }
}

/// What is known of the states beforehand.
struct StateArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp("Names of the states, separated by commas.", valueName: "a,b,…"))
  var names: String?

  @Option(
    help: ArgumentHelp(
      "Order states as those of this model; otherwise by their means.", valueName: "model"),
    completion: .file())
  var like: String?

  @Option(
    help: """
      Which steps are possible: ergodic (all), left-right (stay or go on to the next state), cyclic (and \
      from the last to the first).
      """)
  var topology = Topology.ergodic

  @Option(
    help: """
      The distribution of first states: free; fixed (as it starts: equal parts); or stationary, the one \
      that the chain keeps.
      """)
  var start = StartDistribution.free

  @Option(
    help: ArgumentHelp(
      """
      Hold states for durations of their own: geometric, poisson, negative-binomial, or free:LONGEST. \
      Default: as the transition matrix has it.
      """, valueName: "kind"))
  var durations: DurationChoice?

  @Option(
    help: ArgumentHelp(
      "A column of states that are known, by the names of --names; empty where one is not.",
      valueName: "column"))
  var known: String?

  /// The names of the states; nil where they are numbers.
  var stateNames: [String]? { names?.split(separator: ",").map(String.init) }

  func validate() throws {
    if known != nil && names == nil {
      throw ValidationError("--known needs the names of the states in their order: --names a,b,….")
    }
    if durations != nil {
      if topology != .ergodic {
        throw ValidationError(
          "--topology does not go with --durations: states follow each other freely.")
      }
      if start == .stationary {
        throw ValidationError(
          "--start stationary does not go with --durations, as the first segment is taken as whole: "
            + "free or fixed.")
      }
    }
  }

  /// - Throws: `ValidationError` for what does not go with that many states.
  func check(_ main: HMMOptions) throws {
    if main.select != nil {
      for (name, isGiven) in [
        ("--names", names != nil), ("--known", known != nil), ("--like", like != nil),
        ("--topology", topology != .ergodic), ("--durations", durations != nil),
      ] where isGiven {
        throw ValidationError("\(name) is for one number of states: give -k, not --select.")
      }
    }
    if let names, let stateNames, let states = main.states, stateNames.count != states {
      throw ValidationError("--names \(names): give \(states) names, one a state.")
    }
  }

  /// The states of rows that are known, by their numbers.
  ///
  /// - Throws: `ValidationError` naming the row of a name that is none.
  func knownStates(_ table: SequenceTable) throws -> [Int?]? {
    guard let known = table.known, let stateNames else { return nil }
    return try known.enumerated().map { row, name in
      if name.isEmpty { return nil }
      guard let state = stateNames.firstIndex(of: name) else {
        throw ValidationError(
          "\(table.path): \(table.place(ofRow: row)) of column '\(self.known!)' holds '\(name)', which is not "
            + "among --names \(stateNames.joined(separator: ",")).")
      }
      return state
    }
  }
}

/// How a hidden Markov model is learned.
struct HMMLearningArguments: ParsableArguments {
  @Option(help: "How to learn: baum-welch weighs all paths, viterbi follows the best.")
  var training = TrainingKind.baumWelch

  @Option(
    help: """
      Add this to the count of every possible step: a Dirichlet prior. Default: none, maximum likelihood.
      """)
  var pseudocount = 0.0

  @Option(help: "Starts; the best model is kept, all are listed.")
  var restarts = 10

  @Option(help: "Iterations of a start at most.")
  var iterations = HiddenMarkovOptions().iterations

  @Option(help: "Stop when an iteration gains less than this for a row, in nats.")
  var tolerance = HiddenMarkovOptions().tolerance

  @Option(help: "Seed of everything random: the same seed gives the same bytes.")
  var seed: UInt64 = 1

  func validate() throws {
    if iterations < 1 { throw ValidationError("--iterations \(iterations): at least 1.") }
    if !(tolerance >= 0) { throw ValidationError("--tolerance \(tolerance): 0 or more.") }
    if restarts < 1 { throw ValidationError("--restarts \(restarts): at least 1.") }
    if !(pseudocount >= 0) { throw ValidationError("--pseudocount \(pseudocount): 0 or more.") }
  }

  /// The options that these make.
  var options: HiddenMarkovOptions {
    var options = HiddenMarkovOptions()
    options.training = training.option
    options.transitionPseudocount = pseudocount
    options.iterations = iterations
    options.tolerance = tolerance
    options.restarts = restarts
    options.seed = seed
    return options
  }
}
