internal import TencaPlot
internal import TencaRecognition

extension ClassificationReport {
  /// Bars of all listed probabilities, or coloured windows under the probability of the best; nil
  /// where there is no verdict at all.
  var chart: (any Chart)? {
    switch outcome {
    case .verdict(let verdict): bars(verdict)
    case .windows(let windows): timeline(windows)
    case .failure: nil
    }
  }

  private func bars(_ verdict: Verdict) -> BarChart {
    BarChart(
      verdict.top.map(\.probability), names: verdict.top.map(\.label), title: file,
      xAxis: .linear("Probability", range: 0...1), highlighted: [0])
  }

  private func timeline(_ windows: [Verdict]) -> StackedChart {
    let starts = windows.map { $0.start ?? 0 }
    let ends = windows.map { $0.end ?? 0 }
    // Windows overlap: each is drawn until the next begins.
    let segments = windows.indices.map { index in
      Timeline.Segment(
        start: starts[index], end: index + 1 < windows.count ? starts[index + 1] : ends[index],
        label: windows[index].shownLabel)
    }
    let confidence = LineChart(
      [
        Series(
          "probability of the best", x: zip(starts, ends).map { ($0 + $1) / 2 },
          y: windows.map { $0.probability ?? .nan })
      ],
      title: file, xAxis: .linear("Time (s)"), yAxis: .linear("Probability", range: 0...1))
    return StackedChart(
      [confidence, Timeline([Timeline.Track("class", segments)])], heights: [2, 1])
  }
}
