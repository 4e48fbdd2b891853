internal import CCairo
internal import TencaNumerics

/// A surface to draw on, in points from the top left corner.
///
/// The same drawing becomes a PNG, an SVG or a PDF. Only this type and its extensions know the
/// drawing library.
///
/// ```swift
/// try Canvas.render(to: "cross.svg", width: 100, height: 100) { canvas in
///   canvas.line(from: Point(0, 0), to: Point(100, 100), Stroke(.black))
///   canvas.line(from: Point(0, 100), to: Point(100, 0), Stroke(.black))
/// }
/// ```
public final class Canvas {
  /// The width and height, in points.
  public let size: Size
  /// The pixels to a point in a PNG, and in images inside the other formats.
  public let scale: Double

  let format: PictureFormat
  let context: OpaquePointer
  private let surface: OpaquePointer
  private let output = ByteSink()
  /// What the picture shows, in a few words: its name in PDF viewers and for screen readers.
  public var title: String?
  /// Every text drawn so far and where it stands.
  var placedTexts: [PlacedText] = []

  /// The most pixels a side may have; the drawing library's own limit is 32767.
  static let pixelLimit = 16384

  /// Makes a white canvas.
  ///
  /// - Throws: ``PlotError/badSize(width:height:pixelLimit:)`` or
  ///   ``PlotError/drawingFailed(reason:)``.
  init(format: PictureFormat, size: Size, scale: Double = 2) throws {
    let width = (size.width * scale).rounded()
    let height = (size.height * scale).rounded()
    let allowed = 1...Double(Self.pixelLimit)
    guard allowed.contains(width), allowed.contains(height) else {
      throw PlotError.badSize(width: width, height: height, pixelLimit: Self.pixelLimit)
    }
    self.format = format
    self.size = size
    self.scale = scale
    let closure = Unmanaged.passUnretained(output).toOpaque()
    surface =
      switch format {
      case .png: cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
      case .svg:
        cairo_svg_surface_create_for_stream(appendToByteSink, closure, size.width, size.height)
      case .pdf:
        cairo_pdf_surface_create_for_stream(appendToByteSink, closure, size.width, size.height)
      }
    context = cairo_create(surface)
    if format == .png { cairo_scale(context, scale, scale) }
    prepareText()
    rectangle(Rect(x: 0, y: 0, width: size.width, height: size.height), fill: .white)
    try Self.check(cairo_status(context))
  }

  deinit {
    cairo_destroy(context)
    // Finishing still writes to `output`, which therefore must outlive it.
    withExtendedLifetime(output) {
      cairo_surface_finish(surface)
      cairo_surface_destroy(surface)
    }
  }

  /// Draws a picture and puts it at `path`, in the format that the extension names.
  ///
  /// - Parameters:
  ///   - path: The destination, ending in .png, .svg or .pdf. A file there is replaced once the
  ///     picture is complete.
  ///   - width: The width in points.
  ///   - height: The height in points.
  ///   - scale: The pixels to a point.
  ///   - draw: Draws on the canvas that it is given.
  /// - Throws: ``PlotError``, and whatever `draw` throws.
  public static func render(
    to path: String, width: Double, height: Double, scale: Double = 2,
    _ draw: (Canvas) throws -> Void
  ) throws {
    let format = try PictureFormat(path: path)
    let bytes = try encode(as: format, size: Size(width, height), scale: scale, draw)
    do {
      try ReplacingFile.write(bytes, to: path)
    } catch let error as ReplacingFileError {
      throw PlotError.unwritable(path: path, reason: error.reason)
    }
  }

  /// The bytes of a picture, for programs that do not want a file.
  ///
  /// - Throws: ``PlotError``, and whatever `draw` throws.
  public static func encode(
    as format: PictureFormat, size: Size, scale: Double = 2, _ draw: (Canvas) throws -> Void
  ) throws -> [UInt8] {
    let canvas = try Canvas(format: format, size: size, scale: scale)
    try draw(canvas)
    return try canvas.finished()
  }

  /// Ends the drawing and returns the file's bytes.
  private func finished() throws -> [UInt8] {
    try Self.check(cairo_status(context))
    if format == .pdf, let title {
      cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
    }
    if format == .png {
      let closure = Unmanaged.passUnretained(output).toOpaque()
      try Self.check(cairo_surface_write_to_png_stream(surface, appendToByteSink, closure))
    } else {
      cairo_surface_finish(surface)
      try Self.check(cairo_surface_status(surface))
    }
    return format == .svg
      ? describingSVG(output.bytes, title: title, words: placedTexts.map(\.string)) : output.bytes
  }

  private static func check(_ status: cairo_status_t) throws {
    guard status != CAIRO_STATUS_SUCCESS else { return }
    throw PlotError.drawingFailed(reason: String(cString: cairo_status_to_string(status)))
  }
}

/// Collects what the drawing library writes.
private final class ByteSink {
  var bytes: [UInt8] = []
}

/// Appends `length` bytes at `data` to the ``ByteSink`` that `closure` points to.
private func appendToByteSink(
  closure: UnsafeMutableRawPointer?, data: UnsafePointer<UInt8>?, length: UInt32
) -> cairo_status_t {
  guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
  let sink = Unmanaged<ByteSink>.fromOpaque(closure).takeUnretainedValue()
  sink.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
  return CAIRO_STATUS_SUCCESS
}
