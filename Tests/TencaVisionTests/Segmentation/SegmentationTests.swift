import TencaFormats
import TencaNumerics
import TencaVision
import Testing

@Suite struct SegmentationTests {
  /// Half sky, three tenths of sand and the rest sea, in bands.
  private static func band(_ y: Int, of height: Int) -> Int {
    y < height / 2 ? 0 : y < height * 8 / 10 ? 1 : 2
  }
  private static let colors: [[Double]] = [[120, 170, 240], [210, 180, 120], [20, 60, 110]]
  private static let beach = noisyPicture(width: 90, height: 60) { _, y in colors[band(y, of: 60)] }

  @Test(arguments: [PixelFeatures.rgb, .lab, .labPosition], [0, 1])
  func findsWhatIsThere(features: PixelFeatures, smoothing: Int) throws {
    let segmentation = try Segmentation(
      of: Self.beach,
      options: SegmentationOptions(segments: 3, features: features, smoothing: smoothing))
    #expect(segmentation.width == 90 && segmentation.height == 60)
    // The bands by size are the segments by size.
    let expected = (0..<5400).map { UInt8(Self.band($0 / 90, of: 60)) }
    #expect(segmentation.labels == expected)
    #expect(segmentation.segments.map(\.pixels) == [2700, 1620, 1080])
    #expect(segmentation.segments.map(\.share) == [0.5, 0.3, 0.2])
    #expect(segmentation.softMasks.isEmpty && segmentation.warnings.isEmpty)
    for (segment, color) in zip(segmentation.segments, Self.colors) {
      for (mean, exact) in zip(segment.meanColor, color) {
        #expect(abs(Double(mean) - exact) <= 1)
      }
      // Smoothing blurs the edges of the bands.
      #expect(segment.confidence > (smoothing == 0 ? 0.999 : 0.95) && segment.confidence <= 1)
    }
  }

  @Test func tellsSurfacesOfOneColorApart() throws {
    // Left smooth, right a pattern of stripes, both grey on the whole.
    let picture = noisyPicture(width: 120, height: 80) { x, _ in
      let level = x < 60 ? 128.0 : x % 4 < 2 ? 100 : 156
      return [level, level, level]
    }
    let segmentation = try Segmentation(
      of: picture, options: SegmentationOptions(segments: 2, features: .texture))
    let agreeing = segmentation.labels.indices.count {
      let isRight = $0 % 120 >= 60
      return (segmentation.labels[$0] == segmentation.labels[119]) == isRight
    }
    #expect(agreeing > 9600 * 92 / 100)
    #expect(segmentation.labels[0] != segmentation.labels[119])
  }

  @Test(arguments: PixelFeatures.allCases) func threadsDoNotChangeAByte(features: PixelFeatures)
    throws
  {
    let picture = noisePicture(width: 110, height: 130, seed: 6)
    let options = SegmentationOptions(
      segments: 5, features: features, sampleSize: 3000, restarts: 2, smoothing: 2,
      keepsSoftMasks: true, seed: 4)
    let one = try Segmentation(of: picture, options: options)
    let three = try Segmentation(of: picture, options: options, execution: Execution(threads: 3))
    #expect(one.labels == three.labels)
    #expect(one.segments == three.segments)
    #expect(one.softMasks == three.softMasks)
  }

  @Test func softMasksAreProbabilities() throws {
    let picture = noisyPicture(width: 64, height: 10) { x, _ in
      [Double(4 * x), Double(2 * x), 100]
    }
    let segmentation = try Segmentation(
      of: picture, options: SegmentationOptions(segments: 3, keepsSoftMasks: true))
    #expect(segmentation.softMasks.count == segmentation.segments.count)
    var unsure = 0
    for pixel in 0..<640 {
      let shares = segmentation.softMasks.map { Int($0[pixel]) }
      #expect(abs(shares.reduce(0, +) - 255) <= 2)
      #expect(shares[Int(segmentation.labels[pixel])] == shares.max())
      if shares.max()! < 200 { unsure += 1 }
    }
    #expect(unsure > 10, "a gradient has pixels between segments")
    #expect(segmentation.softMaskPicture(1).samples == segmentation.softMasks[1])
  }

  @Test func smoothingTakesSpecksAway() throws {
    // Two halves, and one pixel in fifty from the other half's colour.
    let picture = noisyPicture(width: 100, height: 60) { x, y in
      (x < 50) != ((7 * x + 13 * y) % 50 == 0) ? [200, 60, 60] : [60, 60, 200]
    }
    func mistakes(_ smoothing: Int) throws -> Int {
      let labels = try Segmentation(
        of: picture, options: SegmentationOptions(segments: 2, smoothing: smoothing)
      ).labels
      return labels.indices.count { ($0 % 100 < 50) != (labels[$0] == labels[3]) }
    }
    #expect(try mistakes(0) == 120)
    #expect(try mistakes(1) < 5)
  }

  @Test(arguments: [(1, 1), (1, 7), (9, 1), (2, 2)])
  func copesWithFewPixels(width: Int, height: Int) throws {
    for features in PixelFeatures.allCases {
      let picture = noisePicture(width: width, height: height, seed: 1)
      let segmentation = try Segmentation(
        of: picture, options: SegmentationOptions(segments: 4, features: features, smoothing: 1))
      #expect(segmentation.labels.count == width * height)
      #expect(segmentation.segments.map(\.pixels).reduce(0, +) == width * height)
    }
  }

  @Test func oneColorIsOneSegment() throws {
    let picture = Picture(
      width: 30, height: 20, layout: .rgb,
      samples: [UInt8](repeating: 77, count: 1800))
    let segmentation = try Segmentation(of: picture, options: SegmentationOptions(segments: 3))
    #expect(segmentation.segments.count == 1)
    #expect(segmentation.segments[0].meanColor == [77, 77, 77])
    #expect(segmentation.labels.allSatisfy { $0 == 0 })
    #expect(!segmentation.warnings.isEmpty)
  }

  @Test func refusesOptionsOutOfRange() {
    for options in [
      SegmentationOptions(segments: 0), SegmentationOptions(segments: 257),
      SegmentationOptions(segments: 2, sampleSize: 0),
      SegmentationOptions(segments: 2, restarts: 0),
      SegmentationOptions(segments: 2, smoothing: -1),
    ] {
      #expect(throws: VisionError.self) { try Segmentation(of: Self.beach, options: options) }
    }
  }
}
