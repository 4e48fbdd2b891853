internal import TencaFormats
internal import TencaMarkov
internal import TencaNumerics
internal import TencaPlot

/// A sequence over bands in the colours of its states, with their probabilities below.
enum StatePicture {
  /// At most so many columns are drawn.
  private static let mostColumns = 4

  /// - Parameter step: Seconds from row to row, where the table has no times in numbers.
  static func chart(_ decoding: Decoding, sequence index: Int, step: Double) throws -> StackedChart
  {
    let sequence = decoding.table.sequences[index]
    // Rows without times are counted from 1, each in the middle of its band.
    let isCounted = sequence.times == nil && step == 1
    let times =
      sequence.times
      ?? (0..<sequence.range.count).map { isCounted ? Double($0 + 1) : Double($0) * step }
    func intervals(_ rank: Int) -> [LabelledInterval] {
      decoding.intervals(of: index, rank: rank, step: step).map {
        let shift = isCounted ? 0.5 : 0
        return LabelledInterval(
          start: $0.start + shift, end: $0.end + shift, label: $0.label)
      }
    }
    let xAxis = Axis.linear(isCounted ? "Row" : "Time")
    let rows = try decoding.table.rows.block(sequence.range)
    let colors = Dictionary(
      uniqueKeysWithValues: decoding.model.states.enumerated().map { ($1, Palette.color($0)) })
    var panels: [any Panel] = []
    for (column, name) in decoding.model.columns.prefix(mostColumns).enumerated() {
      let values = (0..<rows.rows).map { rows[$0, column] }
      let title = sequence.name.isEmpty ? decoding.table.name : sequence.name
      panels.append(
        LineChart(
          [Series(x: times, y: values, color: Color(hex: 0x404040))],
          bands: bands(intervals(0), over: values, colors), title: column == 0 ? title : nil,
          xAxis: xAxis, yAxis: .linear(name)))
    }
    let heights = [Double](repeating: 2, count: panels.count)
    if let probabilities = decoding.probabilities {
      let lines = decoding.model.states.enumerated().map { state, name in
        Series(
          name, x: times, y: sequence.range.map { probabilities[$0, state] },
          color: Palette.color(state))
      }
      let probability = LineChart(
        lines, title: "Probability, \(decoding.method.name)", xAxis: xAxis,
        yAxis: .linear("Probability", range: 0...1))
      return StackedChart(panels + [probability], heights: heights + [1.5])
    }
    let tracks = decoding.paths[index].indices.map { rank in
      Timeline.Track(
        decoding.paths[index].count > 1 ? "path \(rank + 1)" : "state",
        intervals(rank).map {
          Timeline.Segment(start: $0.start, end: $0.end, label: $0.label)
        })
    }
    let timeline = Timeline(tracks, xAxis: xAxis, colors: colors)
    return StackedChart(
      panels + [timeline],
      heights: heights + [
        max(0.2 + 0.2 * Double(tracks.count), 0.13 * Double(decoding.model.states.count))
      ])
  }

  /// A band for every state, as high as the values, with gaps where the state is another.
  private static func bands(
    _ intervals: [LabelledInterval], over values: [Double], _ colors: [String: Color]
  ) -> [LineChart.Band] {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return [] }
    let margin = high > low ? 0.05 * (high - low) : 1
    return colors.sorted { $0.key < $1.key }.map { name, color in
      let own = intervals.filter { $0.label == name }
      return LineChart.Band(
        x: own.flatMap { [$0.start, $0.end, $0.end] },
        lower: own.flatMap { _ in [low - margin, low - margin, .nan] },
        upper: own.flatMap { _ in [high + margin, high + margin, .nan] }, color: color)
    }
  }
}
