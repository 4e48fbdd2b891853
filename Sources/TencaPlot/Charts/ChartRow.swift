/// Charts beside each other, equally wide.
///
/// ```swift
/// try ChartRow([before, after]).write(to: "effect.png")
/// ```
public struct ChartRow: Chart {
  /// The charts, from the left.
  public var charts: [any Chart]

  /// Makes a row.
  public init(_ charts: [any Chart]) { self.charts = charts }

  private static let gap = 20.0

  /// As wide as the charts together, as high as the highest.
  public var preferredSize: Size {
    let sizes = charts.map(\.preferredSize)
    return Size(
      sizes.reduce(0) { $0 + $1.width } + Self.gap * Double(max(charts.count - 1, 0)),
      sizes.map(\.height).max() ?? 0)
  }

  /// Draws the charts so that together they fill `rect`.
  ///
  /// - Throws: ``PlotError`` when there are no charts, and what the charts throw.
  public func draw(on canvas: Canvas, in rect: Rect) throws {
    guard !charts.isEmpty else { throw PlotError.noData(chart: "row", what: "chart") }
    let width = (rect.width - Self.gap * Double(charts.count - 1)) / Double(charts.count)
    for (index, chart) in charts.enumerated() {
      let slot = Rect(
        x: rect.x + (width + Self.gap) * Double(index), y: rect.y, width: width,
        height: rect.height)
      try chart.draw(on: canvas, in: slot)
    }
  }
}
