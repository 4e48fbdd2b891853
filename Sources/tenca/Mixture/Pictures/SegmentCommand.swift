import ArgumentParser
internal import FoundationEssentials
internal import Logging
internal import TencaFormats
internal import TencaMixture
internal import TencaNumerics
internal import TencaPlot
internal import TencaVision

/// `tenca segment`: divide a picture into segments of pixels that look alike.
struct SegmentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segment",
    abstract: "Divide a picture into segments of pixels that look alike.",
    discussion: """
      Labels, and the boundaries drawn on the photo:

        tenca segment photo.jpg -k 4 -o labels.png --boundaries outlines.png

      Surfaces rather than colours, without specks, with the probabilities:

        tenca segment field.png -k 3 --features texture --smooth 4 --masks masks/

      The labels' picture has a palette, and its pixels are the numbers of the segments,
      0 for the largest. A segment is a component of a Gaussian mixture over the
      features of the pixels.
      """)

  @Argument(help: "A PNG or JPEG picture; - is standard input.", completion: .file())
  var picture: String

  @Option(name: [.customShort("k"), .long], help: "How many segments, 1 to 256.")
  var segments = 4

  @Option(help: "What is known of a pixel.")
  var features = PixelFeatures.lab

  @Option(help: "What shapes segments may take among the features.")
  var covariance = CovarianceKind.full

  @Option(
    help: ArgumentHelp(
      "Average probabilities this many pixels around each one, which takes away specks; 0 judges "
        + "each pixel by itself.", valueName: "radius"))
  var smooth = 1

  @Option(help: "The same seed gives the same segments.")
  var seed: UInt64 = 0

  @Option(name: .shortAndLong, help: "Where to write the labels, a PNG.", completion: .file())
  var output: String?

  @Option(help: "A folder for the probability of each segment, one grey PNG each.")
  var masks: String?

  @Option(help: "Where to draw the boundaries on the photo, a PNG.", completion: .file())
  var boundaries: String?

  @Option(
    name: [.customLong("mean-colours"), .customLong("mean-colors")],
    help: "Where to write the segments in their mean colours, a PNG.", completion: .file())
  var meanColors: String?

  @Option(help: "Refuse pictures of more pixels than this.")
  var pixelLimit = Picture.defaultPixelLimit

  @Flag(help: "Write the report as JSON.")
  var json = false

  @OptionGroup var work: WorkOptions

  func validate() throws {
    if !(1...256).contains(segments) {
      throw ValidationError("--segments \(segments): 1 to 256.")
    }
    if !(0...100).contains(smooth) { throw ValidationError("--smooth \(smooth): 0 to 100.") }
    for case .some(let path) in [output, boundaries, meanColors]
    where !path.lowercased().hasSuffix(".png") {
      throw ValidationError("\(path): labels and their pictures are written as .png.")
    }
  }

  func run() throws {
    for case .some(let path) in [output, boundaries, meanColors] { try OutputPath.check(path) }
    if let masks { try OutputPath.checkFolder(masks, for: masks) }
    try work.run { execution in
      let photo = try Picture(path: picture, pixelLimit: pixelLimit)
      let options = SegmentationOptions(
        segments: segments, features: features, covariance: covariance, smoothing: smooth,
        keepsSoftMasks: masks != nil,
        seed: seed)
      let segmentation = try Segmentation(of: photo, options: options, execution: execution)
      for warning in segmentation.warnings { work.logger.warning("\(warning)") }
      try write(segmentation, of: photo)
      let report = SegmentationReport(segmentation, of: picture, options: options)
      try Console.write(report, json: json)
    }
  }

  private func write(_ segmentation: Segmentation, of photo: Picture) throws {
    let palette = segmentation.segments.indices.flatMap { Palette.color($0).bytes }
    try output.map { try segmentation.labelPicture(palette: palette).writePNG(to: $0) }
    try meanColors.map { try segmentation.meanColorPicture.writePNG(to: $0) }
    try boundaries.map {
      try segmentation.boundaryPicture(over: photo, color: Color.white.bytes).writePNG(to: $0)
    }
    guard let masks else { return }
    let digits = "\(segmentation.segments.count - 1)".count
    for index in segmentation.segments.indices {
      let number = "\(index)".zeroPadded(to: digits)
      try segmentation.softMaskPicture(index).writePNG(to: "\(masks)/segment-\(number).png")
    }
  }
}

extension Color {
  /// Red, green and blue, a byte each.
  fileprivate var bytes: [UInt8] { [red, green, blue].map { UInt8((255 * $0).rounded()) } }
}
