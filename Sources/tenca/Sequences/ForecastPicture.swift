internal import TencaMarkov
internal import TencaNumerics
internal import TencaPlot

/// The last rows of a sequence, and what is expected after them.
enum ForecastPicture {
  /// So many rows before the forecast for each of its own are drawn.
  private static let pastPerStep = 5
  private static let mostColumns = 4

  static func chart(_ forecast: SequenceForecast, _ table: SequenceTable) throws -> StackedChart {
    let own = forecast.forecasts[0]
    let steps = own.states.rows
    let count = table.rows.rowCount
    let first = max(0, count - max(40, pastPerStep * steps))
    let past = try table.rows.block(first..<count)
    let pastX = (first..<count).map { Double($0 + 1) }
    let aheadX = (0..<steps).map { Double(count + $0 + 1) }
    let xAxis = Axis.linear("Row")
    var panels: [any Panel] = []
    if forecast.model.symbols == nil {
      for (column, name) in forecast.model.columns.prefix(mostColumns).enumerated() {
        func quantile(_ place: Int) -> [Double] {
          (0..<steps).map { own.quantiles.row($0).row(column).elements[place] }
        }
        let order = own.levels.indices.sorted { own.levels[$0] < own.levels[$1] }
        let low = own.levels[order.first!], high = own.levels[order.last!]
        panels.append(
          LineChart(
            [
              Series(
                "so far", x: pastX, y: (0..<past.rows).map { past[$0, column] },
                color: Color(hex: 0x404040)),
              Series(
                "mean", x: aheadX, y: (0..<steps).map { own.means[$0, column] },
                color: Color(hex: 0x808080)),
            ],
            bands: [
              LineChart.Band(
                "\(low) to \(high)", x: aheadX, lower: quantile(order.first!),
                upper: quantile(order.last!), color: Color(hex: 0x808080))
            ],
            title: column == 0 ? table.name : nil, xAxis: xAxis, yAxis: .linear(name)))
      }
    }
    let states = forecast.model.states.enumerated().map { state, name in
      Series(
        name, x: aheadX, y: (0..<steps).map { own.states[$0, state] },
        color: Palette.color(state))
    }
    panels.append(
      LineChart(
        states, title: "States", xAxis: xAxis, yAxis: .linear("Probability", range: 0...1)))
    return StackedChart(panels, heights: [Double](repeating: 2, count: panels.count - 1) + [1.2])
  }
}
