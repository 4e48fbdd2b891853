internal import CCairo

/// A picture made of pixels: three bytes each, red, green, blue, in rows from the top.
public struct PixelImage: Sendable, Equatable {
  /// The pixels in a row.
  public let width: Int
  /// The rows.
  public let height: Int
  /// The bytes, `3 * width * height` of them.
  public var rgb: [UInt8]

  /// Makes a picture from its bytes.
  ///
  /// - Precondition: `rgb` holds `3 * width * height` bytes.
  public init(width: Int, height: Int, rgb: [UInt8]) {
    precondition(
      width >= 0 && height >= 0 && rgb.count == 3 * width * height,
      "\(rgb.count) bytes do not fill \(width) by \(height) pixels")
    self.width = width
    self.height = height
    self.rgb = rgb
  }
}

/// How a picture made of pixels is enlarged.
public enum ImageScaling: Sendable {
  /// Every pixel becomes a rectangle of one colour.
  case nearest
  /// Colours run into each other.
  case smooth
}

extension Canvas {
  /// Draws `image` so that it fills `rect`.
  ///
  /// A side of more than 32767 pixels makes the finished picture throw
  /// ``PlotError/drawingFailed(reason:)``.
  public func image(_ image: PixelImage, in rect: Rect, scaling: ImageScaling = .nearest) {
    guard image.width > 0, image.height > 0, rect.width > 0, rect.height > 0 else { return }
    let source = scaling == .nearest && format != .png ? enlarged(image, toFill: rect) : image
    let surface = makeSurface(source)
    defer { cairo_surface_destroy(surface) }
    cairo_save(context)
    cairo_translate(context, rect.x, rect.y)
    cairo_scale(
      context, rect.width / Double(source.width), rect.height / Double(source.height))
    cairo_set_source_surface(context, surface, 0, 0)
    let pattern = cairo_get_source(context)
    cairo_pattern_set_filter(
      pattern, scaling == .nearest ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_BILINEAR)
    if format == .png {
      // Otherwise a smooth enlargement fades into the background along its edges.
      cairo_pattern_set_extend(pattern, CAIRO_EXTEND_PAD)
      cairo_rectangle(context, 0, 0, Double(source.width), Double(source.height))
      cairo_fill(context)
    } else {
      // Painted, an image stays an image in the file; filled, it becomes a repeating pattern.
      cairo_paint(context)
    }
    cairo_restore(context)
  }

  private func makeSurface(_ image: PixelImage) -> OpaquePointer? {
    let surface = cairo_image_surface_create(
      CAIRO_FORMAT_RGB24, Int32(clamping: image.width), Int32(clamping: image.height))
    guard let data = cairo_image_surface_get_data(surface) else { return surface }
    let stride = Int(cairo_image_surface_get_stride(surface))
    cairo_surface_flush(surface)
    for y in 0..<image.height {
      let row = UnsafeMutableRawPointer(data + y * stride)
      for x in 0..<image.width {
        let i = 3 * (y * image.width + x)
        let pixel =
          UInt32(image.rgb[i]) << 16 | UInt32(image.rgb[i + 1]) << 8 | UInt32(image.rgb[i + 2])
        row.storeBytes(of: pixel, toByteOffset: 4 * x, as: UInt32.self)
      }
    }
    cairo_surface_mark_dirty(surface)
    return surface
  }

  /// The image with every pixel repeated until it is as fine as this canvas.
  ///
  /// Many viewers of SVG and PDF smooth what they enlarge, whatever the file says.
  private func enlarged(_ image: PixelImage, toFill rect: Rect) -> PixelImage {
    let across = max(1, Int(rect.width * scale) / image.width)
    let down = max(1, Int(rect.height * scale) / image.height)
    var rgb: [UInt8] = []
    rgb.reserveCapacity(image.rgb.count * across * down)
    for y in 0..<image.height {
      var row: [UInt8] = []
      for i in 0..<image.width {
        let pixel = image.rgb[3 * (y * image.width + i)..<3 * (y * image.width + i + 1)]
        for _ in 0..<across { row += pixel }
      }
      for _ in 0..<down { rgb += row }
    }
    return PixelImage(width: image.width * across, height: image.height * down, rgb: rgb)
  }
}
