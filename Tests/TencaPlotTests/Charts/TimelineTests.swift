import Testing

@testable import TencaPlot

@Suite("Timeline")
struct TimelineTests {
  typealias Segment = Timeline.Segment

  @Test func neighboursOfOneLabelAreJoined() {
    let joined = Timeline.joined([
      Segment(start: 0, end: 1, label: "a"), Segment(start: 1, end: 2, label: "a"),
      Segment(start: 2, end: 3, label: "b"), Segment(start: 4, end: 5, label: "b"),
    ])
    #expect(
      joined == [
        Segment(start: 0, end: 2, label: "a"), Segment(start: 2, end: 3, label: "b"),
        Segment(start: 4, end: 5, label: "b"),
      ])
  }

  @Test func labelsKeepTheirColorsAcrossTracks() throws {
    let chart = Timeline(
      [
        .init(
          "one", [Segment(start: 0, end: 1, label: "a"), Segment(start: 1, end: 2, label: "b")]),
        .init(
          "two", [Segment(start: 0, end: 1, label: "b"), Segment(start: 1, end: 2, label: "c")]),
      ], colors: ["c": .black])
    let legend = try #require(chart.aside() as? Legend)
    #expect(legend.entries.map(\.name) == ["a", "b", "c"])
    #expect(legend.entries.map(\.color) == [Palette.color(0), Palette.color(1), .black])
  }

  @Test func aShortEventStaysVisible() throws {
    let chart = Timeline(
      [
        .init(
          "",
          [
            Segment(start: 0, end: 1000, label: "a"),
            Segment(start: 1000, end: 1000.01, label: "b"),
            Segment(start: 1000.01, end: 3600, label: "a"),
          ])
      ], colors: ["a": .white, "b": Color(hex: 0xFF0000)])
    let picture = try DecodedPicture(chart.encoded(as: .png))
    let size = chart.preferredSize
    // Half way up the track, and left of the legend.
    let found = (0..<Int(size.width)).count { picture[$0, 90] == 0xFF0000 }
    #expect((1...3).contains(found))
  }

  @Test func refusesSegmentsThatAreNone() {
    let bad: [[Timeline.Track]] = [
      [], [.init("empty", [])], [.init("", [Segment(start: 2, end: 1, label: "a")])],
      [.init("", [Segment(start: 0, end: .nan, label: "a")])],
    ]
    for tracks in bad {
      #expect(throws: PlotError.self) { try Timeline(tracks).encoded(as: .png) }
    }
  }
}
