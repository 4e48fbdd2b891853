internal import TencaMarkov
internal import TencaNumerics

/// The states of the rows of a table, for programs.
struct DecodingReport: Encodable {
  let method: String
  let looksAhead: Bool
  let states: [String]
  let sequences: [Sequence]

  struct Sequence: Encodable {
    let name: String
    let logLikelihood: Double?
    let paths: [Path]
    /// A list for every row.
    let probabilities: [[Double]]?
  }

  struct Path: Encodable {
    let logProbability: Double?
    let states: [String]
  }

  init(_ decoding: Decoding) {
    method = decoding.method.name
    looksAhead = decoding.method.looksAhead
    states = decoding.model.states
    sequences = decoding.table.sequences.enumerated().map { index, sequence in
      Sequence(
        name: sequence.name, logLikelihood: decoding.logLikelihoods?[index],
        paths: decoding.paths[index].map { path in
          Path(
            logProbability: path.logProbability,
            states: path.states.map { decoding.model.states[$0] })
        },
        probabilities: decoding.probabilities.map { probabilities in
          sequence.range.map { probabilities.row($0).elements }
        })
    }
  }
}
