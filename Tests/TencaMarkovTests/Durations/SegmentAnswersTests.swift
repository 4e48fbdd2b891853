import TencaMarkov
import TencaMixture
import TencaNumerics
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What else is asked of models with durations, beside the sum over all segmentations.
@Suite struct SegmentAnswersTests {
  @Test(arguments: 0..<8) func predictionsAreThoseOfEnumeration(seed: Int) throws {
    let (model, rows) = try SegmentEnumeration.example(seed)
    let predicted = try model.filtered(SegmentEnumeration.table(rows)).predicted
    for row in rows.indices {
      let expected = SegmentEnumeration(model, Array(rows[..<row]) + [nil]).smoothed(row)
      #expect(largestDifference(predicted.row(row).elements, expected) < 1e-10, "row \(row)")
    }
  }

  @Test(arguments: 0..<8) func forecastsAreThoseOfEnumeration(seed: Int) throws {
    let (model, rows) = try SegmentEnumeration.example(seed)
    let (steps, first) = (4, rows.prefix(3))
    // Two sequences: each has its own forecast.
    let forecasts = try model.forecasts(
      after: SegmentEnumeration.table(rows + first), lengths: [rows.count, first.count],
      steps: steps, execution: Execution(threads: 2))
    for (past, forecast) in zip([rows, Array(first)], forecasts) {
      let truth = SegmentEnumeration(model, past + [Int?](repeating: nil, count: steps))
      for step in 0..<steps {
        let expected = truth.smoothed(past.count + step)
        #expect(
          largestDifference(forecast.states.row(step).elements, expected) < 1e-10, "step \(step)")
        let mean = zip(expected, model.emission.means.elements).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(forecast.means[step, 0] - mean) < 1e-10)
      }
    }
  }

  @Test(arguments: 0..<8, [0, 1, 2, 100]) func lagsAreThoseOfEnumeration(
    seed: Int, lag: Int
  ) throws {
    let (model, rows) = try SegmentEnumeration.example(seed)
    let answer = try model.smoothed(SegmentEnumeration.table(rows), lag: lag)
    for row in rows.indices {
      let seen = Array(rows[...min(row + lag, rows.count - 1)])
      let expected = SegmentEnumeration(model, seen).smoothed(row)
      #expect(largestDifference(answer.row(row).elements, expected) < 1e-10, "row \(row)")
    }
  }

  @Test(arguments: 0..<8) func bestPathsAreThoseOfEnumeration(seed: Int) throws {
    let (model, rows) = try SegmentEnumeration.example(seed)
    let truth = SegmentEnumeration(model, rows).paths.sorted { $0.probability > $1.probability }
    for count in [1, 7, truth.count + 5] {
      let paths = try model.bestPaths(SegmentEnumeration.table(rows), count: count)[0]
      #expect(paths.count == min(count, truth.count))
      #expect(Set(paths.map(\.states)).count == paths.count)
      for (path, expected) in zip(paths, truth) {
        #expect(abs(path.logProbability - log(expected.probability)) < 1e-10)
      }
      // Equally probable ones may come in any order.
      let byStates = Dictionary(uniqueKeysWithValues: truth.map { ($0.states, $0.probability) })
      for path in paths {
        let expected = try #require(byStates[path.states])
        #expect(abs(path.logProbability - log(expected)) < 1e-10)
      }
    }
  }

  @Test func geometricDurationsAnswerAsAnOrdinaryModel() throws {
    let stay = [0.9, 0.6]
    let emission = try GaussianEmission(
      meanVectors: NDArray(rows: [[0], [2]]), covariances: .spherical(NDArray([1, 1])))
    let semi = try HiddenSemiMarkovModel(
      chain: SemiMarkovChain(
        initial: [0.2, 0.8], transition: NDArray(rows: [[0, 1], [1, 0]]),
        durations: stay.map { .geometric(stay: $0) }), emission: emission)
    let plain = try HiddenMarkovModel(
      chain: MarkovChain(initial: [0.2, 0.8], transition: [[0.9, 0.1], [0.4, 0.6]]),
      emission: emission)
    var random = RandomStream(seed: 11)
    let (data, lengths) = (plain.sample(600, using: &random).rows, [250, 350])
    let one = try semi.pseudoResiduals(of: data, lengths: lengths).values.elements
    let other = try plain.pseudoResiduals(of: data, lengths: lengths).values.elements
    #expect(largestDifference(one, other) < 1e-9)
    let lagged = try semi.smoothed(data, lag: 4, lengths: lengths).elements
    let expected = try plain.smoothed(data, lag: 4, lengths: lengths).elements
    #expect(largestDifference(lagged, expected) < 1e-9)
    let forecast = try semi.forecasts(after: data, lengths: lengths, steps: 30)[1]
    let now = try plain.filtered(data, lengths: lengths).filtered.row(599).elements
    let ahead = try plain.forecast(from: now, steps: 30)
    for (a, b) in [
      (forecast.states, ahead.states), (forecast.means, ahead.means),
      (forecast.variances, ahead.variances), (forecast.quantiles, ahead.quantiles),
    ] {
      #expect(largestDifference(a.elements, b.elements) < 1e-9)
    }
    for count in [1, 5] {
      let paths = try semi.bestPaths(data, count: count, lengths: lengths)
      let others = try plain.bestPaths(data, count: count, lengths: lengths)
      #expect(paths.map { $0.map(\.states) } == others.map { $0.map(\.states) })
    }
  }

  /// Two states of exactly five rows each.
  private func pulse<E: Emission>(_ emission: E) throws -> HiddenSemiMarkovModel<E> {
    try HiddenSemiMarkovModel(
      chain: SemiMarkovChain(
        initial: [1, 0], transition: NDArray(rows: [[0, 1], [1, 0]]),
        durations: [.free([0, 0, 0, 0, 1]), .free([0, 0, 0, 0, 1])]), emission: emission)
  }

  @Test func sequencesThatAreDrawnGoOnFromWhatHasLasted() throws {
    let model = try pulse(
      AutoregressiveEmission(coefficients: NDArray(rows: [[0, 0], [8, 0]]), variances: [1, 1]))
    // Five rows of the first state, then two of the second: three more of it, five of the first.
    let rows = NDArray<Double>(rows: [[0], [1], [0], [-1], [0], [8], [9]])
    let forecast = try model.forecasts(after: rows, steps: 10)[0]
    #expect(forecast.draws == 10_000)
    for step in 0..<10 {
      let expected = (3..<8).contains(step) ? 0.0 : 8
      #expect(abs(forecast.means[step, 0] - expected) < 0.1, "step \(step)")
      #expect(abs(forecast.variances[step, 0] - 1) < 0.1)
      #expect(abs(forecast.states[step, expected == 0 ? 0 : 1] - 1) < 1e-12)
    }
  }

  @Test func residualsAreNormalUnderTheTrueDurationsAlone() throws {
    let model = try pulse(
      GaussianEmission(
        meanVectors: NDArray(rows: [[0], [4]]), covariances: .spherical(NDArray([1, 1]))))
    var random = RandomStream(seed: 3)
    let data = model.sample(3000, using: &random).rows
    let good = try #require(model.pseudoResiduals(of: data).summaries[0])
    #expect(abs(good.mean) < 0.06 && abs(good.variance - 1) < 0.1 && good.pValue > 1e-3, "\(good)")
    #expect(abs(good.autocorrelation) < 0.06)
    // One that takes states to end too early is surprised at every turn.
    let wrong = try HiddenSemiMarkovModel(
      chain: SemiMarkovChain(
        initial: [1, 0], transition: model.chain.transition,
        durations: [.poisson(Poisson(rate: 1)), .poisson(Poisson(rate: 1))]),
      emission: model.emission)
    let bad = try #require(wrong.pseudoResiduals(of: data).summaries[0])
    #expect(bad.pValue < 1e-6 || abs(bad.variance - 1) > 0.1, "\(bad)")
  }

  @Test func impossibleRowsAndOptionsAreRefused() throws {
    let model = try pulse(CategoricalEmission(probabilities: NDArray(rows: [[1, 0], [0, 1]])))
    let six = SegmentEnumeration.table([0, 0, 0, 0, 0, 0])
    #expect(throws: MarkovError.impossibleData(sequence: 0, frame: 5)) { try model.filtered(six) }
    let impossible = MarkovError.impossibleData(sequence: 0, frame: 5)
    let seven = SegmentEnumeration.table([0, 0, 0, 0, 0, 0, 1])
    #expect(throws: impossible) { try model.logLikelihoods(of: seven) }
    #expect(throws: impossible) { try model.forecasts(after: seven, steps: 1) }
    #expect(throws: impossible) { try model.bestPaths(seven, count: 2) }
    #expect(throws: impossible) { try model.smoothed(seven, lag: 1) }
    let five = SegmentEnumeration.table([0, 0, 0, 0, 0])
    #expect(throws: MarkovError.self) { try model.smoothed(five, lag: -1) }
    #expect(throws: MarkovError.self) { try model.bestPaths(five, count: 0) }
    #expect(throws: MarkovError.self) { try model.forecasts(after: five, steps: 0) }
    #expect(throws: MarkovError.self) { try model.forecasts(after: five, steps: 1, levels: [1]) }
    // The one path that there is.
    #expect(try model.bestPaths(five, count: 3)[0].map(\.states) == [[0, 0, 0, 0, 0]])
    #expect(try model.forecasts(after: five, steps: 1)[0].states.elements == [0, 1])
  }
}
