import FoundationEssentials
import Testing

@testable import TencaFormats

@Suite struct JSONTextTests {
  private struct Report: Codable, Equatable {
    var zeta = "a/b \"q\" é\n"
    var alpha: [Double] = [0.1, 1, 1e300, .leastNonzeroMagnitude, -2.5]
    var single: Float = 0.1
    var count = 3
  }

  @Test func isSortedShortestAndPlain() throws {
    #expect(
      try JSONText.encode(Report()) == """
        {
          "alpha" : [
            0.1,
            1,
            1e+300,
            5e-324,
            -2.5
          ],
          "count" : 3,
          "single" : 0.1,
          "zeta" : "a/b \\"q\\" é\\n"
        }
        """)
  }

  @Test func readsBack() throws {
    let text = try JSONText.encode(Report())
    #expect(try JSONDecoder().decode(Report.self, from: Data(text.utf8)) == Report())
  }

  @Test func writesNonFiniteNumbersAsText() throws {
    let text = try JSONText.encode([Double.nan, .infinity, -.infinity])
    #expect(text.filter { !$0.isWhitespace } == #"["NaN","Infinity","-Infinity"]"#)
  }
}
