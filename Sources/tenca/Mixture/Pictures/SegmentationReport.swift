internal import TencaFormats
internal import TencaMixture
internal import TencaVision

/// What `tenca segment` says.
struct SegmentationReport: Report {
  let file: String
  let width: Int
  let height: Int
  let features: String
  let seed: UInt64
  let segments: [Segment]
  let warnings: [String]

  /// One segment.
  struct Segment: Encodable {
    let segment: Int
    let pixels: Int
    let share: Double
    let meanColor: String
    let confidence: Double
  }

  init(_ segmentation: Segmentation, of path: String, options: SegmentationOptions) {
    file = path
    width = segmentation.width
    height = segmentation.height
    features = options.features.rawValue
    seed = options.seed
    warnings = segmentation.warnings.map(\.description)
    segments = segmentation.segments.enumerated().map { index, segment in
      Segment(
        segment: index, pixels: segment.pixels, share: segment.share,
        meanColor: "#" + segment.meanColor.map(Self.hexadecimal).joined(),
        confidence: segment.confidence)
    }
  }

  /// A table for people.
  var text: String {
    var table = TextTable([
      ("segment", .right), ("pixels", .right), ("share", .right), ("mean colour", .left),
      ("confidence", .right),
    ])
    for segment in segments {
      table.add([
        "\(segment.segment)", "\(segment.pixels)",
        "\((100 * segment.share).formatted(decimals: 1))%", segment.meanColor,
        segment.confidence.formatted(decimals: 3),
      ])
    }
    return table.text
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
  }
}
