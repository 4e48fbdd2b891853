internal import TencaFormats
internal import TencaGenerative
internal import TencaNeural
internal import TencaNumerics
internal import TencaPlot

/// Samples of several models below each other, each under its name.
struct SampleStrips: Chart {
  struct Strip {
    let title: String
    let image: PixelImage
  }

  let strips: [Strip]

  private static let (across, down) = (20, 2)
  private static let (margin, titleHeight) = (12.0, 22.0)
  private static let wide = 900.0

  var preferredSize: Size {
    let heights = strips.map { height(of: $0) + Self.titleHeight + Self.margin }
    return Size(Self.wide, heights.reduce(Self.margin, +))
  }

  func draw(on canvas: Canvas, in rect: Rect) throws {
    var top = rect.y + Self.margin
    for strip in strips {
      canvas.text(
        strip.title, at: Point(rect.x + Self.margin, top), TextStyle(size: 13, isBold: true),
        anchor: TextAnchor(.leading, .top))
      top += Self.titleHeight
      canvas.image(
        strip.image,
        in: Rect(
          x: rect.x + Self.margin, y: top, width: rect.width - 2 * Self.margin,
          height: height(of: strip)))
      top += height(of: strip) + Self.margin
    }
  }

  private func height(of strip: Strip) -> Double {
    (Self.wide - 2 * Self.margin) * Double(strip.image.height) / Double(strip.image.width)
  }
}

extension SampleStrips.Strip {
  /// Real examples, of each class in turn where there are classes.
  static func real(_ examples: ExampleSet, _ model: any GenerativeModel) throws -> Self {
    let count = min(SampleStrips.pictureCount, examples.count)
    var chosen = Array(0..<count)
    if !model.classNames.isEmpty {
      var next = [Int](repeating: 0, count: examples.classNames.count)
      let places = next.indices.map(examples.indices(ofClass:))
      chosen = (0..<count).compactMap { index in
        let label = index % places.count
        defer { next[label] += 1 }
        return next[label] < places[label].count ? places[label][next[label]] : nil
      }
    }
    return Self(
      title: "real examples",
      image: try SampleStrips.image(
        examples.tensor(chosen, model.scaling).floatArray, isSound: model.representation != nil))
  }

  /// What a model makes, with its scores.
  static func made(
    _ model: any GenerativeModel, _ name: String, _ report: SampleReport, seed: UInt64
  ) throws -> Self {
    var random = RandomStream(seed: seed)
    let count = SampleStrips.pictureCount
    let pictures = model.sampled(
      count, classes: model.classesInTurn(count), temperature: 1, fromPrior: false, &random)
    let distance = report.frechetDistance.generated.formatted(decimals: 1)
    return Self(
      title: "\(name): Fréchet distance \(distance)",
      image: try SampleStrips.image(pictures.floatArray, isSound: model.representation != nil))
  }
}

extension SampleStrips {
  fileprivate static var pictureCount: Int { across * down }

  /// Pictures in rows, as pixels.
  fileprivate static func image(_ pictures: NDArray<Float>, isSound: Bool) throws -> PixelImage {
    let sheet = try ContactSheet(columns: across, gap: 1)
      .picture(of: ExampleOutput.upright(pictures, isSound: isSound)).opaqueRGB
    return PixelImage(width: sheet.width, height: sheet.height, rgb: sheet.samples)
  }
}
