/// Points in groups, with ellipses: features of two dimensions, embeddings, mixtures.
///
/// Points with a NaN coordinate are left out; infinities fall outside.
public struct ScatterChart: Panel {
  /// Points of one colour and shape.
  public struct Group: Sendable, Equatable {
    /// The name in the legend; nil to leave it out.
    public var name: String?
    /// The places along x.
    public var x: [Double]
    /// The places along y, one for each of `x`.
    public var y: [Double]
    /// The colour; nil for the next of the palette.
    public var color: Color?
    /// How much a point covers of what lies below, from 0 to 1.
    public var opacity: Double
    /// The points' shape; nil for the next one.
    public var marker: Marker?

    /// Makes a group.
    public init(
      _ name: String? = nil, x: [Double], y: [Double], color: Color? = nil, opacity: Double = 0.6,
      marker: Marker? = nil
    ) {
      self.name = name
      self.x = x
      self.y = y
      self.color = color
      self.opacity = opacity
      self.marker = marker
    }
  }

  /// The points.
  public var groups: [Group]
  /// The ellipses, drawn over the points.
  public var ellipses: [Ellipse]
  /// The words above the plotting area.
  public var title: String?
  /// The axis below.
  public var xAxis: Axis
  /// The axis on the left.
  public var yAxis: Axis
  /// The points' radius, in points of the page.
  public var radius: Double = 3

  /// Makes a chart.
  public init(
    _ groups: [Group], ellipses: [Ellipse] = [], title: String? = nil, xAxis: Axis = Axis(),
    yAxis: Axis = Axis()
  ) {
    self.groups = groups
    self.ellipses = ellipses
    self.title = title
    self.xAxis = xAxis
    self.yAxis = yAxis
  }

  /// Lines at all ticks.
  public var gridLines: GridLines { .both }

  /// The extents of all points and ellipses.
  ///
  /// - Throws: ``PlotError`` when there is no finite point, or when a group has not one y for each x.
  public func dataBounds() throws -> DataBounds {
    for group in groups where group.y.count != group.x.count {
      throw PlotError.mismatch(
        chart: chartName, what: group.name.map { "y values of \($0)" } ?? "y values",
        expected: group.x.count, found: group.y.count)
    }
    let outlines = ellipses.flatMap { $0.outline() }
    let xs = [groups.map(\.x), [outlines.map(\.x)]].joined().joined()
    let ys = [groups.map(\.y), [outlines.map(\.y)]].joined().joined()
    guard let x = DataBounds.range(of: xs, on: xAxis),
      let y = DataBounds.range(of: ys, on: yAxis)
    else { throw PlotError.noData(chart: chartName, what: "point with finite coordinates") }
    return DataBounds(x: x, y: y, xPadding: 0.05, yPadding: 0.05)
  }

  /// The legend, where there is more than one name.
  public func aside() -> (any Aside)? {
    let entries = groups.enumerated().compactMap { index, group in
      group.name.map {
        Legend.Entry($0, color: color(index), symbol: .marker(marker(index)))
      }
    }
    return entries.count > 1 ? Legend(entries) : nil
  }

  /// Draws the points, then the ellipses.
  public func drawContent(on canvas: Canvas, in area: PlotArea) {
    for (index, group) in groups.enumerated() {
      let fill = color(index).opacity(group.opacity)
      let shape = marker(index)
      for point in zip(group.x, group.y).map({ area.point($0, $1) }) where point.isDrawable {
        canvas.marker(shape, at: point, radius: radius, fill: fill)
      }
    }
    for ellipse in ellipses {
      let outline = ellipse.outline().map { area.point($0.x, $0.y) }.filter(\.isDrawable)
      // The pale edge keeps the outline apart from the points beneath.
      canvas.polygon(outline, stroke: Stroke(.white.opacity(0.7), width: 3.5))
      canvas.polygon(outline, stroke: Stroke(ellipse.color, width: 1.5))
    }
  }

  private func color(_ index: Int) -> Color { groups[index].color ?? Palette.color(index) }

  private func marker(_ index: Int) -> Marker {
    groups[index].marker ?? Marker.allCases[index % Marker.allCases.count]
  }
}
