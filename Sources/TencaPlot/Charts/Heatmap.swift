public import TencaNumerics

/// A matrix as an image: spectrograms, posteriors, transition matrices, distances.
///
/// NaN is drawn grey, infinities in the colours of the ends of the range. Where a pixel covers
/// several cells, ``pooling`` says what it shows, so that an hour of frames takes no longer to draw
/// than to read.
///
/// ```swift
/// try Heatmap(
///   decibels, title: "dog.wav", xAxis: .linear("Time (s)"),
///   yAxis: .centers("Frequency (Hz)", melCenters), xExtent: 0...3.2, valueLabel: "Level (dB)"
/// ).write(to: "spectrogram.png")
/// ```
public struct Heatmap: Panel {
  /// How the matrix lies on the page.
  public enum Orientation: Sendable {
    /// Rows run to the right and columns upwards: frames × bins as a spectrogram.
    case rowsRightward
    /// Rows run downwards and columns to the right: a matrix as it is written. The y axis that a
    /// heatmap is made with is reversed.
    case rowsDownward
  }

  /// The matrix.
  public var values: NDArray<Float>
  /// How the matrix lies on the page.
  public let orientation: Orientation
  /// The words above the plotting area.
  public var title: String?
  /// The axis below.
  public var xAxis: Axis
  /// The axis on the left.
  public var yAxis: Axis
  /// The values of x at the outer edges of the first and last cells; nil counts cells from 0, each
  /// index in the middle of its cell. Axes of centres and categories have their own.
  public var xExtent: ClosedRange<Double>?
  /// The values of y at the outer edges of the first and last cells; see ``xExtent``.
  public var yExtent: ClosedRange<Double>?
  /// The colours.
  public var colorMap: ColorMap
  /// The values of the first and last colours; nil for the smallest and largest finite ones.
  public var valueRange: ClosedRange<Double>?
  /// The words beside the colour bar, with the unit.
  public var valueLabel: String?
  /// What a pixel shows of the several cells that it covers.
  public var pooling: Pooling
  /// How cells larger than a pixel are drawn.
  public var scaling: ImageScaling
  /// The width of the plotting area divided by its height; nil where it may fill all room.
  public var aspectRatio: Double?

  /// Makes a heatmap.
  public init(
    _ values: NDArray<some NumericScalar>, orientation: Orientation = .rowsRightward,
    title: String? = nil, xAxis: Axis = Axis(), yAxis: Axis = Axis(),
    xExtent: ClosedRange<Double>? = nil, yExtent: ClosedRange<Double>? = nil,
    colorMap: ColorMap = .dawn, valueRange: ClosedRange<Double>? = nil, valueLabel: String? = nil,
    pooling: Pooling = .maximum, scaling: ImageScaling = .nearest
  ) {
    self.values = singlePrecision(values)
    self.orientation = orientation
    self.title = title
    self.xAxis = xAxis
    self.yAxis = yAxis
    if orientation == .rowsDownward { self.yAxis.isReversed.toggle() }
    self.xExtent = xExtent
    self.yExtent = yExtent
    self.colorMap = colorMap
    self.valueRange = valueRange
    self.valueLabel = valueLabel
    self.pooling = pooling
    self.scaling = scaling
  }

  /// The extents of the cells.
  ///
  /// - Throws: ``PlotError`` for what is not a matrix, an empty one, or an axis that names another
  ///   number of cells.
  public func dataBounds() throws -> DataBounds {
    guard values.rank == 2, !values.isEmpty else {
      throw PlotError.noData(chart: chartName, what: "matrix with rows and columns")
    }
    for (axis, count) in [(xAxis, cells.rows), (yAxis, cells.columns)] {
      let named: Int? =
        switch axis.kind {
        case .centers(let values): values.count
        case .categories(let names): names.count
        case .linear, .logarithmic, .dates: nil
        }
      if let named, named != count {
        throw PlotError.mismatch(
          chart: chartName, what: "places on an axis", expected: count, found: named)
      }
    }
    for extent in [xExtent, yExtent] {
      _ = try extent.map { try Scale(.linear(range: $0), data: $0, chart: chartName) }
    }
    return DataBounds(
      x: extent(xAxis, xExtent, cells.rows), y: extent(yAxis, yExtent, cells.columns))
  }

  /// The colour bar.
  ///
  /// - Throws: ``PlotError/noData(chart:what:)`` when no value is finite.
  public func aside() throws -> (any Aside)? {
    ColorBar(colorMap, range: try shownValues(), label: valueLabel)
  }

  /// Draws the cells.
  public func drawContent(on canvas: Canvas, in area: PlotArea) throws {
    let cells = self.cells
    let across = CellAxis(
      scale: area.xScale, extent: extent(xAxis, xExtent, cells.rows), count: cells.rows)
    let upward = CellAxis(
      scale: area.yScale, extent: extent(yAxis, yExtent, cells.columns), count: cells.columns)
    let pixels = (
      x: Int(area.rect.width * canvas.scale), y: Int(area.rect.height * canvas.scale)
    )
    guard let x = across.sampling(pixels: pixels.x, ascending: true),
      let y = upward.sampling(pixels: pixels.y, ascending: false)
    else { return }

    let range = try shownValues()
    let samples = pooled(cells, rows: x.cells, columns: y.cells, by: pooling)
    let image = colored(samples, width: x.cells.count, height: y.cells.count, range: range)
    let target = Rect(
      between: Point(
        area.rect.x + area.rect.width * x.start, area.rect.maxY - area.rect.height * y.start),
      and: Point(
        area.rect.x + area.rect.width * x.end, area.rect.maxY - area.rect.height * y.end))
    canvas.image(image, in: target, scaling: scaling)
  }

  /// The matrix turned so that rows run along x and columns along y.
  private var cells: NDArray<Float> {
    orientation == .rowsRightward ? values : values.transposed()
  }

  /// The values of the first and last colours.
  private func shownValues() throws -> ClosedRange<Double> {
    guard let finite = finiteRange(of: values) else {
      throw PlotError.noData(chart: chartName, what: "finite value")
    }
    let data = Double(finite.lowerBound)...Double(finite.upperBound)
    return try Scale(.linear(range: valueRange), data: data, chart: chartName).range
  }

  private func extent(_ axis: Axis, _ given: ClosedRange<Double>?, _ count: Int)
    -> ClosedRange<Double>
  {
    axis.isCategorical ? -0.5...Double(count) - 0.5 : given ?? -0.5...Double(count) - 0.5
  }

  /// The image of pooled samples, which run down the image first and then to the right.
  private func colored(_ samples: [Float], width: Int, height: Int, range: ClosedRange<Double>)
    -> PixelImage
  {
    let colors = colorMap.colors.map(\.bytes)
    let missing = Color.missing.bytes
    let last = Double(colors.count - 1)
    let factor = last / (range.upperBound - range.lowerBound)
    var rgb = [UInt8](repeating: 0, count: 3 * width * height)
    for x in 0..<width {
      for y in 0..<height {
        let value = samples[x * height + y]
        let place = min(max((Double(value) - range.lowerBound) * factor, 0), last)
        let color = value.isNaN ? missing : colors[Int(place.rounded())]
        let pixel = 3 * (y * width + x)
        for channel in 0..<3 { rgb[pixel + channel] = color[channel] }
      }
    }
    return PixelImage(width: width, height: height, rgb: rgb)
  }
}
