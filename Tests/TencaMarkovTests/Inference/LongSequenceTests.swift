import TencaMarkov
import TencaNumerics
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Log-likelihoods that are made as they are read, a function of the frame alone.
private struct MadeUpLogLikelihoods: RowSource {
  let rowCount: Int
  let columnCount: Int
  var scale = 1.0

  func readRows(_ rows: Range<Int>, into target: UnsafeMutablePointer<Double>) {
    for frame in rows {
      var random = RandomStream(seed: 9, stream: UInt64(frame))
      for state in 0..<columnCount {
        target[(frame - rows.lowerBound) * columnCount + state] = -scale * random.uniform()
      }
    }
  }
}

@Suite struct LongSequenceTests {
  private func chain(_ states: Int, stay: Double = 0.9) throws -> MarkovChain {
    let rows = (0..<states).map { i in
      (0..<states).map { j in
        i == j ? stay + (1 - stay) / Double(states) : (1 - stay) / Double(states)
      }
    }
    return try MarkovChain(
      initial: [Double](repeating: 1 / Double(states), count: states), transition: rows)
  }

  @Test func nothingUnderflows() throws {
    let source = MadeUpLogLikelihoods(rowCount: 100_000, columnCount: 20, scale: 100)
    let chain = try chain(20)
    let smoothed = try chain.smoothed(source)
    #expect(smoothed.logLikelihood.isFinite)
    #expect(smoothed.smoothed.firstNonFinite() == nil)
    let path = try chain.viterbi(source)
    #expect(path.logProbability <= smoothed.logLikelihood)
    #expect(path.logProbability > smoothed.logLikelihood - 0.05 * abs(smoothed.logLikelihood))
    // Every step is counted once.
    #expect(abs(smoothed.expectedTransitions.elements.reduce(0, +) - 99_999) < 1e-4)
    let sums = (0..<100_000).map { smoothed.smoothed.row($0).elements.reduce(0, +) }
    #expect(sums.allSatisfy { abs($0 - 1) < 1e-12 })
  }

  @Test(arguments: [1, 2, 3, 4, 5, 8, 9, 16, 17])
  func streamEqualsBatchBitForBit(_ states: Int) throws {
    let source = MadeUpLogLikelihoods(rowCount: 3000, columnCount: states, scale: 20)
    let chain = try chain(states)
    let batch = try chain.filtered(source)
    var filter = StreamingFilter(chain)
    for frame in 0..<3000 {
      var row = [Double](repeating: 0, count: states)
      source.readRows(frame..<frame + 1, into: &row)
      if frame == 1500 { filter = try StreamingFilter(chain, memory: filter.memory) }
      let update = try filter.update(row)
      #expect(update.filtered == batch.filtered.row(frame).elements)
      #expect(update.predicted == batch.predicted.row(frame).elements)
      #expect(update.logLikelihood == batch.logLikelihoods[frame])
    }
  }

  @Test func appendedFramesLeaveFilteredUnchanged() throws {
    let chain = try chain(5)
    let long = try chain.filtered(MadeUpLogLikelihoods(rowCount: 5000, columnCount: 5))
    for frames in [1, 2, 1023, 1024, 1025, 3333] {
      let short = try chain.filtered(MadeUpLogLikelihoods(rowCount: frames, columnCount: 5))
      #expect(short.filtered == long.filtered.rows(0..<frames))
      #expect(short.logLikelihoods == Array(long.logLikelihoods[..<frames]))
    }
  }

