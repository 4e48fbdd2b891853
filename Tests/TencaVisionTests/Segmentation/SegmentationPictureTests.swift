import TencaFormats
import TencaVision
import Testing

@Suite struct SegmentationPictureTests {
  /// A light square in the middle of a dark picture.
  private static func square(side: Int) -> Picture {
    noisyPicture(width: side, height: side) { x, y in
      let middle = side / 4..<3 * side / 4
      return middle.contains(x) && middle.contains(y) ? [220, 210, 200] : [40, 50, 90]
    }
  }

  @Test func drawsLabelsInTheirColors() throws {
    let segmentation = try Segmentation(
      of: Self.square(side: 20), options: SegmentationOptions(segments: 2))
    let labels = segmentation.labelPicture(palette: [255, 0, 0, 0, 255, 0, 9, 9, 9])
    #expect(labels.indices == segmentation.labels)
    #expect(labels.palette == [255, 0, 0, 0, 255, 0])
    let means = segmentation.meanColorPicture
    #expect(means.indices == segmentation.labels)
    #expect(means.palette == segmentation.segments.flatMap(\.meanColor))
    #expect(abs(Int(means.palette[0]) - 40) <= 1, "the dark surroundings are larger")
  }

  @Test func findsAndDrawsBoundaries() throws {
    let picture = Self.square(side: 20)
    let segmentation = try Segmentation(of: picture, options: SegmentationOptions(segments: 2))
    let expected = (0..<400).map { pixel in
      func isInside(_ x: Int, _ y: Int) -> Bool { (5..<15).contains(x) && (5..<15).contains(y) }
      let (x, y) = (pixel % 20, pixel / 20)
      return isInside(x, y) != isInside(x + 1, y) || isInside(x, y) != isInside(x, y + 1)
    }
    #expect(segmentation.boundaries == expected)
    let drawn = segmentation.boundaryPicture(over: picture, color: [255, 255, 0])
    for pixel in 0..<400 {
      let color = Array(drawn.samples[3 * pixel..<3 * pixel + 3])
      let (x, y) = (pixel % 20, pixel / 20)
      let isNear = [-1, 0, 1].contains { down in
        [-1, 0, 1].contains { across in
          (0..<20).contains(x + across) && (0..<20).contains(y + down)
            && expected[(y + down) * 20 + x + across]
        }
      }
      let original = Array(picture.samples[3 * pixel..<3 * pixel + 3])
      if expected[pixel] {
        #expect(color == [255, 255, 0])
      } else if isNear {
        #expect(zip(color, original).allSatisfy { $0 < $1 })
      } else {
        #expect(color == original)
      }
    }
  }

  @Test func linesAreWiderOnLargePictures() throws {
    let width = 1600
    let picture = noisyPicture(width: width, height: 4) { x, _ in
      x < 700 ? [200, 200, 200] : [20, 20, 20]
    }
    let segmentation = try Segmentation(of: picture, options: SegmentationOptions(segments: 2))
    let drawn = segmentation.boundaryPicture(over: picture, color: [255, 0, 255])
    let line = (0..<width).filter {
      Array(drawn.samples[3 * $0..<3 * $0 + 3]) == [255, 0, 255]
    }
    #expect(line == [698, 699, 700])
  }
}
