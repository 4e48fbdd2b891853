import ArgumentParser
internal import Logging
internal import TencaFormats
internal import TencaMarkov
internal import TencaNumerics
internal import TencaPlot
internal import TencaRecognition

/// `tenca train hmm`.
struct TrainHMMCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hmm",
    abstract: "Learn the hidden states behind sequences.",
    usage: "tenca train hmm [<options>] <data> --output <output>",
    discussion: #"""
        tenca train hmm quakes.csv -o quakes.tenca --states 3 \
          --emission poisson --columns count
        tenca train hmm speed.csv -o speed.tenca --states 2 --columns rt \
          --group series
        tenca train hmm elk.csv -o elk.tenca --states 2 \
          --emission step=gamma,angle=von-mises

      Try one to six states, and keep the best:

        tenca train hmm quakes.csv --select 1...6 --emission poisson \
          --columns count -o quakes.tenca --picture curve.png

      Rows are moments in time, in order. Empty cells are missing, and integrated out.
      Of sounds, each is a sequence and every frame a row:

        tenca train hmm birds/ -o birds.tenca --states 4 --emission mixture:2

      Then ask: tenca decode, tenca forecast, tenca score, tenca sample.
      """#)

  @Argument(
    help: """
      Sequences: .csv with a line of column names, .npy, a sound file, a folder of these (a file is a \
      sequence), or - for CSV on standard input.
      """,
    completion: .file())
  var data: String

  @Option(name: .shortAndLong, help: "Where to write the model.", completion: .file())
  var output: String

  @Option(name: [.customShort("k"), .long], help: "Hidden states.")
  var states: Int?

  @Option(
    help: ArgumentHelp(
      "Try these numbers of states, and keep the best.", valueName: "1...6 or 2,4,8"))
  var select: ComponentCounts?

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
      What states emit: \(EmissionKind.names.joined(separator: ", ")); or a kind for each column, \
      a=gamma,b=von-mises.
      """, valueName: "kind"))
  var emission = EmissionChoice(argument: "gaussian")!

  @Option(
    help: """
      Which steps are possible: ergodic (all), left-right (stay or go on to the next state), cyclic (and \
      from the last to the first).
      """)
  var topology = Topology.ergodic

  @Option(
    help: ArgumentHelp(
      """
      Hold states for durations of their own: geometric, poisson, negative-binomial, or free:LONGEST. \
      Default: as the transition matrix has it.
      """, valueName: "kind"))
  var durations: DurationChoice?

  @Option(
    help: ArgumentHelp(
      "The columns of observations, separated by commas. Default: all that have no other task.",
      valueName: "a,b,…"))
  var columns: String?

  @OptionGroup var sequences: SequenceArguments

  @Option(
    help: ArgumentHelp(
      "A column of states that are known, by the names of --names; empty where one is not.",
      valueName: "column"))
  var known: String?

  @Option(
    help: ArgumentHelp("Names of the states, separated by commas.", valueName: "a,b,…"))
  var names: String?

  @Option(
    help: """
      The distribution of first states: free; fixed (as it starts: equal parts); or stationary, the one \
      that the chain keeps.
      """)
  var start = StartDistribution.free

  @Option(help: "How to learn: baum-welch weighs all paths, viterbi follows the best.")
  var training = TrainingKind.baumWelch

  @Option(
    help: """
      Add this to the count of every possible step: a Dirichlet prior. Default: none, maximum likelihood.
      """)
  var pseudocount = 0.0

  @Option(
    help: ArgumentHelp(
      "Order states as those of this model; otherwise by their means.", valueName: "model"),
    completion: .file())
  var like: String?

  @Option(help: "Starts; the best model is kept, all are listed.")
  var restarts = 10

  @Option(help: "Iterations of a start at most.")
  var iterations = HiddenMarkovOptions().iterations

  @Option(help: "Stop when an iteration gains less than this for a row, in nats.")
  var tolerance = HiddenMarkovOptions().tolerance

  @Option(help: "Seed of everything random: the same seed gives the same bytes.")
  var seed: UInt64 = 1

  @Flag(help: "Report as JSON on standard output.")
  var json = false

  @OptionGroup var work: WorkOptions

  @OptionGroup(title: "Hearing, where the data are sounds") var hearing: HearingArguments
  @OptionGroup var frontEnd: FrontEndArguments

  func validate() throws {
    if (states == nil) == (select == nil) {
      throw ValidationError("give the number of states with -k, or numbers to --select from.")
    }
    if let states, !(1...10_000).contains(states) {
      throw ValidationError("--states \(states): a number from 1 to 10000.")
    }
    if select != nil {
      for (name, isGiven) in [
        ("--names", names != nil), ("--known", known != nil), ("--like", like != nil),
        ("--topology", topology != .ergodic), ("--durations", durations != nil),
      ] where isGiven {
        throw ValidationError("\(name) is for one number of states: give -k, not --select.")
      }
    } else if picture != nil {
      throw ValidationError("--picture draws the curve of --select.")
    }
    if iterations < 1 { throw ValidationError("--iterations \(iterations): at least 1.") }
    if !(tolerance >= 0) { throw ValidationError("--tolerance \(tolerance): 0 or more.") }
    if restarts < 1 { throw ValidationError("--restarts \(restarts): at least 1.") }
    if !(pseudocount >= 0) { throw ValidationError("--pseudocount \(pseudocount): 0 or more.") }
    if columns != nil && emission.columns != nil {
      throw ValidationError("--emission names the columns already; leave --columns out.")
    }
    if let names, let states, names.split(separator: ",").count != states {
      throw ValidationError("--names \(names): give \(states) names, one a state.")
    }
    if durations != nil {
      for (name, isGiven) in [
        ("--known", known != nil), ("--like", like != nil), ("--topology", topology != .ergodic),
        ("--start", start != .free), ("--pseudocount", pseudocount > 0),
      ] where isGiven { throw ValidationError("\(name) does not go with --durations.") }
    }
    if known != nil && names == nil {
      throw ValidationError("--known needs the names of the states in their order: --names a,b,….")
    }
  }

  func run() throws {
    try OutputPath.check(output)
    if let picture { try OutputPath.checkPicture(picture) }
    let failures = try work.run { execution in
      let like = try like.map { try ModelFile.readSequenceModel($0) }
      let (table, sounds, failures) = try table(execution)
      var (model, selection) = try table.namingPlaces { try learn(table, like, execution) }
      model = try sounds?.noted(in: model) ?? model
      for warning in model.training?.warnings ?? [] { work.logger.warning("\(warning)") }
      try ModelFile.write(try model.archive(), to: output)
      if let selection, let picture {
        try StateSelectionPicture.chart(selection, criterion).write(to: picture)
      }
      try Console.write(
        SequenceReport(model, path: output, selection: selection), json: json)
      return (failures, table.sequences.count + failures.count)
    }
    try BatchFailures.report(failures.0, of: failures.1)
  }

  private func learn(
    _ table: SequenceTable, _ like: SequenceModel?, _ execution: Execution
  ) throws -> (SequenceModel, HiddenMarkovSelection<AnyEmission>?) {
    let names = names?.split(separator: ",").map(String.init)
    var options = HiddenMarkovOptions()
    options.training = training.option
    options.initial = start.option
    options.transitionPseudocount = pseudocount
    options.iterations = iterations
    options.tolerance = tolerance
    options.restarts = restarts
    options.seed = seed
    if let select {
      return try SequenceModel.select(
        states: select.counts, criterion: criterion.criterion(table.sequences.count),
        from: table.rows, lengths: table.lengths, columns: table.columns, symbols: table.symbols,
        source: table.path, options: options, execution: execution
      ) { try emission.emission(states: $0, for: table) }
    }
    let states = states ?? 1
    options.chain = try topology.chain(states)
    options.knownStates = try knownStates(table, names)
    let model = try SequenceModel.fit(
      emission.emission(states: states, for: table), durations: durations?.kind, to: table.rows,
      lengths: table.lengths, columns: table.columns, symbols: table.symbols, states: names,
      source: table.path, options: options, like: like?.model, execution: execution)
    return (model, nil)
  }

  /// The sequences of tables or sounds, how these are made of sound, and what could not be read.
  private func table(
    _ execution: Execution
  ) throws -> (SequenceTable, SoundSequences?, [Failure]) {
    guard let files = try SoundSequences.files(at: data) else {
      let table = try sequences.table(
        data, columns: emission.columns ?? columns?.split(separator: ",").map(String.init),
        words: emission.isCategorical ? .learned : .none, known: known)
      return (table, nil, [])
    }
    let sounds = SoundSequences(
      frontEnd: try ClassifierOptions.defaultFrontEnd(hearing.convention)
        .changed(by: frontEnd.changes),
      sampleRate: hearing.rate ?? SoundSequences.sampleRate(of: files) ?? 16000,
      channel: hearing.channel)
    let (table, failures) = try sounds.table(files, path: data, execution: execution)
    return (table, sounds, failures)
  }

  /// The states that are known, by their numbers.
  private func knownStates(_ table: SequenceTable, _ names: [String]?) throws -> [Int?]? {
    guard let known = table.known, let names else { return nil }
    return try known.enumerated().map { row, name in
      if name.isEmpty { return nil }
      guard let state = names.firstIndex(of: name) else {
        throw ValidationError(
          "\(table.path): row \(row + 1) of column '\(self.known!)' holds '\(name)', which is not "
            + "among --names \(names.joined(separator: ",")).")
      }
      return state
    }
  }
}

