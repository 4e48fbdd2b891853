/// Areas that lie on each other over a common x axis: the shares or probabilities that make up a whole.
///
/// ```swift
/// try AreaChart(
///   [.init("storm", storm, color: .black), .init("calm", calm, color: .missing)], x: days,
///   title: "Probability", xAxis: .dates(), yAxis: .linear(range: 0...1)
/// ).write(to: "regimes.svg")
/// ```
public struct AreaChart: Panel {
  /// One of the parts of the whole.
  public struct Area: Sendable, Equatable {
    /// The name in the legend; nil to leave it out.
    public var name: String?
    /// The height at every place, not negative; NaN is a gap in all areas.
    public var values: [Double]
    /// The colour.
    public var color: Color

    /// Makes an area.
    public init(_ name: String? = nil, _ values: [Double], color: Color) {
      self.name = name
      self.values = values
      self.color = color
    }
  }

  /// The areas, from the bottom; the legend lists them from the top, as they lie.
  public var areas: [Area]
  /// The places along x, in ascending order.
  public var x: [Double]
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
    _ areas: [Area], x: [Double], title: String? = nil, xAxis: Axis = Axis(), yAxis: Axis = Axis()
  ) {
    self.areas = areas
    self.x = x
    self.title = title
    self.xAxis = xAxis
    self.yAxis = yAxis
  }

  /// From nothing to the highest sum.
  ///
  /// - Throws: ``PlotError`` when there is no place where all areas are finite, an area has not one
  ///   value for each place, or one is negative.
  public func dataBounds() throws -> DataBounds {
    for area in areas {
      guard area.values.count == x.count else {
        throw PlotError.mismatch(
          chart: chartName, what: area.name.map { "values of \($0)" } ?? "values",
          expected: x.count, found: area.values.count)
      }
      if let value = area.values.first(where: { $0 < 0 }) {
        throw PlotError.badValue(
          chart: chartName, what: "a value of \(area.name ?? "an area")", value: value,
          requirement: "0 or more")
      }
    }
    let sums = edges().last ?? []
    let known = x.indices.filter { x[$0].isFinite && sums[$0].isFinite }
    guard !areas.isEmpty, let places = DataBounds.range(of: known.map { x[$0] }, on: xAxis) else {
      throw PlotError.noData(chart: chartName, what: "place with finite values")
    }
    return DataBounds(x: places, y: 0...(known.map { sums[$0] }.max() ?? 0))
  }

  /// The legend, where there is more than one name.
  public func aside() -> (any Aside)? {
    let entries = areas.reversed().compactMap { area in
      area.name.map { Legend.Entry($0, color: area.color) }
    }
    return entries.count > 1 ? Legend(entries) : nil
  }

  /// Draws the areas, the highest edge first: what lies below covers what it must not reach.
  public func drawContent(on canvas: Canvas, in area: PlotArea) {
    let edges = edges()
    for (index, edge) in edges.enumerated().dropFirst().reversed() {
      let runs = x.indices.split { !(x[$0].isFinite && edges[edges.count - 1][$0].isFinite) }
      for run in runs {
        let top = thinned(
          run.map { area.point(x[$0], edge[$0]) }[...], columnWidth: 1 / canvas.scale)
        let floor = area.y(0)
        // A lone place is as wide as a line.
        let half = top.count == 1 ? 1.0 : 0
        canvas.polygon(
          [Point(top[0].x - half, floor), Point(top[0].x - half, top[0].y)] + top
            + [Point(top[top.count - 1].x + half, top[top.count - 1].y)]
            + [Point(top[top.count - 1].x + half, floor)],
          fill: areas[index - 1].color)
      }
    }
    canvas.verticalMarks(marks, in: area)
  }

  /// The heights at which areas begin and end: nothing, the first, the first two, to the sum of all.
  private func edges() -> [[Double]] {
    areas.reduce(into: [[Double](repeating: 0, count: x.count)]) { edges, area in
      edges.append(zip(edges[edges.count - 1], area.values).map { $0 + $1 })
    }
  }
}
