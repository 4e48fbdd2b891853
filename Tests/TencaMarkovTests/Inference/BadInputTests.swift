import TencaMarkov
import TencaNumerics
import Testing

@Suite struct BadInputTests {
  private let chain = try! MarkovChain(initial: [1, 0], transition: [[0.5, 0.5], [0, 1]])

  @Test func probabilitiesThatAreNone() {
    #expect(
      throws: MarkovError.invalidModel(
        problem: "row 1 of the transition matrix sums to 0.75, 0.25 less than 1")
    ) { try TransitionMatrix(NDArray(rows: [[0.5, 0.5], [0.25, 0.5]])) }
    #expect(
      throws: MarkovError.invalidModel(
        problem: "the initial distribution holds -0.5 at position 0, which is no probability")
    ) { try MarkovChain(initial: [-0.5, 1.5], transition: [[1, 0], [0, 1]]) }
    #expect(throws: MarkovError.self) {
      try MarkovChain(initial: [0.5, 0.25, 0.25], transition: [[1, 0], [0, 1]])
    }
    #expect(throws: MarkovError.self) {
      try MarkovChain(initial: [1, 0], transition: [[1], [0, 1]])
    }
    #expect(throws: MarkovError.self) { try TransitionMatrix(NDArray(zeros: [2, 3])) }
    #expect(throws: MarkovError.self) {
      try TransitionMatrix(NDArray(rows: [[Double.nan, 1], [0, 1]]))
    }
    #expect(throws: MarkovError.self) {
      try TransitionMatrix(SparseMatrix(columns: 2, rows: [[(0, 1)], []]))
    }
  }

  @Test func impossibleFramesAreNamed() throws {
    let rows = NDArray<Double>(rows: [[0, 0], [0, 0], [-.infinity, 0], [0, -.infinity]])
    let expected = MarkovError.impossibleData(sequence: 0, frame: 3)
    #expect(throws: expected) { try chain.filtered(rows) }
    #expect(throws: expected) { try chain.smoothed(rows) }
    #expect(throws: expected) { try chain.smoothed(rows, lag: 1) }
    #expect(throws: expected) { try chain.viterbi(rows) }
    #expect(throws: expected) { try chain.bestPaths(rows, count: 2) }
    #expect(throws: expected) {
      try chain.samplePaths(rows, count: 1, using: RandomStream(seed: 0))
    }
    #expect(throws: MarkovError.impossibleData(sequence: 1, frame: 2)) {
      try chain.filtered(rows, lengths: [2, 2])
    }
    var filter = StreamingFilter(chain)
    _ = try filter.update([0, 0])
    let before = filter.memory
    #expect(throws: MarkovError.impossibleData(sequence: 0, frame: 1)) {
      try filter.update([-.infinity, -.infinity])
    }
    #expect(filter.memory == before)
  }

  @Test(arguments: [Double.nan, .infinity])
  func logLikelihoodsThatAreNone(_ value: Double) {
    let rows = NDArray<Double>(rows: [[0, 0], [0, value], [0, 0]])
    func isNamed(_ error: any Error) -> Bool {
      guard case .invalidLogLikelihood(frame: 1, state: 1, _) = error as? MarkovError else {
        return false
      }
      return true
    }
    #expect(performing: { try chain.filtered(rows) }, throws: isNamed)
    #expect(performing: { try chain.smoothed(rows) }, throws: isNamed)
    #expect(performing: { try chain.viterbi(rows) }, throws: isNamed)
    #expect(performing: { try chain.bestPaths(rows, count: 1) }, throws: isNamed)
  }

  @Test func shapesThatDoNotFit() throws {
    let rows = NDArray<Double>(zeros: [4, 2])
    #expect(throws: MarkovError.wrongColumns(expected: 2, actual: 3)) {
      try chain.filtered(NDArray<Double>(zeros: [4, 3]))
    }
    for lengths in [[4, 0], [3], [5], [2, 3], [], [-1, 5]] {
      #expect(throws: MarkovError.self) { try chain.filtered(rows, lengths: lengths) }
    }
    #expect(throws: MarkovError.noData(shape: [0, 2])) {
      try chain.filtered(NDArray<Double>(zeros: [0, 2]))
    }
    #expect(throws: MarkovError.self) { try chain.bestPaths(rows, count: 0) }
    #expect(throws: MarkovError.self) { try chain.smoothed(rows, lag: -1) }
    let varying = try MarkovChain(
      initial: [0.5, 0.5],
      transition: TransitionMatrix(varying: NDArray(repeating: 0.5, shape: [2, 2, 2])))
    #expect(throws: MarkovError.self) { try varying.filtered(rows) }
    #expect(try varying.filtered(rows.rows(0..<3)).logLikelihood == 0)
    var filter = StreamingFilter(varying)
    #expect(throws: MarkovError.wrongColumns(expected: 2, actual: 1)) { try filter.update([0]) }
  }
}
