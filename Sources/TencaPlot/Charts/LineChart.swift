/// Lines over a common x axis: learning curves, waveforms, posteriors, forecasts with their bands.
///
/// ```swift
/// try LineChart(
///   [Series("training", x: steps, y: loss), Series("validation", x: steps, y: held)],
///   title: "Loss", xAxis: .linear("Step"), yAxis: .logarithmic("Nats")
/// ).write(to: "loss.svg")
/// ```
public struct LineChart: Panel {
  /// The area between two curves over the same places.
  public struct Band: Sendable, Equatable {
    /// The name in the legend; nil to leave it out.
    public var name: String?
    /// The places along x.
    public var x: [Double]
    /// The lower curve; NaN is a gap.
    public var lower: [Double]
    /// The upper curve; NaN is a gap.
    public var upper: [Double]
    /// The colour, drawn faintly.
    public var color: Color
    /// How much of what lies below is covered, from 0 to 1.
    public var opacity = 0.2

    /// Makes a band.
    public init(
      _ name: String? = nil, x: [Double], lower: [Double], upper: [Double],
      color: Color = Palette.color(0)
    ) {
      self.name = name
      self.x = x
      self.lower = lower
      self.upper = upper
      self.color = color
    }
  }

  /// The lines, drawn in this order.
  public var series: [Series]
  /// The bands, drawn behind all lines.
  public var bands: [Band]
  /// The coloured stretches, drawn behind all bands.
  public var regions: [Region]
  /// Places along x that are marked by a dashed line from the bottom to the top.
  public var marks: [Double] = []
  /// The words above the plotting area.
  public var title: String?
  /// The axis below.
  public var xAxis: Axis
  /// The axis on the left.
  public var yAxis: Axis

  /// Makes a chart.
  public init(
    _ series: [Series], bands: [Band] = [], regions: [Region] = [], title: String? = nil,
    xAxis: Axis = Axis(), yAxis: Axis = Axis()
  ) {
    self.series = series
    self.bands = bands
    self.regions = regions
    self.title = title
    self.xAxis = xAxis
    self.yAxis = yAxis
  }

  /// Lines at the ticks of y.
  public var gridLines: GridLines { .horizontal }

  /// The extents of all lines and bands.
  ///
  /// - Throws: ``PlotError`` when there is no finite point, or when a line or band has not one value
  ///   for each place.
  public func dataBounds() throws -> DataBounds {
    for line in series { try checkCount(line.y.count, line.x.count, of: line.name) }
    for band in bands {
      try checkCount(band.lower.count, band.x.count, of: band.name)
      try checkCount(band.upper.count, band.x.count, of: band.name)
    }
    let places = [series.map(\.x), bands.map(\.x)].joined().joined()
    let values = [series.map(\.y), bands.map(\.lower), bands.map(\.upper)].joined().joined()
    guard let x = DataBounds.range(of: places, on: xAxis),
      let y = DataBounds.range(of: values, on: yAxis)
    else { throw PlotError.noData(chart: chartName, what: "point with finite coordinates") }
    // Marks at the ends of a line reach beyond it.
    let hasMarkers = series.contains { $0.marker != nil }
    return DataBounds(x: x, y: y, xPadding: hasMarkers ? 0.02 : 0, yPadding: 0.05)
  }

  /// The legend, where there is more than one name.
  public func aside() -> (any Aside)? {
    let lines = series.enumerated().compactMap { index, line in
      line.name.map { name in
        Legend.Entry(
          name, color: color(index),
          symbol: line.width == 0 && line.marker != nil
            ? .marker(line.marker!) : .line(dash: line.dash))
      }
    }
    let areas = bands.compactMap { band in
      band.name.map { Legend.Entry($0, color: band.color.opacity(band.opacity)) }
    }
    let stretches = regions.compactMap { region in
      region.name.map { Legend.Entry($0, color: region.color) }
    }
    let entries = lines + areas + stretches
    return entries.count > 1 ? Legend(entries) : nil
  }

  /// Draws regions, then bands, then lines, then marks.
  public func drawContent(on canvas: Canvas, in area: PlotArea) {
    drawRegions(on: canvas, in: area)
    canvas.verticalMarks(marks, in: area)
    for band in bands {
      let places = zip(band.x, zip(band.lower, band.upper))
        .map { (lower: area.point($0, $1.0), upper: area.point($0, $1.1)) }
      let runs = places.split { !($0.lower.isDrawable && $0.upper.isDrawable) }
      for run in runs {
        canvas.polygon(
          run.map(\.lower) + run.map(\.upper).reversed(),
          fill: band.color.opacity(band.opacity))
      }
    }
    for (index, line) in series.enumerated() {
      let points = zip(line.x, line.y).map { area.point($0, $1) }
      if line.width > 0 {
        let stroke = Stroke(color(index), width: line.width, dash: line.dash)
        for run in points.split(whereSeparator: { !$0.isDrawable }) {
          canvas.longLine(thinned(run, columnWidth: 1 / canvas.scale), stroke)
        }
      }
      if let marker = line.marker {
        for point in points where point.isDrawable {
          canvas.marker(
            marker, at: point, radius: 3, fill: color(index), stroke: Stroke(.white, width: 0.75))
        }
      }
    }
  }

  private func color(_ index: Int) -> Color { series[index].color ?? Palette.color(index) }

  private func checkCount(_ found: Int, _ expected: Int, of name: String?) throws {
    guard found != expected else { return }
    let what = name.map { "values of \($0)" } ?? "values"
    throw PlotError.mismatch(chart: chartName, what: what, expected: expected, found: found)
  }
}

extension Point {
  /// Whether both coordinates are numbers.
  var isDrawable: Bool { x.isFinite && y.isFinite }
}
