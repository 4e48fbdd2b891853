public import TencaNumerics

/// How often each actual class was taken for each class: counts as numbers, shares as shade.
///
/// Rows are actual classes and columns predicted ones. The shade is the share of the actual class, so
/// that a rare class is judged like a common one; a class that never occurs is grey.
public struct ConfusionMatrixPlot: Panel {
  /// The counts, actual × predicted.
  public var counts: NDArray<Double>
  /// The names of the classes.
  public var classes: [String]
  /// The words above the plotting area.
  public var title: String?
  /// The axis of predicted classes.
  public var xAxis: Axis
  /// The axis of actual classes.
  public var yAxis: Axis
  /// The colours of shares from 0 to 1.
  public var colorMap: ColorMap = .tide

  /// Makes a plot of `counts`, actual × predicted, in the order of `classes`.
  public init(
    _ counts: NDArray<some NumericScalar>, classes: [String], title: String? = nil
  ) {
    self.counts = counts.converted()
    self.classes = classes
    self.title = title
    xAxis = .categories("Predicted", classes)
    yAxis = Axis("Actual", kind: .categories(classes), isReversed: true)
  }

  /// Square cells.
  public var aspectRatio: Double? { 1 }

  /// Large enough for the numbers in the cells to be read.
  public var preferredSize: Size {
    let cell = min(max(400 / Double(max(classes.count, 1)), 19), 64)
    let side = max(cell * Double(classes.count), 220)
    return Size(side + 220, side + 150)
  }

  /// The extents of the cells.
  ///
  /// - Throws: ``PlotError`` for an empty matrix, another number of names than of rows or columns, or
  ///   a count that is negative or not finite.
  public func dataBounds() throws -> DataBounds {
    guard counts.rank == 2, !counts.isEmpty else {
      throw PlotError.noData(chart: chartName, what: "matrix of counts")
    }
    for (what, length) in [("rows", counts.rows), ("columns", counts.columns)]
    where length != classes.count {
      throw PlotError.mismatch(
        chart: chartName, what: "\(what) of counts", expected: classes.count, found: length)
    }
    if let bad = counts.elements.first(where: { !($0 >= 0 && $0.isFinite) }) {
      throw PlotError.badValue(
        chart: chartName, what: "a count", value: bad, requirement: "finite and not negative")
    }
    let cells = -0.5...Double(classes.count) - 0.5
    return DataBounds(x: cells, y: cells)
  }

  /// The colour bar.
  public func aside() -> (any Aside)? {
    ColorBar(colorMap, range: 0...1, label: "Share of the actual class")
  }

  /// Draws the cells and their counts.
  public func drawContent(on canvas: Canvas, in area: PlotArea) {
    let order = classes.count
    let shares = shareMatrix()
    let colors = shares.map { colorMap[$0] }
    drawCells(colors, on: canvas, in: area)

    let setting = CountSetting(
      counts.elements, cell: area.rect.width / Double(order), on: canvas)
    guard let setting else { return }
    for (index, count) in counts.elements.enumerated() where count > 0 {
      canvas.text(
        setting.text(count), at: area.point(Double(index % order), Double(index / order)),
        TextStyle(size: setting.size, color: colors[index].readableText),
        anchor: TextAnchor(.center, .middle))
    }
  }

  /// The share of each count in its row; NaN in rows without any.
  func shareMatrix() -> [Double] {
    let order = classes.count
    let elements = counts.elements
    return (0..<order).flatMap { row -> [Double] in
      let line = elements[row * order..<(row + 1) * order]
      // Dividing first keeps the sum finite, however large the counts.
      let largest = line.max() ?? 0
      let total = line.reduce(0) { $0 + $1 / largest }
      return line.map { $0 / largest / total }
    }
  }

  /// Draws the cells apart from each other, where there is room for gaps.
  private func drawCells(_ colors: [Color], on canvas: Canvas, in area: PlotArea) {
    let order = classes.count
    let cell = area.rect.width / Double(order)
    let gap = cell >= 24 ? 1 : cell >= 6 ? 1 / canvas.scale : 0
    // Edges on pixels: shared between neighbours they would be blended, and gaps uneven.
    let edges = (0...order).map { canvas.snapped(area.rect.x + Double($0) * cell) }
    let shift = area.rect.y - area.rect.x
    for row in 0..<order {
      for column in 0..<order {
        let corner = Point(edges[column], edges[row] + shift)
        let opposite = Point(edges[column + 1] - gap, edges[row + 1] + shift - gap)
        canvas.rectangle(Rect(between: corner, and: opposite), fill: colors[row * order + column])
      }
    }
  }
}

/// How counts are set so that each fits into its cell.
private struct CountSetting {
  let size: Double
  /// Whether thousands are written as "12k".
  let isShort: Bool

  private static let largest = 13.0
  /// Thousands are shortened before the size falls below this.
  private static let comfortable = 8.0
  private static let smallest = 5.5

  /// Nil where cells are too small for numbers that can be read.
  init?(_ counts: [Double], cell: Double, on canvas: Canvas) {
    let largest = min(Self.largest, cell * 0.42)
    func fittingSize(isShort: Bool) -> Double {
      let texts = Set(counts.map { Self.text($0, isShort: isShort) })
      let widest = texts.map { canvas.width(of: $0, TextStyle(size: largest)) }.max() ?? 0
      return largest * min(1, cell * 0.86 / widest)
    }
    let whole = fittingSize(isShort: false)
    let short = fittingSize(isShort: true)
    isShort = whole < Self.comfortable && short > whole
    size = isShort ? short : whole
    if size < Self.smallest { return nil }
  }

  func text(_ count: Double) -> String { Self.text(count, isShort: isShort) }

  private static func text(_ count: Double, isShort: Bool) -> String {
    if isShort && (1000..<1e6).contains(count) {
      return NumberText.compact(count / 1000, significant: 2) + "k"
    }
    return NumberText.compact(count, significant: isShort ? 2 : 6)
  }
}
