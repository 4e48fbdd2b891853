import TencaFormats
import Testing

@testable import TencaRecognition

@Suite("Errors of alignments in time")
struct TimeAlignmentErrorTests {
  private let reference = [
    TimedWord(text: "a", start: 0, end: 0.1), TimedWord(text: "b", start: 0.1, end: 0.3),
    TimedWord(text: "c", start: 0.5, end: 0.6),
  ]
  private let hypothesis = [
    TimedWord(text: "a", start: 0, end: 0.12), TimedWord(text: "b", start: 0.12, end: 0.26),
    TimedWord(text: "c", start: 0.5, end: 0.7),
  ]

  @Test("Known times are read from CTM, in the order of time")
  func conversations() throws {
    let times = try ReferenceTimes(
      ctm: ";; by hand\nu1 1 0.5 0.1 c 0.99\nu1 1 0.0 0.1 a\n\nu2 A 1.25 0.5 b\n", source: "t.ctm")
    #expect(times.words["u1"]?.map(\.text) == ["a", "c"])
    #expect(times.words["u2"] == [TimedWord(text: "b", start: 1.25, end: 1.75)])
    // What is written is read again.
    let again = try ReferenceTimes(
      ctm: TranscriptionText.ctm(reference, recording: "r"), source: "again")
    for (found, expected) in zip(try #require(again.words["r"]), reference) {
      #expect(found.text == expected.text && isClose(found.end, expected.end))
    }
  }

  @Test(
    "Lines that tell no time are named",
    arguments: ["u1 1 0.5 0.1", "u1 1 now 0.1 a", "u1 1 0.5 -1 a", "u1 1 nan 1 a"])
  func badLines(line: String) {
    let error = #expect(throws: LanguageError.self) {
      try ReferenceTimes(ctm: "u1 1 0 1 a\n\(line)\n", source: "t.ctm")
    }
    #expect(error?.description.hasPrefix("t.ctm, line 2: ") == true)
    #expect(throws: LanguageError.self) { try ReferenceTimes(ctm: ";; none\n", source: "t") }
  }

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
