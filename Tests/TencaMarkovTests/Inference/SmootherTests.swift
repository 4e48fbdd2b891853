import TencaNumerics
import Testing

@testable import TencaMarkov

/// A sequence that is gone through in several chunks is smoothed as in one.
@Suite struct SmootherTests {
  private func smooth(
    _ chain: MarkovChain, _ logLikelihoods: NDArray<Double>, _ plan: FramePlan, threads: Int = 1
  ) throws -> (smoothed: [Double], sums: Smoother.Sums) {
    let states = chain.stateCount
    var smoothed = [Double](repeating: .nan, count: logLikelihoods.count)
    var sums = Smoother.Sums(states: states)
    for group in plan.groups {
      let part = try Smoother(chain).run(
        group, of: logLikelihoods, execution: Execution(threads: threads)
      ) { wave in
        for block in wave.blocks {
          let from = wave.from(block.lowerBound)
          for index in 0..<block.count * states {
            smoothed[block.lowerBound * states + index] = from[index]
          }
        }
      }
      sums.merge(part)
    }
    return (smoothed, sums)
  }

  @Test(arguments: [[5000], [1500, 3500], [100, 4000, 900]], [false, true])
  func chunksAgree(_ lengths: [Int], isLeftRight: Bool) throws {
    let states = 3
    let chain =
      isLeftRight
      ? try MarkovChain(initial: [1, 0, 0], transition: .leftRight(states))
      : try MarkovChain(
        initial: [0.2, 0.3, 0.5],
        transition: [[0.8, 0.1, 0.1], [0.2, 0.7, 0.1], [0.3, 0.3, 0.4]])
    var random = RandomStream(seed: 3)
    let logLikelihoods = NDArray<Double>(shape: [5000, states]) { target in
      for index in target.indices { target[index] = -6 * random.uniform() }
    }
    let whole = try smooth(
      chain, logLikelihoods, FramePlan(frames: 5000, lengths: lengths, states: states))
    let plan = try FramePlan(
      frames: 5000, lengths: lengths, states: states, chunkFrames: 1024)
    #expect(plan.groups.contains { $0.chunks.count > 1 })
    let parts = try smooth(chain, logLikelihoods, plan)
    #expect(largestDifference(whole.smoothed, parts.smoothed) < 1e-12)
    #expect(largestDifference(whole.sums.transitions, parts.sums.transitions) < 1e-8)
    #expect(largestDifference(whole.sums.initial, parts.sums.initial) < 1e-12)
    #expect(largestDifference(whole.sums.last, parts.sums.last) < 1e-12)
    #expect(
      largestDifference(whole.sums.logLikelihoods, parts.sums.logLikelihoods) < 1e-8)
    let occupancies = (0..<states).map { state in
      stride(from: state, to: whole.smoothed.count, by: states).reduce(0.0) {
        $0 + whole.smoothed[$1]
      }
    }
    #expect(largestDifference(parts.sums.occupancies, occupancies) < 1e-8)
    let threads = try smooth(chain, logLikelihoods, plan, threads: 3)
    #expect(threads.smoothed == parts.smoothed)
    #expect(threads.sums.transitions == parts.sums.transitions)
  }
}
