internal import TencaFormats
internal import TencaMarkov
internal import TencaNumerics

/// What a hidden Markov model is and how it was made.
struct SequenceReport: Report {
  let file: String
  let kind: String
  let emission: String
  /// The kind of durations, where the model has its own.
  let durations: String?
  let columns: [String]
  let symbols: [String]?
  let states: [State]
  /// Where steps are not all alike, of usual ones.
  let transition: [[Double]]
  /// How steps follow columns of the table; nil where they are all alike.
  let steps: StepReport?
  /// The emission's arrays, by name, row after row.
  let parameters: [String: Values]
  let training: Training?
  /// What the standard errors are made of, where there are any.
  let standardErrors: String?
  /// Every parameter and its standard error; nil where they were not asked for.
  let estimates: [EstimateReport]?
  /// What was tried, where the number of states was chosen.
  let selection: [Candidate]?

  /// One number of states.
  struct Candidate: Encodable {
    let states: Int
    let logLikelihood: Double
    let parameters: Int
    let aic: Double
    let bic: Double
    let icl: Double
    /// What the choice was made by.
    let score: Double
  }

  /// One hidden state.
  struct State: Encodable {
    let name: String
    let initial: Double
    let expectedDuration: Double?
    let mean: [Double]
    let rows: Double?
  }

  /// An array of numbers.
  struct Values: Encodable {
    let shape: [Int]
    let values: [Double]
  }

  /// How it was learned.
  struct Training: Encodable {
    let source: String
    let sequences: Int
    let rows: Int
    let logLikelihood: Double
    let parameters: Int
    let aic: Double
    let bic: Double
    let icl: Double
    let seed: UInt64
    let restarts: [SequenceModel.Restart]
    let best: Int
    let warnings: [String]
  }

  init(
    _ model: SequenceModel, path: String, selection: HiddenMarkovSelection<AnyEmission>? = nil
  ) {
    self.selection = selection?.candidates.map { candidate in
      let criteria = candidate.criteria
      return Candidate(
        states: candidate.states, logLikelihood: criteria.logLikelihood,
        parameters: criteria.parameterCount, aic: criteria.aic, bic: criteria.bic,
        icl: criteria.icl, score: candidate.score)
    }
    let chain = model.model.chain
    file = path
    kind = SequenceModel.archiveKind
    emission = model.model.emission.name
    self.durations = model.durations?.first.map { "\($0.kind.name)" }
    columns = model.columns
    symbols = model.symbols
    let means = model.model.emission.means
    let durations = model.expectedDurations
    states = model.states.enumerated().map { index, name in
      State(
        name: name, initial: chain.initial[index],
        expectedDuration: durations[index].isFinite ? durations[index] : nil,
        mean: means.row(index).elements, rows: model.training?.occupancies[index])
    }
    let matrix = chain.transition.matrix
    transition = (0..<matrix.rows).map { matrix.row($0).elements }
    steps = model.steps.map(StepReport.init)
    standardErrors = model.training?.standardErrors?.rawValue
    estimates = model.training?.estimates?.map { EstimateReport($0, of: model) }
    var archive = Archive()
    model.model.emission.write(into: &archive, prefix: "")
    parameters = archive.arrays.mapValues {
      Values(shape: $0.shape, values: $0.asDouble.elements)
    }
    training = model.training.map { record in
      let criteria = record.criteria
      return Training(
        source: record.source, sequences: record.sequences, rows: record.rows,
        logLikelihood: record.logLikelihood, parameters: record.parameterCount, aic: criteria.aic,
        bic: criteria.bic, icl: criteria.icl, seed: record.seed, restarts: record.restarts,
        best: record.best, warnings: record.warnings)
    }
  }

  /// Words for people: each state with its mean by column, and the steps between states.
  var text: String {
    var lines = [
      "\(file): hidden Markov model of \(counted(states.count, "state", "states")), \(emission) emission\(durations.map { ", \($0) durations" } ?? "")"
    ]
    if let training {
      let found = training.restarts.map { $0.objective.formatted(decimals: 2) }
      lines += [
        """
        trained on      \(training.source), \(training.rows) rows in \
        \(counted(training.sequences, "sequence", "sequences")), \
        seed \(training.seed)
        """,
        """
        log-likelihood  \(training.logLikelihood.formatted(decimals: 4)) with \
        \(training.parameters) parameters
        """,
        """
        AIC, BIC, ICL   \(training.aic.formatted(decimals: 2)), \
        \(training.bic.formatted(decimals: 2)), \(training.icl.formatted(decimals: 2)) \
        (less is better)
        """,
        "starts          \(found.joined(separator: ", ")): the best is kept",
      ]
      if training.logLikelihood > 0 {
        lines.append(
          "                above 0, since densities of numbers that hardly spread exceed 1")
      }
    }
    if let steps { lines.append(steps.line) }
    lines += ["", stateTable.text]
    if columns.count > Self.mostColumns {
      lines.append("and \(columns.count - Self.mostColumns) more columns: --json lists all")
    }
    if let steps { lines += ["", steps.table(states.map(\.name)), "", "\(steps.usual):"] }
    lines += ["", stepTable.text]
    if let estimates, let standardErrors {
      lines += [
        "", "standard errors (\(standardErrors)):", "", EstimateReport.table(estimates).text,
      ]
    }
    if let selection { lines += ["", Self.table(selection).text] }
    return lines.joined(separator: "\n")
  }

  /// How long a state is expected to last: rows, or units of time where steps follow it.
  private func lasts(_ state: Int) -> Double? {
    if let durations = steps?.expectedDurations { return durations[state] }
    return states[state].expectedDuration
  }

  /// More columns do not fit on a line.
  private static let mostColumns = 8

  private var stateTable: TextTable {
    let isCategorical = emission == "categorical"
    let names =
      isCategorical
      ? symbols ?? (0..<(parameters["probabilities"]?.shape[1] ?? 0)).map(String.init) : columns
    var table = TextTable(
      [
        ("state", .left), ("starts", .right), ("lasts", .right), ("rows", .right),
      ]
        + names.prefix(Self.mostColumns).map {
          (heading: isCategorical ? "p(\($0))" : $0, alignment: .right)
        })
    for (index, state) in states.enumerated() {
      let values =
        isCategorical
        ? Array(
          parameters["probabilities"]!.values.dropFirst(index * names.count).prefix(names.count))
        : state.mean
      table.add(
        [
          state.name, state.initial.formatted(decimals: 3),
          lasts(index).map { $0.formatted(decimals: steps?.generator == nil ? 1 : 4) } ?? "forever",
          state.rows.map { $0.formatted(decimals: 1) } ?? "",
        ] + values.prefix(Self.mostColumns).map { $0.formatted(decimals: 4) })
    }
    return table
  }

  /// What was tried.
  private static func table(_ candidates: [Candidate]) -> TextTable {
    var table = TextTable([
      ("states", .right), ("parameters", .right), ("log-likelihood", .right), ("AIC", .right),
      ("BIC", .right), ("ICL", .right), ("score", .right),
    ])
    for one in candidates {
      table.add(
        ["\(one.states)", "\(one.parameters)"]
          + [one.logLikelihood, one.aic, one.bic, one.icl].map { $0.formatted(decimals: 2) }
          + [one.score.formatted(decimals: 4)])
    }
    return table
  }

  private var stepTable: TextTable {
    var table = TextTable(
      [("from \\ to", .left)] + states.map { (heading: $0.name, alignment: .right) })
    for (state, row) in zip(states, transition) {
      table.add([state.name] + row.map { $0.formatted(decimals: 4) })
    }
    return table
  }
}
