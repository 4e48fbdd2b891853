/// A panel with its axes fitted to its data: measures the room around the plotting area and draws
/// what stands there.
struct PanelLayout {
  let panel: any Panel
  let canvas: Canvas
  let xScale: Scale
  let yScale: Scale
  let aside: (any Aside)?
  /// Whether the x axis has tick labels and a label; in a stack, only the lowest panel does.
  let labelsX: Bool

  /// Fits the axes.
  ///
  /// - Throws: ``PlotError`` for data or ranges that cannot be drawn.
  init(_ panel: any Panel, on canvas: Canvas, labelsX: Bool = true) throws {
    self.panel = panel
    self.canvas = canvas
    self.labelsX = labelsX
    let bounds = try panel.dataBounds()
    let name = panel.chartName
    xScale = try Scale(panel.xAxis, data: bounds.x, padding: bounds.xPadding, chart: name)
    yScale = try Scale(panel.yAxis, data: bounds.y, padding: bounds.yPadding, chart: name)
    aside = try panel.aside()
  }

  /// The room around the plotting area of a panel of the given size.
  func insets(in size: Size) throws -> Insets {
    var insets = Insets(top: topInset, left: 50, bottom: 40, right: 20)
    // The labels chosen depend on the room they leave, and the reverse; twice settles it.
    for _ in 0..<2 {
      let plot = plotArea(in: Rect(x: 0, y: 0, width: size.width, height: size.height), insets)
      let x = xTicks(plot)
      let y = yTicks(plot)
      insets.left = max(labelRoom(panel.yAxis) + y.depth, labelsX ? x.overhang.left : 0)
      insets.bottom = labelsX ? labelRoom(panel.xAxis) + x.depth : 0
      // A lowest tick label of y stands half below the plotting area.
      insets.bottom = max(insets.bottom, canvas.capitalHeight(Style.tickLabel) / 2)
      insets.right = max(labelsX ? x.overhang.right : 0, 2)
      if let aside {
        let width = try aside.width(on: canvas, height: plot.height)
        if width > 0 { insets.right = max(insets.right, width + Style.asideGap) }
      }
    }
    return insets
  }

  /// The plotting area when `insets` are kept free around it.
  func plotArea(in rect: Rect, _ insets: Insets) -> Rect {
    var plot = rect.inset(by: insets)
    plot.width = max(plot.width, 1)
    plot.height = max(plot.height, 1)
    if let ratio = panel.aspectRatio {
      let width = min(plot.width, plot.height * ratio)
      plot.x += (plot.width - width) / 2
      plot.y += (plot.height - width / ratio) / 2
      plot.width = width
      plot.height = width / ratio
    }
    // Whole points, so that edges and thin lines fall on pixels.
    let x = plot.x.rounded()
    let y = plot.y.rounded()
    return Rect(
      x: x, y: y, width: max(1, plot.maxX.rounded(.down) - x),
      height: max(1, plot.maxY.rounded(.down) - y))
  }

  /// Draws the panel in `rect` with `insets` around its plotting area.
  func draw(in rect: Rect, insets: Insets) throws {
    let plot = plotArea(in: rect, insets)
    let x = xTicks(plot)
    let y = yTicks(plot)
    drawGrid(plot, x, y)
    let area = PlotArea(rect: plot, xScale: xScale, yScale: yScale)
    try canvas.clipped(to: plot) { try panel.drawContent(on: canvas, in: area) }
    drawXAxis(plot, x)
    drawYAxis(plot, y)
    if let title = panel.title {
      canvas.title = canvas.title ?? title
      let style = Style.title
      canvas.text(
        canvas.shortened(title, to: rect.maxX - plot.x, style),
        at: Point(plot.x, plot.y - Style.titleGap), style)
    }
    if let aside {
      let left = plot.maxX + Style.asideGap
      try aside.draw(
        on: canvas,
        in: Rect(x: left, y: plot.y, width: max(0, rect.maxX - left), height: plot.height))
    }
  }

