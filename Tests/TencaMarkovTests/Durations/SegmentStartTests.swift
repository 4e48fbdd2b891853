import TencaMarkov
import TencaMixture
import TencaNumerics
import Testing

/// Where learning with durations begins, and what it is told beforehand.
@Suite struct SegmentStartTests {
  /// States that overlap, so that best paths without durations hardly leave the one in the middle.
  private let truth = try! HiddenSemiMarkovModel(
    chain: SemiMarkovChain(
      initial: [1, 0, 0],
      transition: NDArray(rows: [[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]]),
      durations: [
        .poisson(Poisson(rate: 7)), .poisson(Poisson(rate: 11)), .poisson(Poisson(rate: 9)),
      ]),
    emission: GaussianEmission(
      meanVectors: NDArray(rows: [[0], [1.8], [4]]), covariances: .spherical(NDArray([1, 1, 1]))))

  private func fit(
    _ kind: DurationDistribution.Kind, _ options: HiddenMarkovOptions, threads: Int = 1
  ) throws -> HiddenSemiMarkovFit<GaussianEmission> {
    var random = RandomStream(seed: 21)
    let rows = truth.sample(500, using: &random).rows
    return try HiddenSemiMarkovModel.fit(
      GaussianEmission(states: 3, columns: 1), durations: kind, to: rows, lengths: [200, 300],
      options: options, execution: Execution(threads: threads))
  }

  @Test(arguments: [.negativeBinomial, .geometric] as [DurationDistribution.Kind])
  func severalStartsAreTriedAndTheBestIsKept(kind: DurationDistribution.Kind) throws {
    let options = HiddenMarkovOptions(tolerance: 1e-5, restarts: 4, seed: 2)
    let fit = try fit(kind, options)
    // Four without durations, and up to four with: from two tops or more, or twice from one.
    let begun = fit.restarts[4...]
    #expect((2...4).contains(begun.count), "\(fit.restarts.map(\.start))")
    #expect(Set(begun.map(\.start)).count == begun.count)
    #expect(begun.allSatisfy { $0.start.contains("of start") })
    #expect(begun.indices.contains(fit.best))
    let tops = begun.map { $0.history.last! }
    #expect(fit.restarts[fit.best].history.last! == tops.max())
    #expect(abs(fit.logLikelihood - tops.max()!) < 1e-8)
    for one in begun {
      for (before, after) in zip(one.history, one.history.dropFirst()) {
        #expect(after > before - 1e-7 * abs(before), "\(one)")
      }
    }
    // One of them begins as the best ordinary model, and so ends no lower.
    let ordinary = fit.restarts[..<4].map { $0.history.last! }.max()!
    #expect(fit.logLikelihood > ordinary - 1e-3, "\(fit.logLikelihood), \(ordinary)")
    let threads = try self.fit(kind, options, threads: 2)
    #expect(threads.model == fit.model && threads.restarts == fit.restarts)
  }

  @Test func oneStartIsOne() throws {
    let fit = try fit(.poisson, HiddenMarkovOptions(iterations: 3, restarts: 1))
    #expect(fit.restarts.count == 2 && fit.best == 1)
    #expect(fit.restarts[1].start == "durations on the path of start 0")
    #expect(fit.warnings.contains(.notConverged(iterations: 3)))
  }

  @Test func knownStatesAreWhatTheyAre() throws {
    var random = RandomStream(seed: 21)
    let (rows, states) = truth.sample(500, using: &random)
    // The highest state is called 0, and a third of the rows are known.
    let known = states.enumerated().map { $0 % 3 == 0 ? 2 - $1 : nil }
    let fit = try HiddenSemiMarkovModel.fit(
      GaussianEmission(states: 3, columns: 1), durations: .poisson, to: rows, lengths: [200, 300],
      options: HiddenMarkovOptions(knownStates: known, tolerance: 1e-5, restarts: 2))
    let means = fit.model.emission.means.elements
    #expect(zip(means, [4, 1.8, 0]).allSatisfy { abs($0 - $1) < 0.4 }, "\(means)")
    let durations = fit.model.chain.durations.map(\.mean)
    #expect(zip(durations, [10.0, 12, 8]).allSatisfy { abs($0 - $1) < 3 }, "\(durations)")
    let history = fit.restarts[fit.best].history
    for (before, after) in zip(history, history.dropFirst()) {
      #expect(after > before - 1e-7 * abs(before), "\(history)")
    }
    // Of the rows alone, which knowing their states makes less likely.
    #expect(fit.logLikelihood > history.last!)
    // Ten known rows of one state are more than three frames allow.
    #expect(throws: MarkovError.impossibleData(sequence: 0, frame: 3)) {
      try HiddenSemiMarkovModel.fit(
        GaussianEmission(states: 2, columns: 1), durations: .free(longest: 3), to: rows,
        options: HiddenMarkovOptions(
          knownStates: [Int?](repeating: 0, count: 10) + [Int?](repeating: nil, count: 490)))
    }
  }

  @Test func theFirstStatesMayBeFixed() throws {
    let free = try fit(.poisson, HiddenMarkovOptions(iterations: 3, restarts: 1))
    let fixed = try fit(.poisson, HiddenMarkovOptions(initial: .fixed, iterations: 3, restarts: 1))
    #expect(fixed.model.chain.initial.allSatisfy { abs($0 - 1.0 / 3) < 1e-12 })
    #expect(free.model.chain.initial.max()! > 0.45)
    // Two fewer, and as many more of the free one as EM has brought to zero.
    let zeros = free.model.chain.initial.count { $0 == 0 }
    #expect(fixed.criteria.parameterCount == free.criteria.parameterCount - 2 + zeros)
  }

  @Test(
    arguments: [
      HiddenMarkovOptions(initial: .stationary), HiddenMarkovOptions(transition: .fixed),
      HiddenMarkovOptions(transitionPseudocount: 1), HiddenMarkovOptions(initialPseudocount: 1),
      HiddenMarkovOptions(restarts: 0),
      HiddenMarkovOptions(
        chain: try! MarkovChain(initial: [1], transition: TransitionMatrix(NDArray(rows: [[1]])))),
    ]) func refusesWhatDoesNotGoWithDurations(options: HiddenMarkovOptions) throws
  {
    #expect(throws: MarkovError.self) { try fit(.poisson, options) }
  }
}
