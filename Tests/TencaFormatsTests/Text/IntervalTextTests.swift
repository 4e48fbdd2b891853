import TencaFormats
import Testing

@Suite struct IntervalTextTests {
  private let intervals = [
    LabelledInterval(start: 0, end: 1.5, label: "a"),
    LabelledInterval(start: 1.5, end: 2, label: "say \"b\"\t"),
    LabelledInterval(start: 3, end: 4, label: "c"),
  ]

  @Test func textGridsHaveNoGaps() {
    let lines = IntervalText.textGrid(intervals, tier: "states").split(separator: "\n").map(
      String.init)
    #expect(lines[0] == "File type = \"ooTextFile\"")
    #expect(lines.contains("        intervals: size = 4"))
    #expect(lines.contains("        name = \"states\""))
    // Quotation marks are doubled.
    #expect(lines.contains { $0.contains("text = \"say \"\"b\"\"") })
    // From 2 to 3 nothing is labelled.
    let gap = lines.firstIndex(of: "        intervals [3]:")!
    #expect(
      Array(lines[gap + 1...gap + 3])
        == ["            xmin = 2.0", "            xmax = 3.0", "            text = \"\""])
    #expect(lines.filter { $0 == "xmax = 4.0" }.count == 1)
  }

  @Test func audacityTakesALineEach() {
    #expect(
      IntervalText.audacity(intervals)
        == "0.0\t1.5\ta\n1.5\t2.0\tsay \"b\" \n3.0\t4.0\tc\n")
  }
}
