internal import TencaNumerics
internal import TencaPlot
internal import TencaRecognition

extension EvaluateCommand {
  /// The word errors of a recogniser.
  func evaluate(_ recognizer: Recognizer) throws {
    let failures = try work.run { execution in
      var dataset = try Dataset(path: paths[1], labelColumn: "text")
      if let split = main.recordings.split {
        dataset = try dataset.filtered(column: "split", value: split)
      }
      let set = try TranscribedSet(
        dataset, options: recognizer.options, sampleRate: recognizer.sampleRate,
        strictRate: main.recordings.strictRate, execution: execution)
      let (evaluation, interval) = try evaluate(recognizer, on: set, execution)
      try main.report.write(
        RecognizerEvaluationReport(
          evaluation, interval: interval, scored: main.phones ? .phones : .words))
      if let picture = main.picture {
        try WordConfusionPicture.chart(evaluation).write(to: picture)
      }
      return (set.failures, dataset.recordings.count)
    }
    try BatchFailures.report(failures.0, of: failures.1)
  }

  private func evaluate(
    _ recognizer: Recognizer, on set: TranscribedSet, _ execution: Execution
  ) throws -> (RecognizerEvaluation, interval: ClosedRange<Double>?) {
    let weights = main.grammar.weights(for: recognizer)
    guard main.phones else {
      return try recognizer.evaluate(
        set, grammar: try main.grammar.graph(for: recognizer), weights: weights,
        beam: main.grammar.searchBeam, execution: execution)
    }
    return try recognizer.hearingPhones().evaluate(
      try recognizer.spelled(set, execution: execution),
      grammar: try WordGraph.loop(recognizer.phones), weights: weights,
      beam: main.grammar.searchBeam, execution: execution)
  }
}