/// `--durations` by name.
struct DurationChoice: ExpressibleByArgument {
  let kind: DurationDistribution.Kind

  init?(argument: String) {
    guard let kind = DurationDistribution.Kind(argument) else { return nil }
    self.kind = kind
  }
}

/// `--start` by name.
enum StartDistribution: String, ExpressibleByArgument, CaseIterable {
  case free, fixed, stationary

  var option: HiddenMarkovOptions.Freedom {
    switch self {
    case .free: .free
    case .fixed: .fixed
    case .stationary: .stationary
    }
  }
}

/// `--training` by name.
enum TrainingKind: String, ExpressibleByArgument, CaseIterable {
  case baumWelch = "baum-welch"
  case viterbi

  var option: HiddenMarkovOptions.Training { self == .viterbi ? .viterbi : .baumWelch }
}

extension Topology {
  /// A chain of this shape; nil where every step is possible, which learning finds a start for.
  func chain(_ states: Int) throws -> MarkovChain? {
    let first = [1.0] + [Double](repeating: 0, count: states - 1)
    switch self {
    case .ergodic: return nil
    case .leftRight:
      return try MarkovChain(initial: first, transition: .leftRight(states))
    case .cyclic:
      let rows = (0..<states).map { i in
        (0..<states).map { j in
          states == 1 ? 1 : j == i ? 0.9 : j == (i + 1) % states ? 0.1 : 0
        }
      }
      let anywhere = [Double](repeating: 1 / Double(states), count: states)
      return try MarkovChain(initial: anywhere, transition: rows)
    }
  }
}
