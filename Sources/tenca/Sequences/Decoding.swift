internal import TencaMarkov
internal import TencaNumerics

/// The states of the rows of a table.
struct Decoding {
  let method: DecodingMethod
  let model: SequenceModel
  let table: SequenceTable
  /// The paths of each sequence, the most probable first; one where only one was asked for. Where there
  /// are probabilities, the most probable state of each row.
  let paths: [[Path]]
  /// A state for every row of a sequence.
  struct Path {
    let states: [Int]
    /// ln p(path, rows); nil for what is no path.
    let logProbability: Double?
  }

  /// p(state) of every row, rows × states; nil for paths.
  let probabilities: NDArray<Double>?
  /// ln p of each sequence; nil where the method does not give it.
  let logLikelihoods: [Double]?

  init(
    _ model: SequenceModel, _ table: SequenceTable, method: DecodingMethod, execution: Execution
  ) throws {
    self = try table.namingPlaces {
      try Self.decoded(model, table, method: method, execution: execution)
    }
  }

  private static func decoded(
    _ model: SequenceModel, _ table: SequenceTable, method: DecodingMethod, execution: Execution
  ) throws -> Decoding {
    let (rows, lengths) = (table.rows, table.lengths)
    switch method {
    case .viterbi:
      let path = try model.viterbi(
        rows, lengths: lengths, over: table.conditions, execution: execution)
      let paths = zip(table.sequences, path.sequenceLogProbabilities).map {
        [Path(states: Array(path.states[$0.range]), logProbability: $1)]
      }
      return Decoding(method, model, table, paths)
    case .kBest(let count):
      let paths = try model.bestPaths(
        rows, count: count, lengths: lengths, over: table.conditions, execution: execution)
      return Decoding(
        method, model, table,
        paths.map { $0.map { Path(states: $0.states, logProbability: $0.logProbability) } })
    case .filtered:
      let answer = try model.filtered(
        rows, lengths: lengths, over: table.conditions, execution: execution)
      let sums = table.sequences.map { answer.logLikelihoods[$0.range].reduce(0, +) }
      return Decoding(method, model, table, probabilities: answer.filtered, sums)
    case .smoothed:
      let answer = try model.smoothed(
        rows, lengths: lengths, over: table.conditions, execution: execution)
      return Decoding(
        method, model, table, probabilities: answer.smoothed, answer.sequenceLogLikelihoods)
    case .fixedLag(let lag):
      return Decoding(
        method, model, table,
        probabilities: try model.smoothed(
          rows, lag: lag, lengths: lengths, over: table.conditions, execution: execution),
        nil)
    }
  }

  private init(
    _ method: DecodingMethod, _ model: SequenceModel, _ table: SequenceTable,
    _ paths: [[Path]]
  ) {
    (self.method, self.model, self.table, self.paths) = (method, model, table, paths)
    (probabilities, logLikelihoods) = (nil, nil)
  }

  private init(
    _ method: DecodingMethod, _ model: SequenceModel, _ table: SequenceTable,
    probabilities: NDArray<Double>, _ logLikelihoods: [Double]?
  ) {
    let states = probabilities.columns
    let best = probabilities.withUnsafeBuffer { values in
      (0..<probabilities.rows).map { row in
        (1..<max(states, 1)).reduce(0) {
          values[row * states + $1] > values[row * states + $0] ? $1 : $0
        }
      }
    }
    (self.method, self.model, self.table) = (method, model, table)
    paths = table.sequences.map {
      [Path(states: Array(best[$0.range]), logProbability: nil)]
    }
    self.probabilities = probabilities
    self.logLikelihoods = logLikelihoods
  }
}
