public import TencaFormats
public import TencaMixture
public import TencaNumerics

/// A picture divided into segments of pixels that look alike: the components of a Gaussian mixture
/// over the features of its pixels.
///
/// ```swift
/// let photo = try Picture(path: "photo.jpg")
/// let segmentation = try Segmentation(of: photo, options: SegmentationOptions(segments: 4))
/// try segmentation.labelPicture.writePNG(to: "labels.png")
/// ```
public struct Segmentation: Sendable {
  /// Pixels that look alike.
  public struct Segment: Sendable, Equatable {
    /// How many pixels it has.
    public let pixels: Int
    /// Which part of the picture that is.
    public let share: Double
    /// The mean of its pixels' red, green and blue, as stored.
    public let meanColor: [UInt8]
    /// The mean probability with which its pixels belong to it.
    public let confidence: Double
  }

  /// The pixels in a row.
  public let width: Int
  /// The rows.
  public let height: Int
  /// The segment of each pixel, height × width, rows from the top.
  public let labels: [UInt8]
  /// The segments, the one with most pixels first. A component of the mixture that is nowhere the
  /// likeliest is none, so there may be fewer than asked for.
  public let segments: [Segment]
  /// The probability of each segment at each pixel, 255 for certainty, height × width; empty
  /// unless ``SegmentationOptions/keepsSoftMasks``.
  public let softMasks: [[UInt8]]
  /// What the mixture's fit had to do. Variances at their floor are left out: even surfaces, black
  /// backgrounds above all, are no sign of too little data in a picture.
  public let warnings: [MixtureWarning]

  /// Divides a picture.
  ///
  /// The mixture is learnt from a sample of pixels spread evenly over the picture, then every pixel
  /// goes to the component that is likeliest there.
  ///
  /// - Parameters:
  ///   - picture: What is transparent in it shows white.
  ///   - options: How to divide.
  ///   - execution: The same bytes come out on any number of threads.
  /// - Throws: ``VisionError/invalidOption(name:value:limit:)``; `MixtureError`;
  ///   `CancellationError`.
  /// - Complexity: O(pixels · segments · features), 1 megapixel in about 0.3 s on two cores.
  public init(
    of picture: Picture, options: SegmentationOptions, execution: Execution = .serial
  ) throws {
    try options.validate()
    let strips = PictureStrips(
      PixelFeatureExtractor(picture, features: options.features), width: picture.width,
      height: picture.height)
    let fit = try GaussianMixture.fit(
      strips.sample(options.sampleSize, seed: options.seed, execution: execution),
      options: GaussianMixtureOptions(
        components: options.segments, covariance: options.covariance, iterations: 200,
        tolerance: 1e-5, restarts: options.restarts, seed: options.seed),
      execution: execution)
    let assigned = try strips.assign(
      by: MixtureScorer(fit.model), smoothing: options.smoothing,
      keepsSoftMasks: options.keepsSoftMasks, execution: execution)

    let tallies = SegmentTally.count(
      labels: assigned.labels, probabilities: assigned.probabilities,
      colors: picture.opaqueRGB.samples, components: fit.model.components)
    let order = tallies.indices.filter { tallies[$0].pixels > 0 }
      .sorted { (tallies[$1].pixels, $0) < (tallies[$0].pixels, $1) }
    var ranks = [UInt8](repeating: 0, count: tallies.count)
    for (rank, component) in order.enumerated() { ranks[component] = UInt8(rank) }
    width = picture.width
    height = picture.height
    labels = assigned.labels.map { ranks[Int($0)] }
    segments = order.map { tallies[$0].segment(of: picture.pixelCount) }
    softMasks = options.keepsSoftMasks ? order.map { assigned.softMasks[$0] } : []
    warnings = fit.warnings.filter {
      if case .variancesFloored = $0 { false } else { true }
    }
  }
}

/// Sums over the pixels of one component.
private struct SegmentTally {
  var pixels = 0
  var probability = 0.0
  var color = (red: 0, green: 0, blue: 0)

  static func count(
    labels: [UInt8], probabilities: [Float], colors: [UInt8], components: Int
  ) -> [SegmentTally] {
    var tallies = [SegmentTally](repeating: SegmentTally(), count: components)
    tallies.withUnsafeMutableBufferPointer { tallies in
      for pixel in labels.indices {
        let component = Int(labels[pixel])
        tallies[component].pixels += 1
        tallies[component].probability += Double(probabilities[pixel])
        tallies[component].color.red += Int(colors[3 * pixel])
        tallies[component].color.green += Int(colors[3 * pixel + 1])
        tallies[component].color.blue += Int(colors[3 * pixel + 2])
      }
    }
    return tallies
  }

  func segment(of total: Int) -> Segmentation.Segment {
    func mean(_ sum: Int) -> UInt8 { UInt8((sum + pixels / 2) / pixels) }
    return Segmentation.Segment(
      pixels: pixels, share: Double(pixels) / Double(total),
      meanColor: [mean(color.red), mean(color.green), mean(color.blue)],
      confidence: probability / Double(pixels))
  }
}
