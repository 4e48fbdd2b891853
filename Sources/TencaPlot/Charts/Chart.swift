/// A picture that is a value: it can be copied, changed and drawn anywhere.
public protocol Chart: Sendable {
  /// The size that suits the chart when nobody names another.
  var preferredSize: Size { get }

  /// Draws the chart so that it fills `rect`.
  ///
  /// - Throws: ``PlotError`` when the data are empty or do not fit together.
  func draw(on canvas: Canvas, in rect: Rect) throws
}

extension Chart {
  /// 720 by 420 points.
  public var preferredSize: Size { Size(720, 420) }

  /// Writes the chart to a file, with a margin around it.
  ///
  /// - Parameters:
  ///   - path: The destination, ending in .png, .svg or .pdf. A file there is replaced once the
  ///     picture is complete.
  ///   - size: The size in points; by default ``preferredSize``.
  ///   - scale: The pixels to a point.
  /// - Throws: ``PlotError``.
  public func write(to path: String, size: Size? = nil, scale: Double = 2) throws {
    let size = size ?? preferredSize
    try Canvas.render(to: path, width: size.width, height: size.height, scale: scale) {
      try draw(on: $0, in: Self.page(size))
    }
  }

  /// The bytes of the chart's picture, with a margin around it.
  ///
  /// - Throws: ``PlotError``.
  public func encoded(as format: PictureFormat, size: Size? = nil, scale: Double = 2) throws
    -> [UInt8]
  {
    let size = size ?? preferredSize
    return try Canvas.encode(as: format, size: size, scale: scale) {
      try draw(on: $0, in: Self.page(size))
    }
  }

  static func page(_ size: Size) -> Rect {
    let margin = Style.pageMargin
    return Rect(x: 0, y: 0, width: size.width, height: size.height)
      .inset(by: Insets(top: margin, left: margin, bottom: margin, right: margin))
  }
}
