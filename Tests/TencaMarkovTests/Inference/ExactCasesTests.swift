import TencaMarkov
import TencaNumerics
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Cases whose answers are published.
@Suite struct ExactCasesTests {
  /// Rain and sun, with walks, shopping and cleaning: the case of Wikipedia's page on Viterbi's
  /// algorithm, as hmmlearn tests it.
  @Test func rainAndSun() throws {
    let chain = try MarkovChain(initial: [0.6, 0.4], transition: [[0.7, 0.3], [0.4, 0.6]])
    let emission = [[0.1, 0.4, 0.5], [0.6, 0.3, 0.1]]
    let logLikelihoods = NDArray<Double>(
      rows: [0, 1, 2].map { symbol in emission.map { log($0[symbol]) } })
    #expect(abs(exp(try chain.logLikelihoods(logLikelihoods)[0]) - 0.033612) < 1e-12)
    let path = try chain.viterbi(logLikelihoods)
    #expect(path.states == [1, 0, 0])
    #expect(abs(exp(path.logProbability) - 0.01344) < 1e-12)
  }

  /// The umbrella world of S. Russell and P. Norvig's "Artificial intelligence".
  @Test func umbrella() throws {
    let chain = try MarkovChain(initial: [0.5, 0.5], transition: [[0.7, 0.3], [0.3, 0.7]])
    let seen = [true, true, false, true, true]
    let logLikelihoods = NDArray<Double>(
      rows: seen.map { $0 ? [log(0.9), log(0.2)] : [log(0.1), log(0.8)] })
    let smoothed = try chain.smoothed(logLikelihoods)
    #expect(abs(smoothed.logLikelihood - -3.372502) < 1e-6)
    let rain = smoothed.smoothed.column(0).elements
    #expect(largestDifference(rain, [0.8673, 0.8204, 0.3075, 0.8204, 0.8673]) < 5e-5)
    #expect(abs(try chain.viterbi(logLikelihoods).logProbability - -4.459028) < 1e-6)
  }
}
