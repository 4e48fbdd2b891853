/// Charts above each other, each with its own axes; ``StackedChart`` is for panels that share one.
///
/// ```swift
/// try ChartColumn([wholeCentury, lastMonth]).write(to: "prices.pdf")
/// ```
public struct ChartColumn: Chart {
  /// The charts, from the top.
  public var charts: [any Chart]

  /// Makes a column.
  public init(_ charts: [any Chart]) { self.charts = charts }

  private static let gap = 20.0

  /// As high as the charts together, as wide as the widest.
  public var preferredSize: Size {
    let sizes = charts.map(\.preferredSize)
    return Size(
      sizes.map(\.width).max() ?? 0,
      sizes.reduce(0) { $0 + $1.height } + Self.gap * Double(max(charts.count - 1, 0)))
  }

  /// Draws the charts so that together they fill `rect`.
  ///
  /// - Throws: ``PlotError`` when there are no charts, and what the charts throw.
  public func draw(on canvas: Canvas, in rect: Rect) throws {
    guard !charts.isEmpty else { throw PlotError.noData(chart: "column", what: "chart") }
    for (chart, slot) in zip(charts, slots(in: rect)) { try chart.draw(on: canvas, in: slot) }
  }

  /// The parts of `rect` that the charts fill, as high in proportion as they prefer to be.
  public func slots(in rect: Rect) -> [Rect] {
    let heights = charts.map(\.preferredSize.height)
    let room = max(0, rect.height - Self.gap * Double(max(charts.count - 1, 0)))
    let share = room / max(heights.reduce(0, +), 1)
    var top = rect.y
    return heights.map { height in
      defer { top += height * share + Self.gap }
      return Rect(x: rect.x, y: top, width: rect.width, height: height * share)
    }
  }
}