  @Test(arguments: [nil, [5000, 1, 4999, 10_000, 2500, 2500, 5000]])
  func threadsGiveTheSameBytes(_ lengths: [Int]?) throws {
    let source = MadeUpLogLikelihoods(rowCount: 30_000, columnCount: 6, scale: 10)
    let chain = try chain(6)
    let one = try chain.smoothed(source, lengths: lengths)
    let path = try chain.viterbi(source, lengths: lengths)
    for threads in [2, 3] {
      let execution = Execution(threads: threads)
      #expect(try chain.smoothed(source, lengths: lengths, execution: execution) == one)
      #expect(try chain.viterbi(source, lengths: lengths, execution: execution) == path)
      #expect(
        try chain.filtered(source, lengths: lengths, execution: execution)
          == chain.filtered(source, lengths: lengths))
    }
    #expect(try chain.viterbi(source, lengths: lengths, memory: .squareRoot) == path)
  }

  /// A banded matrix and the same one written as sparse or dense agree.
  @Test func layoutsAgree() throws {
    let states = 40
    let band = TransitionMatrix.leftRight(states, reach: 2).matrix
    let ring = NDArray<Double>(shape: band.shape) { target in
      for index in target.indices { target[index] = band.elements[index] }
      for j in 0..<states { target[(states - 1) * states + j] = 1 / Double(states) }
    }
    let sparse = try TransitionMatrix(
      SparseMatrix(
        columns: states,
        rows: (0..<states).map { row in
          (0..<states).filter { band[row, $0] > 0 }.map { (column: $0, value: band[row, $0]) }
        }))
    let initial = [Double](repeating: 1 / Double(states), count: states)
    let source = MadeUpLogLikelihoods(rowCount: 500, columnCount: states, scale: 5)
    let first = try MarkovChain(initial: initial, transition: try TransitionMatrix(band))
    let second = try MarkovChain(initial: initial, transition: sparse)
    let (a, b) = (try first.smoothed(source), try second.smoothed(source))
    #expect(largestDifference(a.smoothed.elements, b.smoothed.elements) < 1e-12)
    #expect(
      largestDifference(a.expectedTransitions.elements, b.expectedTransitions.elements) < 1e-10)
    #expect(try first.viterbi(source).states == second.viterbi(source).states)
    // A dense matrix of the same size, so that no layout goes untried.
    let dense = try MarkovChain(initial: initial, transition: try TransitionMatrix(ring))
    let path = try dense.viterbi(source)
    #expect(path.logProbability <= (try dense.logLikelihoods(source)[0]))
  }

  /// Evidence that comes after more than 300 powers of ten were lost is not lost on a chain that
  /// cannot go back: the truth is known in logarithms.
  @Test func vanishedStatesReturn() throws {
    let chain = try MarkovChain(
      initial: [0.5, 0.5], transition: TransitionMatrix(NDArray.identity(2)))
    let frames = 400
    let logLikelihoods = NDArray<Double>(shape: [frames, 2]) { target in
      for frame in 0..<frames {
        target[2 * frame] = frame < 100 ? 0 : -20
        target[2 * frame + 1] = frame < 100 ? -20 : 0
      }
    }
    // State 0: 300 frames of -20; state 1: 100 frames of -20.
    let smoothed = try chain.smoothed(logLikelihoods)
    #expect(abs(smoothed.logLikelihood - (log(0.5) - 2000)) < 1e-9)
    #expect(smoothed.smoothed.column(1).elements.allSatisfy { $0 == 1 })
    #expect(abs(smoothed.expectedTransitions[1, 1] - Double(frames - 1)) < 1e-9)
    let filtered = try chain.filtered(logLikelihoods)
    #expect(filtered.filtered[99, 0] == 1)
    #expect(filtered.filtered[399, 1] == 1)
    #expect(abs(filtered.logLikelihood - smoothed.logLikelihood) < 1e-9)
    var filter = StreamingFilter(chain)
    for frame in 0..<frames {
      let update = try filter.update(logLikelihoods.row(frame).elements)
      #expect(update.filtered == filtered.filtered.row(frame).elements)
    }
    let paths = try chain.samplePaths(logLikelihoods, count: 3, using: RandomStream(seed: 1))
    #expect(paths.allSatisfy { $0.allSatisfy { $0 == 1 } })
    #expect(try chain.smoothed(logLikelihoods, lag: 390)[0, 1] == 1)
  }
}
