internal import TencaNumerics
internal import TencaPlot

extension RegimePicture {
  /// A forecast narrower than this share of the picture is drawn once more, larger.
  private static let narrowForecast = 0.08
  /// So many rows before each step of a forecast are drawn in that.
  private static let pastPerStep = 4

  /// The value over its regimes, their probabilities and the volatility; below them the end of the series
  /// and its forecast, where that is too short to be seen among all rows.
  ///
  /// - Parameter isTitled: Whether the title stands above it.
  func chart(isTitled: Bool = true) -> ChartColumn {
    let title = isTitled ? content.title : nil
    guard hasNarrowForecast else { return ChartColumn([main(title, namesForecast: true)]) }
    return ChartColumn([main(title, namesForecast: false), ending()])
  }

  private var hasNarrowForecast: Bool {
    guard let first = places.first, let last = places.last, let end = placesAhead.last else {
      return false
    }
    return end - last < Self.narrowForecast * (end - first)
  }

  private func main(_ title: String?, namesForecast: Bool) -> StackedChart {
    var price = pricePanel(title: title)
    if !namesForecast {
      for index in price.bands.indices { price.bands[index].name = nil }
      for index in price.series.indices { price.series[index].name = nil }
    }
    var panels: [any Panel] = [price, probabilityPanel()]
    var heights = [2.4, 1.0]
    if let volatility = content.volatility {
      panels.append(
        LineChart(
          [line(places, volatility)], title: "Volatility: conditional standard deviation",
          xAxis: xAxis, yAxis: .linear(nil)))
      heights.append(0.8)
    }
    return StackedChart(panels, heights: heights)
  }

  /// The last rows and the forecast.
  private func ending() -> StackedChart {
    let steps = placesAhead.count
    let first = max(0, places.count - max(40, Self.pastPerStep * steps))
    var end = content
    end.title = "The last \(places.count - first) rows, and \(steps) ahead"
    end.dates = content.dates.map { Array($0[first...]) }
    end.rowNumbers = Array(content.rowNumbers[first...])
    end.levels = Array(content.levels[first...])
    end.path = Array(content.path[first...])
    end.probabilities = NDArray(
      (first..<places.count).flatMap { content.probabilities.row($0).elements },
      shape: [places.count - first, content.labels.count])
    end.volatility = nil
    return RegimePicture(part: end, colors: colors).main(end.title, namesForecast: true)
  }

  private func line(_ x: [Double], _ y: [Double], _ name: String? = nil) -> Series {
    var series = Series(name, x: x, y: y, color: .ink)
    series.width = 1
    return series
  }

  private func pricePanel(title: String?) -> LineChart {
    let yAxis: Axis =
      content.isLogarithmic ? .logarithmic(content.levelName) : .linear(content.levelName)
    var chart = LineChart(
      [line(places, content.levels)], regions: regions(), title: title, xAxis: xAxis, yAxis: yAxis)
    guard let forecast = content.forecast, let last = places.last,
      let level = content.levels.last(where: \.isFinite)
    else { return chart }
    // The fan opens at the last row.
    let x = [last] + placesAhead
    let count = forecast.quantiles.count
    for index in 0..<count / 2 {
      let (low, high) = (forecast.quantiles[index], forecast.quantiles[count - 1 - index])
      // Opaque, so that the legend has the very grey of each.
      let depth = Double(index + 1) / Double(count / 2 + 1)
      let grey = 0.94 - 0.36 * depth
      var band = LineChart.Band(
        "\(percent(low.level)) to \(percent(high.level)) %", x: x, lower: [level] + low.values,
        upper: [level] + high.values, color: Color(red: grey, green: grey, blue: grey))
      band.opacity = 1
      chart.bands.append(band)
    }
    if !count.isMultiple(of: 2) {
      let middle = forecast.quantiles[count / 2]
      var series = line(x, [level] + middle.values, "forecast, \(percent(middle.level)) %")
      series.dash = [4, 2]
      chart.series.append(series)
    }
    chart.marks = [last]
    return chart
  }

  /// A level such as 0.975 in hundredths, without needless digits.
  private func percent(_ level: Double) -> String {
    let tenths = Int((level * 1000).rounded())
    return tenths.isMultiple(of: 10) ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  /// The stretches of each regime, from the lightest to the darkest.
  private func regions() -> [LineChart.Region] {
    let edges = edges(places)
    return fromLight.map { regime in
      LineChart.Region(
        content.labels[regime],
        stretches: spells.filter { $0.regime == regime }.map {
          edges[$0.rows.lowerBound]...edges[$0.rows.upperBound]
        }, color: colors[regime])
    }
  }

  /// The darkest lies at the bottom, where its height is read most easily.
  private func probabilityPanel() -> AreaChart {
    let x = places + placesAhead
    var chart = AreaChart(
      fromLight.reversed().map { regime in
        let past = (0..<content.probabilities.rows).map { content.probabilities[$0, regime] }
        let ahead = content.forecast.map { forecast in
          (0..<forecast.probabilities.rows).map { forecast.probabilities[$0, regime] }
        }
        return AreaChart.Area(nil, past + (ahead ?? []), color: colors[regime])
      }, x: x, title: "Probability of regimes, \(method)", xAxis: xAxis,
      yAxis: .linear(nil, range: 0...1))
    if content.forecast != nil { chart.marks = [places.last].compactMap(\.self) }
    return chart
  }
}
