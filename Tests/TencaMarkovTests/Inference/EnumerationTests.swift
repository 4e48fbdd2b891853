import TencaMarkov
import TencaNumerics
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Every answer of inference against all paths of short sequences.
@Suite struct EnumerationTests {
  @Test(arguments: InferenceCase.all)
  func filteredAndPredicted(_ given: InferenceCase) throws {
    let (chain, logLikelihoods) = try given.make()
    let answer = try chain.filtered(logLikelihoods)
    var before = 0.0
    for frame in 0..<given.frames {
      let truth = Enumeration(chain, logLikelihoods, frames: 0..<frame + 1)
      #expect(
        largestDifference(answer.filtered.row(frame).elements, truth.smoothed(frame)) < 1e-10)
      var free = logLikelihoods
      for state in 0..<given.states { free[frame, state] = 0 }
      let ahead = Enumeration(chain, free, frames: 0..<frame + 1)
      #expect(
        largestDifference(answer.predicted.row(frame).elements, ahead.smoothed(frame)) < 1e-10)
      #expect(abs(answer.logLikelihoods[frame] - (log(truth.total) - before)) < 1e-10)
      before = log(truth.total)
    }
    #expect(abs(answer.logLikelihood - before) < 1e-10)
    #expect(try chain.logLikelihoods(logLikelihoods) == [answer.logLikelihood])
  }

  @Test(arguments: InferenceCase.all)
  func smoothedAndTransitions(_ given: InferenceCase) throws {
    let (chain, logLikelihoods) = try given.make()
    let truth = Enumeration(chain, logLikelihoods)
    let answer = try chain.smoothed(logLikelihoods)
    #expect(abs(answer.logLikelihood - log(truth.total)) < 1e-10)
    #expect(
      largestDifference(answer.expectedTransitions.elements, truth.transitions) < 1e-10)
    for frame in 0..<given.frames {
      let expected = truth.smoothed(frame)
      #expect(largestDifference(answer.smoothed.row(frame).elements, expected) < 1e-10)
      #expect(expected[answer.mostProbableStates[frame]] > expected.max()! - 1e-12)
    }
  }

  @Test(arguments: InferenceCase.all, [0, 1, 3, 20])
  func fixedLag(_ given: InferenceCase, lag: Int) throws {
    let (chain, logLikelihoods) = try given.make()
    let answer = try chain.smoothed(logLikelihoods, lag: lag)
    for frame in 0..<given.frames {
      let truth = Enumeration(
        chain, logLikelihoods, frames: 0..<min(frame + lag + 1, given.frames))
      #expect(largestDifference(answer.row(frame).elements, truth.smoothed(frame)) < 1e-10)
    }
  }

  @Test(arguments: InferenceCase.all)
  func bestPathInAnyMemory(_ given: InferenceCase) throws {
    let (chain, logLikelihoods) = try given.make()
    let truth = Enumeration(chain, logLikelihoods).sorted[0]
    for memory in [MarkovChain.PathMemory.linear, .squareRoot, .automatic] {
      let answer = try chain.viterbi(logLikelihoods, memory: memory)
      #expect(answer.states == truth.states)
      #expect(abs(answer.logProbability - log(truth.probability)) < 1e-10)
    }
  }

  @Test(arguments: InferenceCase.all, [1, 2, 7, 100])
  func bestPaths(_ given: InferenceCase, count: Int) throws {
    let (chain, logLikelihoods) = try given.make()
    let truth = Enumeration(chain, logLikelihoods).sorted
    let answer = try chain.bestPaths(logLikelihoods, count: count)[0]
    #expect(answer.count == min(count, truth.count))
    for (path, expected) in zip(answer, truth) {
      #expect(path.states == expected.states)
      #expect(abs(path.logProbability - log(expected.probability)) < 1e-10)
    }
  }

  /// Frequencies of 20 000 sampled paths lie within five standard errors of the truth.
  @Test(arguments: InferenceCase.all.filter { $0.frames == 6 })
  func sampledPaths(_ given: InferenceCase) throws {
    let (chain, logLikelihoods) = try given.make()
    let truth = Enumeration(chain, logLikelihoods)
    let count = 20_000
    let paths = try chain.samplePaths(
      logLikelihoods, count: count, using: RandomStream(seed: 5))
    var frequencies: [[Int]: Double] = [:]
    for path in paths { frequencies[path, default: 0] += 1 / Double(count) }
    for path in truth.paths {
      let p = path.probability / truth.total
      let error = (p * (1 - p) / Double(count)).squareRoot()
      #expect(abs((frequencies[path.states] ?? 0) - p) <= 5 * error + 2 / Double(count))
    }
    #expect(Set(paths).isSubset(of: Set(truth.paths.map(\.states))))
  }

  /// Several sequences side by side are as each alone.
  @Test(arguments: InferenceCase.Kind.allCases.filter { $0 != .varying })
  func sequencesSideBySide(_ kind: InferenceCase.Kind) throws {
    let given = InferenceCase(kind: kind, states: 3, frames: 7)
    let (chain, logLikelihoods) = try given.make()
    let lengths = [2, 1, 4]
    let together = try chain.smoothed(logLikelihoods, lengths: lengths)
    let filtered = try chain.filtered(logLikelihoods, lengths: lengths)
    let path = try chain.viterbi(logLikelihoods, lengths: lengths)
    var (start, transitions) = (0, [Double](repeating: 0, count: 9))
    for (index, length) in lengths.enumerated() {
      let part = logLikelihoods.rows(start..<start + length)
      let alone = try chain.smoothed(part)
      #expect(together.smoothed.rows(start..<start + length) == alone.smoothed)
      #expect(together.sequenceLogLikelihoods[index] == alone.logLikelihood)
      #expect(
        filtered.filtered.rows(start..<start + length) == (try chain.filtered(part).filtered))
      #expect(Array(path.states[start..<start + length]) == (try chain.viterbi(part).states))
      for i in 0..<9 { transitions[i] += alone.expectedTransitions.elements[i] }
      start += length
    }
    #expect(
      largestDifference(together.expectedTransitions.elements, transitions) < 1e-12)
  }
}
