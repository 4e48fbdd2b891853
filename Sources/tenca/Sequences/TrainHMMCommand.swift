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

      Rows that are not evenly spaced, and columns that steer the steps between states:

        tenca train hmm cav.csv -o cav.tenca --states 3 --emission categorical \
          --columns state --group PTNUM --time years --continuous-time
        tenca train hmm speed.csv -o pay.tenca --states 2 --columns rt \
          --covariates Pacc --standard-errors information

      Then ask: tenca decode, tenca forecast, tenca score, tenca sample.
      """#)

  @Argument(
    help: """
      Sequences: .csv with a line of column names, .npy, a sound file, a folder of these (a file is a \
      sequence), or - for CSV on standard input.
      """,
    completion: .file())
  var data: String

  @OptionGroup(title: "Main options") var main: HMMOptions
  @OptionGroup(title: "States") var states: StateArguments
  @OptionGroup(title: "Steps that are not all alike") var steps: StepArguments
  @OptionGroup(title: "Learning") var learning: HMMLearningArguments
  @OptionGroup(title: "After learning") var refinement: RefinementArguments
  @OptionGroup(title: "Hearing, where the data are sounds") var hearing: HearingArguments
  @OptionGroup var frontEnd: FrontEndArguments
  @OptionGroup var work: WorkOptions

  func validate() throws {
    try states.check(main)
    if states.durations != nil && learning.pseudocount > 0 {
      throw ValidationError("--pseudocount does not go with --durations.")
    }
    try steps.check(main, states, learning)
    try refinement.check(states, learning)
  }

  func run() throws {
    try OutputPath.check(main.output)
    if let picture = main.picture { try OutputPath.checkPicture(picture) }
    let failures = try work.run { execution in
      let like = try states.like.map { try ModelFile.readSequenceModel($0) }
      let (table, sounds, failures) = try table(execution)
      var (model, selection) = try table.namingPlaces { try learn(table, like, execution) }
      model = try sounds?.noted(in: model) ?? model
      for warning in model.training?.warnings ?? [] { work.logger.warning("\(warning)") }
      try ModelFile.write(try model.archive(), to: main.output)
      if let selection, let picture = main.picture {
        try StateSelectionPicture.chart(selection, main.criterion).write(to: picture)
      }
      try Console.write(
        SequenceReport(model, path: main.output, selection: selection), json: main.json)
      return (failures, table.sequences.count + failures.count)
    }
    try BatchFailures.report(failures.0, of: failures.1)
  }

  private var stepSource: StepSource? { steps.source(time: main.sequences.time) }

  private func learn(
    _ table: SequenceTable, _ like: SequenceModel?, _ execution: Execution
  ) throws -> (SequenceModel, HiddenMarkovSelection<AnyEmission>?) {
    var options = learning.options
    options.initial = states.start.option
    if let select = main.select {
      return try SequenceModel.select(
        states: select.counts, criterion: main.criterion.criterion(table.sequences.count),
        from: table.rows, lengths: table.lengths, columns: table.columns, symbols: table.symbols,
        source: table.path, options: options, refinement: refinement.refinement,
        execution: execution
      ) { try main.emission.emission(states: $0, for: table) }
    }
    let count = main.states ?? 1
    options.chain = try states.topology.chain(count)
    options.knownStates = try states.knownStates(table)
    let model = try SequenceModel.fit(
      main.emission.emission(states: count, for: table), durations: states.durations?.kind,
      steps: stepSource.flatMap { source in
        table.conditions.map { StepColumns(source.columns, $0) }
      },
      to: table.rows, lengths: table.lengths, columns: table.columns, symbols: table.symbols,
      states: states.stateNames, source: table.path, options: options,
      refinement: refinement.refinement, like: like, execution: execution)
    return (model, nil)
  }

  /// The sequences of tables or sounds in an order of their own, how these are made of sound, and what could
  /// not be read.
  private func table(
    _ execution: Execution
  ) throws -> (SequenceTable, SoundSequences?, [Failure]) {
    guard let files = try SoundSequences.files(at: data) else {
      let table = try main.sequences.table(
        data, columns: main.wantedColumns, words: main.emission.isCategorical ? .learned : .none,
        known: states.known, steps: stepSource)
      return (try table.inOrderOfContent(), nil, [])
    }
    if stepSource != nil {
      throw ValidationError(
        "\(data): is sound, whose frames are evenly spaced and have no other columns; leave "
          + "\(steps.continuousTime ? "--continuous-time" : "--covariates") out.")
    }
    let sounds = SoundSequences(
      frontEnd: try hearing.frontEnd(changedBy: frontEnd),
      sampleRate: hearing.rate ?? SoundSequences.sampleRate(of: files) ?? 16000,
      channel: hearing.channel)
    let (table, failures) = try sounds.table(files, path: data, execution: execution)
    return (try table.inOrderOfContent(), sounds, failures)
  }
}
