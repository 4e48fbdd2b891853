/// Horizontal bars with their values: the posteriors of the classes, the importance of features.
///
/// A value that is NaN has no bar and the words "n/a"; infinities reach the edge.
public struct BarChart: Panel {
  /// The values, from the top.
  public var values: [Double]
  /// The words above the plotting area.
  public var title: String?
  /// The axis of values.
  public var xAxis: Axis
  /// The axis of names.
  public var yAxis: Axis
  /// The bars' colour.
  public var color: Color
  /// The bars that are drawn strongly while all others are pale; empty for all alike.
  public var highlighted: Set<Int>

  /// Makes a chart with one bar for each of `names`, from the top.
  public init(
    _ values: [Double], names: [String], title: String? = nil, xAxis: Axis = Axis(),
    color: Color = Palette.color(0), highlighted: Set<Int> = []
  ) {
    self.values = values
    self.title = title
    self.xAxis = xAxis
    self.color = color
    self.highlighted = highlighted
    yAxis = Axis(kind: .categories(names), isReversed: true)
  }

  /// High enough for every bar to be read.
  public var preferredSize: Size { Size(560, 90 + 24 * Double(max(values.count, 3))) }

  /// Lines at the ticks of x.
  public var gridLines: GridLines { .vertical }

  /// The extents of the bars, zero included.
  ///
  /// - Throws: ``PlotError`` when there are no bars, not one for each name, or a logarithmic axis.
  public func dataBounds() throws -> DataBounds {
    guard !values.isEmpty else { throw PlotError.noData(chart: chartName, what: "bar") }
    if case .categories(let names) = yAxis.kind, names.count != values.count {
      throw PlotError.mismatch(
        chart: chartName, what: "values", expected: names.count, found: values.count)
    }
    guard xAxis.kind == .linear else {
      throw PlotError.badValue(
        chart: chartName, what: "the start of the bars", value: 0,
        requirement: "on the axis: use a linear one")
    }
    let finite = DataBounds.range(of: values, on: xAxis) ?? 0...1
    let low = min(0, finite.lowerBound)
    let high = max(0, finite.upperBound)
    return DataBounds(
      x: low...(low == high ? 1 : high), y: -0.5...Double(values.count) - 0.5)
  }

  /// The values, in one column.
  public func aside() -> (any Aside)? {
    ValueColumn(texts: values.map { NumberText.compact($0) }, isReversed: yAxis.isReversed)
  }

  /// Draws the bars.
  public func drawContent(on canvas: Canvas, in area: PlotArea) {
    let slot = area.rect.height / Double(values.count)
    let thickness = max(min(slot * 0.66, 22), min(slot, 1))
    for (index, value) in values.enumerated() where !value.isNaN {
      let middle = area.y(Double(index))
      let isPale = !highlighted.isEmpty && !highlighted.contains(index)
      canvas.rectangle(
        Rect(
          between: Point(area.x(0), canvas.snapped(middle - thickness / 2)),
          and: Point(area.x(value), canvas.snapped(middle + thickness / 2))),
        fill: isPale ? color.opacity(0.35) : color)
    }
    let zero = canvas.snapped(area.x(0))
    canvas.line(
      from: Point(zero, area.rect.y), to: Point(zero, area.rect.maxY), Style.axisLine)
  }
}

/// A column of texts, one beside each category of y.
private struct ValueColumn: Aside {
  let texts: [String]
  let isReversed: Bool

  private func style(_ height: Double) -> TextStyle {
    var style = Style.legend
    let slot = height / Double(texts.count)
    style.size = min(style.size, style.size * slot / style.lineHeight)
    return style
  }

  func width(on canvas: Canvas, height: Double) -> Double {
    texts.map { canvas.width(of: $0, Style.legend) }.max() ?? 0
  }

  func draw(on canvas: Canvas, in rect: Rect) {
    let style = style(rect.height)
    guard style.size >= Style.smallestText else { return }
    let slot = rect.height / Double(texts.count)
    for (index, text) in (isReversed ? texts : texts.reversed()).enumerated() {
      canvas.text(
        text, at: Point(rect.maxX, rect.y + (Double(index) + 0.5) * slot), style,
        anchor: TextAnchor(.trailing, .middle))
    }
  }
}
