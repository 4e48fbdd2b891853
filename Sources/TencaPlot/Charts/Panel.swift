/// A chart with a plotting area between two axes. Panels can be stacked over a shared x axis.
///
/// A new kind of panel says what its data need (``dataBounds()``) and draws them
/// (``drawContent(on:in:)``); title, axes, grid and margins are drawn for it.
public protocol Panel: Chart {
  /// The words above the plotting area.
  var title: String? { get set }
  /// The axis below the plotting area.
  var xAxis: Axis { get set }
  /// The axis on the left.
  var yAxis: Axis { get set }

  /// The values that both axes must show where the caller gave no range.
  ///
  /// - Throws: ``PlotError`` when the data are empty or do not fit together.
  func dataBounds() throws -> DataBounds

  /// Draws the data; everything outside the plotting area is cut away.
  func drawContent(on canvas: Canvas, in area: PlotArea) throws

  /// What stands to the right of the plotting area: a legend or a colour bar.
  func aside() throws -> (any Aside)?

  /// The lines behind the data.
  var gridLines: GridLines { get }

  /// The width of the plotting area divided by its height; nil where it may fill all room.
  var aspectRatio: Double? { get }
}

extension Panel {
  /// No aside.
  public func aside() throws -> (any Aside)? { nil }
  /// No grid.
  public var gridLines: GridLines { .none }
  /// Any ratio.
  public var aspectRatio: Double? { nil }

  /// Draws the panel so that it fills `rect`.
  public func draw(on canvas: Canvas, in rect: Rect) throws {
    let layout = try PanelLayout(self, on: canvas)
    try layout.draw(in: rect, insets: layout.insets(in: rect.size))
  }

  /// The chart's name in errors.
  var chartName: String { title ?? "\(Self.self)" }
}

/// The extents of a panel's data.
public struct DataBounds: Sendable, Equatable {
  /// The values along x.
  public var x: ClosedRange<Double>
  /// The values along y.
  public var y: ClosedRange<Double>
  /// The room beyond the data at both ends of x, as a fraction of the axis.
  public var xPadding: Double
  /// The room beyond the data at both ends of y, as a fraction of the axis.
  public var yPadding: Double

  /// Makes bounds.
  public init(
    x: ClosedRange<Double>, y: ClosedRange<Double>, xPadding: Double = 0, yPadding: Double = 0
  ) {
    self.x = x
    self.y = y
    self.xPadding = xPadding
    self.yPadding = yPadding
  }

  /// The smallest and largest of the finite values, or of the positive ones among them where
  /// `axis` is logarithmic; nil where there are none.
  static func range(of values: some Sequence<Double>, on axis: Axis) -> ClosedRange<Double>? {
    let positiveOnly = axis.kind == .logarithmic
    var low = Double.infinity
    var high = -Double.infinity
    for value in values where value.isFinite && (!positiveOnly || value > 0) {
      low = min(low, value)
      high = max(high, value)
    }
    return low <= high ? low...high : nil
  }
}

/// The directions of the lines behind the data.
public enum GridLines: Sendable {
  /// No lines.
  case none
  /// Lines at the ticks of y.
  case horizontal
  /// Lines at the ticks of x.
  case vertical
  /// Lines at all ticks.
  case both
}

/// What stands to the right of a plotting area.
public protocol Aside: Sendable {
  /// The room it takes to the right, in points.
  func width(on canvas: Canvas, height: Double) throws -> Double
  /// Draws it in a rectangle as high as the plotting area.
  func draw(on canvas: Canvas, in rect: Rect) throws
}

/// The rectangle that data are drawn in, and where values lie in it.
public struct PlotArea {
  /// The rectangle on the canvas.
  public let rect: Rect
  let xScale: Scale
  let yScale: Scale

  /// The place of the values (`x`, `y`); infinities and values far off lie well outside.
  public func point(_ x: Double, _ y: Double) -> Point { Point(self.x(x), self.y(y)) }

  /// The place of the value `x` from left to right.
  public func x(_ x: Double) -> Double { rect.x + rect.width * bounded(xScale.fraction(of: x)) }

  /// The place of the value `y` from top to bottom.
  public func y(_ y: Double) -> Double { rect.maxY - rect.height * bounded(yScale.fraction(of: y)) }

  /// The drawing library counts in 24 bits; far outside, one place is as good as another.
  private func bounded(_ fraction: Double) -> Double { min(max(fraction, -20), 21) }
}
