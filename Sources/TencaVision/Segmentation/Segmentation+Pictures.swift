public import TencaFormats

extension Segmentation {
  /// The segments as a picture whose pixels are the segments' numbers.
  ///
  /// - Parameter palette: The colour of each segment, three bytes each; of more the rest is unused.
  /// - Precondition: There is a colour for every segment.
  public func labelPicture(palette: [UInt8]) -> IndexedPicture {
    precondition(
      palette.count >= 3 * segments.count,
      "a palette of \(palette.count) bytes for \(segments.count) segments")
    return IndexedPicture(
      width: width, height: height, indices: labels,
      palette: Array(palette[..<(3 * segments.count)]))
  }

  /// The segments in their mean colours: the picture as a poster.
  public var meanColorPicture: IndexedPicture {
    labelPicture(palette: segments.flatMap(\.meanColor))
  }

  /// The probability of one segment at every pixel, white for certainty.
  ///
  /// - Precondition: ``SegmentationOptions/keepsSoftMasks`` was set.
  public func softMaskPicture(_ segment: Int) -> Picture {
    Picture(width: width, height: height, layout: .grey, samples: softMasks[segment])
  }

  /// Whether each pixel belongs to another segment than its neighbour on the right or below,
  /// height × width.
  ///
  /// - Complexity: O(pixels).
  public var boundaries: [Bool] {
    [Bool](unsafeUninitializedCapacity: labels.count) { target, count in
      labels.withUnsafeBufferPointer { labels in
        for y in 0..<height {
          for x in 0..<width {
            let pixel = y * width + x
            target[pixel] =
              (x + 1 < width && labels[pixel] != labels[pixel + 1])
              || (y + 1 < height && labels[pixel] != labels[pixel + width])
          }
        }
      }
      count = labels.count
    }
  }

  /// The boundaries between segments, drawn on the picture that was divided: a bright line between
  /// dark edges, which shows on light and dark alike. Lines are a pixel wide, and wider on pictures
  /// of more than 1500 pixels across.
  ///
  /// - Parameters:
  ///   - picture: The picture that was divided.
  ///   - color: Red, green and blue of the line.
  /// - Precondition: The picture has the size of the one that was divided.
  /// - Complexity: O(pixels · line width).
  public func boundaryPicture(over picture: Picture, color: [UInt8]) -> Picture {
    precondition(
      picture.width == width && picture.height == height && color.count == 3,
      "a picture of \(picture.width) × \(picture.height), segments of \(width) × \(height)")
    var result = picture.opaqueRGB
    let thickness = max(1, max(width, height) / 750)
    let line = boundaries.spread(by: thickness / 2, width: width)
    let edge = line.spread(by: (thickness + 1) / 2, width: width)
    result.samples.withUnsafeMutableBufferPointer { samples in
      for pixel in line.indices where edge[pixel] {
        for channel in 0..<3 {
          let index = 3 * pixel + channel
          samples[index] =
            line[pixel] ? color[channel] : UInt8(Int(samples[index]) * 5 / 8)
        }
      }
    }
    return result
  }
}

extension [Bool] {
  /// True wherever there is a true within `radius` pixels across and down, of rows `width` long.
  fileprivate func spread(by radius: Int, width: Int) -> [Bool] {
    if radius == 0 { return self }
    let height = count / width
    var across = self
    for pixel in indices where self[pixel] {
      let (row, x) = (pixel - pixel % width, pixel % width)
      for near in Swift.max(x - radius, 0)...Swift.min(x + radius, width - 1) {
        across[row + near] = true
      }
    }
    var result = across
    for pixel in indices where across[pixel] {
      let (y, x) = (pixel / width, pixel % width)
      for near in Swift.max(y - radius, 0)...Swift.min(y + radius, height - 1) {
        result[near * width + x] = true
      }
    }
    return result
  }
}
