public import TencaNumerics

extension SequenceModel {
  /// What is expected of the rows after the last one of every sequence.
  ///
  /// Where steps follow time, rows ahead are evenly spaced; where they follow covariates, these stay as
  /// the last row has them.
  ///
  /// - Parameters:
  ///   - data: The rows so far, rows × columns, sequences one after another.
  ///   - lengths: The rows of each sequence.
  ///   - steps: How many rows ahead, at least 1.
  ///   - levels: Probabilities between 0 and 1, each for a quantile.
  ///   - conditions: What the steps of the rows so far depend on; nil where they are all alike.
  ///   - gap: The time from row to row ahead, above 0; nil takes ``usualGap(of:)``.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Returns: One a sequence; with durations as
  ///   ``HiddenSemiMarkovModel/forecasts(after:lengths:steps:levels:draws:using:execution:)``, without as
  ///   ``HiddenMarkovModel/forecast(from:after:steps:levels:draws:using:)``.
  /// - Throws: As these, and as ``model(of:over:)``.
  public func forecasts(
    after data: any RowSource, lengths: [Int], steps: Int, levels: [Double],
    over conditions: StepConditions? = nil, gap: Double? = nil, execution: Execution = .serial
  ) throws -> [Forecast] {
    if let semiMarkov {
      return try semiMarkov.forecasts(
        after: data, lengths: lengths, steps: steps, levels: levels, execution: execution)
    }
    let whole = try model(of: data.rowCount, over: conditions)
    let states = try whole.filtered(data, lengths: lengths, execution: execution).filtered
    let timed = try matrix(over: gap ?? conditions.flatMap(usualGap(of:)))
    var end = 0
    return try lengths.map { length in
      end += length
      let previous = try data.block((end - length..<end).suffix(model.emission.contextLength))
      let matrix = timed ?? whole.chain.transition.matrix(from: end - 1)
      let ahead = HiddenMarkovModel(
        unchecked: MarkovChain(
          uncheckedInitial: whole.chain.initial, transition: TransitionMatrix(unchecked: matrix)),
        model.emission)
      return try ahead.forecast(
        from: states.row(end - 1).elements,
        after: (0..<previous.rows).map { previous.row($0).elements }, steps: steps, levels: levels)
    }
  }

  /// The time from row to row that a forecast takes: the median gap of the data, or where they have none
  /// that of the data that the model was learned from; nil where steps do not follow time.
  public func usualGap(of conditions: StepConditions) -> Double? {
    guard case .rates = steps?.law, case .gaps(let gaps) = conditions else { return nil }
    return TencaMarkov.usualGap(gaps) ?? steps?.usual[0]
  }

  /// The matrix of steps over a time; nil where steps do not follow time.
  private func matrix(over gap: Double?) throws -> NDArray<Double>? {
    guard case .rates(let law) = steps?.law, let gap else { return nil }
    try MarkovError.require(gap > 0 && gap.isFinite, "gap", gap, "above 0, and finite")
    return try law.matrix(over: gap)
  }
}