  private var topInset: Double {
    // Even without a title, the highest tick label of y stands half above the plotting area.
    guard panel.title != nil else { return canvas.capitalHeight(Style.tickLabel) / 2 }
    return canvas.capitalHeight(Style.title) + Style.titleGap
  }

  private func labelRoom(_ axis: Axis) -> Double {
    axis.label == nil ? 0 : Style.labelGap + canvas.capitalHeight(Style.axisLabel)
  }

  private func xTicks(_ plot: Rect) -> TickLayout {
    TickLayout(xScale, side: .bottom, length: plot.width, on: canvas)
  }

  private func yTicks(_ plot: Rect) -> TickLayout {
    TickLayout(yScale, side: .left, length: plot.height, on: canvas)
  }
}

/// The lines and words along the axes.
extension PanelLayout {
  private func drawGrid(_ plot: Rect, _ x: TickLayout, _ y: TickLayout) {
    if [.vertical, .both].contains(panel.gridLines) {
      for place in x.ticks.map({ horizontalPlace($0, plot) }) {
        canvas.line(from: Point(place, plot.y), to: Point(place, plot.maxY), Style.gridLine)
      }
    }
    if [.horizontal, .both].contains(panel.gridLines) {
      for place in y.ticks.map({ verticalPlace($0, plot) }) {
        canvas.line(from: Point(plot.x, place), to: Point(plot.maxX, place), Style.gridLine)
      }
    }
  }

  private func drawXAxis(_ plot: Rect, _ layout: TickLayout) {
    canvas.line(from: Point(plot.x, plot.maxY), to: Point(plot.maxX, plot.maxY), Style.axisLine)
    guard labelsX else { return }
    let hasMarks = !panel.xAxis.isCategorical
    for tick in layout.ticks {
      let place = horizontalPlace(tick, plot)
      let end = plot.maxY + Style.tickLength
      if hasMarks {
        canvas.line(from: Point(place, plot.maxY), to: Point(place, end), Style.axisLine)
      }
      let anchor: TextAnchor =
        switch layout.rotation {
        case 0: TextAnchor(.center, .top)
        case 90: TextAnchor(.trailing, .middle)
        default: TextAnchor(.trailing, .top)
        }
      canvas.text(
        tick.label, at: Point(place, end + Style.tickGap), layout.style, anchor: anchor,
        rotation: layout.rotation)
    }
    if let label = panel.xAxis.label {
      let style = Style.axisLabel
      canvas.text(
        canvas.shortened(label, to: plot.width, style),
        at: Point(plot.midX, plot.maxY + layout.depth + Style.labelGap), style,
        anchor: TextAnchor(.center, .top))
    }
  }

  private func drawYAxis(_ plot: Rect, _ layout: TickLayout) {
    let hasMarks = !panel.yAxis.isCategorical && panel.gridLines == .none
    for tick in layout.ticks {
      let place = verticalPlace(tick, plot)
      if hasMarks {
        canvas.line(
          from: Point(plot.x - Style.tickLength, place), to: Point(plot.x, place), Style.axisLine)
      }
      canvas.text(
        tick.label, at: Point(plot.x - Style.tickLength - Style.tickGap, place), layout.style,
        anchor: TextAnchor(.trailing, .middle))
    }
    if let label = panel.yAxis.label {
      let style = Style.axisLabel
      canvas.text(
        canvas.shortened(label, to: plot.height, style),
        at: Point(plot.x - layout.depth - Style.labelGap, plot.midY), style,
        anchor: TextAnchor(.center, .baseline), rotation: 90)
    }
  }

  private func horizontalPlace(_ tick: Tick, _ plot: Rect) -> Double {
    canvas.snapped(plot.x + plot.width * xScale.fraction(of: tick.value))
  }

  private func verticalPlace(_ tick: Tick, _ plot: Rect) -> Double {
    canvas.snapped(plot.maxY - plot.height * yScale.fraction(of: tick.value))
  }
}
