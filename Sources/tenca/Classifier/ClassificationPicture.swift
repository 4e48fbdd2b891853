internal import TencaPlot

/// The picture of one sound's verdict.
enum ClassificationPicture {
  /// Bars of all listed probabilities, or coloured windows under the probability of the best.
  static func chart(_ result: ClassificationReport, labels: [String]) -> any Chart {
    guard let windows = result.windows else {
      let top = result.top ?? []
      return BarChart(
        top.map(\.probability), names: top.map(\.label), title: result.file,
        xAxis: .linear("Probability", range: 0...1), highlighted: [0])
    }
    // Windows overlap: each is drawn until the next begins.
    let segments = windows.indices.map { index in
      Timeline.Segment(
        start: windows[index].start,
        end: index + 1 < windows.count ? windows[index + 1].start : windows[index].end,
        label: windows[index].label ?? ClassificationReport.rejected)
    }
    let confidence = LineChart(
      [
        Series(
          "probability of the best", x: windows.map { ($0.start + $0.end) / 2 },
          y: windows.map { $0.probability ?? .nan })
      ],
      title: result.file, xAxis: .linear("Time (s)"),
      yAxis: .linear("Probability", range: 0...1))
    return StackedChart(
      [confidence, Timeline([Timeline.Track("class", segments)])], heights: [2, 1])
  }
}
