import Testing

@testable import TencaRecognition

@Suite("Errors of alignments in time")
struct TimeAlignmentErrorTests {
  typealias Interval = (label: String, start: Double, end: Double)
  private let reference: [Interval] = [("a", 0, 0.1), ("b", 0.1, 0.3), ("c", 0.5, 0.6)]
  private let hypothesis: [Interval] = [("a", 0, 0.12), ("b", 0.12, 0.26), ("c", 0.5, 0.7)]

  @Test("Boundaries that intervals share count once")
  func boundaries() throws {
    var error = TimeAlignmentError()
    try error.add(reference: reference, hypothesis: hypothesis)
    for (found, expected) in zip(error.differences, [0, 0.02, -0.04, 0, 0.1]) {
      #expect(isClose(found, expected))
    }
    #expect(error.count == 5)
    #expect(isClose(error.meanAbsolute, 0.032))
    #expect(isClose(error.medianAbsolute, 0.02))
    #expect(isClose(error.bias, 0.016))
    #expect(error.share(within: 0.02) == 0.6)
    #expect(error.share(within: 0.05) == 0.8)
    error.merge(error)
    #expect(error.count == 10)
    #expect(isClose(error.meanAbsolute, 0.032))
  }

  @Test("No boundary, no error")
  func empty() throws {
    var error = TimeAlignmentError()
    try error.add(reference: [], hypothesis: [])
    #expect(error.meanAbsolute == nil)
    #expect(error.medianAbsolute == nil)
    #expect(error.share(within: 1) == nil)
  }

  @Test("Lists of other labels are refused, and nothing is added")
  func refuses() {
    var error = TimeAlignmentError()
    #expect(throws: LanguageError.labelsDiffer(index: 2, reference: "c", hypothesis: nil)) {
      try error.add(reference: reference, hypothesis: hypothesis.dropLast())
    }
    #expect(error.count == 0)
  }
}
