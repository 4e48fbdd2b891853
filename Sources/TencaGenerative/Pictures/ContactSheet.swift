public import TencaFormats
public import TencaNumerics

/// Many small pictures on one: how a person sees at a glance what a model makes.
public struct ContactSheet: Sendable, Hashable {
  /// How many pictures stand in a row; nil for about as many as there are rows.
  public var columns: Int?
  /// The pixels between two pictures.
  public var gap: Int
  /// How many pixels wide and high a pixel becomes: whole numbers, so that none is blurred.
  public var enlargement: Int
  /// The brightness between pictures and where the last row ends early.
  public var background: UInt8

  /// The most pixels that a pixel becomes wide, and that are between two pictures.
  static let limit = 1000

  /// Makes a layout.
  ///
  /// - Throws: ``GenerativeError/invalidOption(name:value:limit:)`` unless `columns` is 1 or more, `gap`
  ///   0 to 1000 and `enlargement` 1 to 1000.
  public init(
    columns: Int? = nil, gap: Int = 2, enlargement: Int = 1, background: UInt8 = 255
  ) throws {
    try GenerativeError.require(columns ?? 1 >= 1, "columns", columns ?? 1, "at least 1")
    try GenerativeError.require((0...Self.limit).contains(gap), "gap", gap, "0 to \(Self.limit)")
    try GenerativeError.require(
      (1...Self.limit).contains(enlargement), "enlargement", enlargement, "1 to \(Self.limit)")
    self.columns = columns
    self.gap = gap
    self.enlargement = enlargement
    self.background = background
  }

  /// Lays out pictures row by row.
  ///
  /// - Parameter images: pictures × height × width × channels, 1 channel for grey or 3 for colour. 0 is
  ///   black and 1 is white; what lies beyond is taken for the nearer of them.
  /// - Throws: ``GenerativeError``: `badFeatures` for another shape, `featureNotFinite`, and
  ///   `invalidOption` where the sheet would have more than `Picture.defaultPixelLimit` pixels.
  /// - Complexity: O(pixels of the sheet).
  public func picture(of images: NDArray<Float>) throws -> Picture {
    try Self.check(images)
    let count = images.rows
    let across = min(columns ?? Self.evenColumns(count), count)
    return try lay(images, order: Array(0..<count), columns: across)
  }

  /// Lays out what became of the same pictures step by step, as training or denoising goes on: a row a
  /// picture, a column a step. ``columns`` is not heeded.
  ///
  /// - Parameter steps: For each step, pictures × height × width × channels, all of one shape.
  /// - Throws: As ``picture(of:)``; `badFeatures` also where a step has another shape than the first, and
  ///   `tooFewSamples` where there are no steps.
  /// - Complexity: O(pixels of the sheet).
  public func filmStrip(of steps: [NDArray<Float>]) throws -> Picture {
    guard let first = steps.first else {
      throw GenerativeError.tooFewSamples(set: "steps of a film strip", count: 0, least: 1)
    }
    for step in steps where step.shape != first.shape {
      throw GenerativeError.badFeatures(
        set: "steps of a film strip", shape: step.shape, limit: "\(first.shape), as the first step")
    }
    try Self.check(first)
    let images = NDArray.concatenated(steps)
    try Self.check(images)
    let order = (0..<first.rows).flatMap { row in
      steps.indices.map { $0 * first.rows + row }
    }
    return try lay(images, order: order, columns: steps.count)
  }

  /// The least whole number whose square holds `count`.
  private static func evenColumns(_ count: Int) -> Int {
    let root = Int(Double(count).squareRoot())
    return root * root < count ? root + 1 : root
  }

  private static func check(_ images: NDArray<Float>) throws {
    let set = "pictures of a contact sheet"
    guard images.rank == 4, images.count > 0, images.shape[3] == 1 || images.shape[3] == 3 else {
      throw GenerativeError.badFeatures(
        set: set, shape: images.shape,
        limit: "pictures × height × width × channels with 1 or 3 channels and none of them 0")
    }
    if let position = images.firstNonFinite() {
      let (sample, number) = position.quotientAndRemainder(dividingBy: images.count / images.rows)
      let value = images.reshaped([images.count])[position]
      throw GenerativeError.featureNotFinite(
        set: set, sample: sample, feature: number, value: "\(value)")
    }
  }

  private func lay(_ images: NDArray<Float>, order: [Int], columns: Int) throws -> Picture {
    let (height, width, channels) = (images.shape[1], images.shape[2], images.shape[3])
    let rows = (order.count + columns - 1) / columns
    let (tall, wide) = (height * enlargement, width * enlargement)
    let (sheetHeight, sheetWidth) = (
      rows * (tall + gap) - gap, columns * (wide + gap) - gap
    )
    try GenerativeError.require(
      sheetWidth <= Picture.defaultPixelLimit / sheetHeight, "contact sheet",
      "\(sheetWidth) × \(sheetHeight) pixels",
      "at most \(Picture.defaultPixelLimit) pixels: lay out fewer or enlarge less")
    var samples = [UInt8](repeating: background, count: sheetWidth * sheetHeight * channels)
    images.withUnsafeBuffer { pixels in
      for (place, image) in order.enumerated() {
        let (top, left) = (place / columns * (tall + gap), place % columns * (wide + gap))
        for y in 0..<tall {
          var target = ((top + y) * sheetWidth + left) * channels
          let source = (image * height + y / enlargement) * width
          for x in 0..<wide {
            for channel in 0..<channels {
              let value = pixels[(source + x / enlargement) * channels + channel]
              samples[target] = UInt8((min(max(value, 0), 1) * 255).rounded())
              target += 1
            }
          }
        }
      }
    }
    return Picture(
      width: sheetWidth, height: sheetHeight, layout: channels == 1 ? .grey : .rgb,
      samples: samples)
  }
}
