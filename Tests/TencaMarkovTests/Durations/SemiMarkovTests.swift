import TencaMarkov
import TencaMixture
import TencaNumerics
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct SemiMarkovTests {
  @Test(arguments: 0..<8) func agreesWithEnumeration(seed: Int) throws {
    let states = 2 + seed % 2
    let (model, rows) = try SegmentEnumeration.example(seed)
    let data = SegmentEnumeration.table(rows)
    let all = SegmentEnumeration(model, rows).paths
    let total = all.reduce(0) { $0 + $1.probability }
    let logLikelihood = try model.logLikelihoods(of: data)[0]
    #expect(abs(logLikelihood - log(total)) < 1e-10)
    let smoothed = try model.smoothed(data)
    #expect(abs(smoothed.logLikelihood - log(total)) < 1e-10)
    for row in rows.indices {
      for state in 0..<states {
        let expected =
          all.filter { $0.states[row] == state }.reduce(0) { $0 + $1.probability } / total
        #expect(abs(smoothed.smoothed[row, state] - expected) < 1e-10)
      }
    }
    // The best segmentation: equal states on both sides of a cut do not occur.
    let best = all.max { $0.probability < $1.probability }!
    let path = try model.viterbi(data)
    #expect(path.states == best.states)
    #expect(abs(path.logProbability - log(best.probability)) < 1e-10)
    // Filtered: the same of the rows so far.
    let filtered = try model.filtered(data)
    #expect(abs(filtered.logLikelihoods.reduce(0, +) - log(total)) < 1e-10)
    for last in rows.indices {
      let part = SegmentEnumeration(model, Array(rows[...last])).paths
      let sum = part.reduce(0) { $0 + $1.probability }
      for state in 0..<states {
        let expected = part.filter { $0.states[last] == state }.reduce(0) { $0 + $1.probability }
        #expect(abs(filtered.filtered[last, state] - expected / sum) < 1e-10)
      }
    }
  }

  private let gaussians = try! GaussianEmission(
    meanVectors: NDArray(rows: [[0], [3], [6]]), covariances: .spherical(NDArray([1, 1, 1])))

  @Test func geometricDurationsAreAnOrdinaryModel() throws {
    let stay = [0.9, 0.8, 0.5]
    let jumps = [[0, 0.3, 0.7], [0.5, 0, 0.5], [0.9, 0.1, 0]]
    let semi = try HiddenSemiMarkovModel(
      chain: SemiMarkovChain(
        initial: [0.2, 0.3, 0.5], transition: NDArray(rows: jumps),
        durations: stay.map { .geometric(stay: $0) }),
      emission: gaussians)
    let steps: [[Double]] = (0..<3).map { i in
      (0..<3).map { j -> Double in i == j ? stay[i] : (1 - stay[i]) * jumps[i][j] }
    }
    let plain = try HiddenMarkovModel(
      chain: MarkovChain(initial: [0.2, 0.3, 0.5], transition: steps), emission: gaussians)
    var random = RandomStream(seed: 3)
    var data = plain.sample(3000, using: &random).rows
    // A row that is missing is worth the same in all states.
    data[500, 0] = .nan
    let lengths = [1000, 1, 1999]
    let one = try semi.logLikelihoods(of: data, lengths: lengths, execution: Execution(threads: 2))
    let other = try plain.logLikelihood(of: data, lengths: lengths)
    #expect(abs(one.reduce(0, +) - other) < 1e-8)
    let (a, b) = (
      try semi.smoothed(data, lengths: lengths).smoothed,
      try plain.smoothed(data, lengths: lengths).smoothed
    )
    for index in 0..<a.count { #expect(abs(a.elements[index] - b.elements[index]) < 1e-8) }
    #expect(
      try semi.viterbi(data, lengths: lengths).states
        == plain.viterbi(data, lengths: lengths).states)
  }

  @Test(
    arguments: [
      .geometric, .poisson, .negativeBinomial, .free(longest: 30),
    ] as [DurationDistribution.Kind])
  func learningRises(_ kind: DurationDistribution.Kind) throws {
    let truth = try HiddenSemiMarkovModel(
      chain: SemiMarkovChain(
        initial: [1, 0, 0],
        transition: NDArray(rows: [[0, 0.5, 0.5], [0.5, 0, 0.5], [1, 0, 0]]),
        durations: [
          .poisson(Poisson(rate: 9)), .poisson(Poisson(rate: 4)), .poisson(Poisson(rate: 14)),
        ]),
      emission: gaussians)
    var random = RandomStream(seed: 7)
    var data = truth.sample(1500, using: &random).rows
    for row in stride(from: 5, to: 1500, by: 50) { data[row, 0] = .nan }
    let lengths = [700, 800]
    let fit = try HiddenSemiMarkovModel.fit(
      GaussianEmission(states: 3, columns: 1), durations: kind, to: data, lengths: lengths,
      options: HiddenMarkovOptions(tolerance: 1e-6, restarts: 2))
    let history = fit.restarts[fit.best].history
    for (before, after) in zip(history, history.dropFirst()) {
      #expect(after > before - 1e-7 * abs(before), "\(kind): \(history)")
    }
    #expect(fit.warnings.isEmpty, "\(fit.warnings)")
    #expect(
      abs(try fit.model.logLikelihoods(of: data, lengths: lengths).reduce(0, +) - fit.logLikelihood)
        < 1e-6)
    let means = fit.model.emission.means.elements
    #expect(zip(means, [0, 3, 6]).allSatisfy { abs($0 - $1) < 0.3 }, "\(means)")
    for (found, expected) in zip(fit.model.chain.durations, [10.0, 5, 15]) {
      #expect(abs(found.mean - expected) < 1.5, "\(kind): \(found.mean)")
    }
    if kind == .poisson {
      let true_ = try truth.logLikelihoods(of: data, lengths: lengths).reduce(0, +)
      #expect(fit.logLikelihood > true_ - 1)
    }
    var archive = Archive()
    fit.model.write(into: &archive, prefix: "s.")
    #expect(
      try HiddenSemiMarkovModel<GaussianEmission>(archive: archive, prefix: "s.") == fit.model)
    archive.arrays["s.duration.1"] = .double(NDArray([-1]))
    #expect(throws: MarkovError.self) {
      try HiddenSemiMarkovModel<GaussianEmission>(archive: archive, prefix: "s.")
    }
  }

  @Test func durationsThatNeverComeLeaveNoTrace() throws {
    // Three rows at most in either state, and room for ten: what is never seen goes to zero, the last
    // segments too, and stays a number.
    var random = RandomStream(seed: 9)
    let rows = NDArray<Double>(
      rows: (0..<300).map { row in [(row / 3 % 2 == 0 ? 0 : 8) + random.normal()] })
    let fit = try HiddenSemiMarkovModel.fit(
      GaussianEmission(states: 2, columns: 1), durations: .free(longest: 10), to: rows,
      lengths: [150, 150], options: HiddenMarkovOptions(tolerance: 0, restarts: 2))
    for duration in fit.model.chain.durations {
      #expect(abs(duration.mean - 3) < 1e-3)
      #expect(duration.probabilities.allSatisfy { $0 >= 0 && $0 <= 1 })
    }
    #expect(fit.logLikelihood.isFinite)
  }

  @Test func longGeometricDurationsAndOutliersAreAnOrdinaryModelToo() throws {
    let stay = 0.9995
    let emission = try GaussianEmission(
      meanVectors: NDArray(rows: [[0, 0], [1, 0]]),
      covariances: .spherical(NDArray([1, 1])))
    let semi = try HiddenSemiMarkovModel(
      chain: SemiMarkovChain(
        initial: [0.5, 0.5], transition: NDArray(rows: [[0, 1], [1, 0]]),
        durations: [.geometric(stay: stay), .geometric(stay: stay)]),
      emission: emission)
    let plain = try HiddenMarkovModel(
      chain: MarkovChain(
        initial: [0.5, 0.5], transition: [[stay, 1 - stay], [1 - stay, stay]]), emission: emission)
    var random = RandomStream(seed: 5)
    var data = plain.sample(5000, using: &random).rows
    // Far away on a side where both states are alike.
    data[1000, 1] = 1e6
    let (a, b) = (try semi.smoothed(data), try plain.smoothed(data))
    #expect(abs(a.logLikelihood - b.logLikelihood) < 1e-12 * abs(b.logLikelihood))
    for index in 0..<a.smoothed.count {
      #expect(abs(a.smoothed.elements[index] - b.smoothed.elements[index]) < 1e-6)
    }
    let (one, other) = (try semi.filtered(data), try plain.filtered(data))
    #expect(largestDifference(one.predicted.elements, other.predicted.elements) < 1e-6)
    #expect(largestDifference(one.logLikelihoods, other.logLikelihoods) < 1e-6)
    #expect(
      largestDifference(
        try semi.smoothed(data, lag: 8).elements, try plain.smoothed(data, lag: 8).elements) < 1e-6)
    let ahead = try semi.forecasts(after: data, steps: 300)[0]
    let expected = try plain.forecast(from: other.filtered.row(4999).elements, steps: 300)
    #expect(largestDifference(ahead.states.elements, expected.states.elements) < 1e-6)
  }

  @Test func longSequencesDoNotUnderflow() throws {
    let semi = try HiddenSemiMarkovModel(
      chain: SemiMarkovChain(
        initial: [0.5, 0.5], transition: NDArray(rows: [[0, 1], [1, 0]]),
        durations: [.poisson(Poisson(rate: 20)), .poisson(Poisson(rate: 30))]),
      emission: GaussianEmission(
        meanVectors: NDArray(rows: [[0], [5]]), covariances: .spherical(NDArray([1, 1]))))
    var random = RandomStream(seed: 1)
    var (rows, states) = semi.sample(20_000, using: &random)
    rows[10_000, 0] = 1e4
    let path = try semi.viterbi(rows)
    #expect(path.logProbability.isFinite)
    let right = zip(path.states, states).count { $0 == $1 }
    #expect(right > 19_900)
    #expect(try semi.smoothed(rows).smoothed.elements.allSatisfy { $0 >= 0 && $0 <= 1 })
  }

  @Test func refusesWhatIsNone() throws {
    let still: [DurationDistribution] = [.geometric(stay: 0.5), .geometric(stay: 0.5)]
    let swap = NDArray<Double>(rows: [[0, 1], [1, 0]])
    #expect(throws: MarkovError.self) {
      try SemiMarkovChain(
        initial: [0.5, 0.5], transition: NDArray(rows: [[0.5, 0.5], [1, 0]]), durations: still)
    }
    #expect(throws: MarkovError.self) {
      try SemiMarkovChain(initial: [0.5, 0.5], transition: swap, durations: [still[0]])
    }
    #expect(throws: MarkovError.self) {
      try SemiMarkovChain(
        initial: [0.5, 0.5], transition: swap, durations: [.free([0.5, 0.4]), still[0]])
    }
    #expect(throws: MarkovError.self) {
      try SemiMarkovChain(initial: [1], transition: NDArray(rows: [[1]]), durations: [still[0]])
    }
    // Three frames are more than both states can last.
    let short = try HiddenSemiMarkovModel(
      chain: SemiMarkovChain(
        initial: [1, 0], transition: NDArray(rows: [[0, 1], [1, 0]]),
        durations: [.free([1]), .free([1])]),
      emission: CategoricalEmission(probabilities: NDArray(rows: [[1, 0], [0, 1]])))
    #expect(throws: MarkovError.self) {
      try short.logLikelihoods(of: NDArray<Double>(rows: [[0], [0]]))
    }
    #expect(DurationDistribution.Kind("free:12") == .free(longest: 12))
    #expect(DurationDistribution.Kind("free") == nil && DurationDistribution.Kind("long") == nil)
  }
}
