/// How a stored picture must be turned to stand upright: the tag "Orientation" of Exif 2.3.
struct PictureOrientation: Equatable {
  /// Whether stored rows become columns.
  let isTransposed: Bool
  /// Whether the first stored row is at the bottom or, transposed, on the right.
  let reversesRows: Bool
  /// Whether the first stored column is on the right or, transposed, at the bottom.
  let reversesColumns: Bool

  /// Nothing to be done.
  static let upright = PictureOrientation(tag: 1)!

  /// The orientation of a tag from 1 to 8; nil for other numbers, which mean nothing.
  init?(tag: Int) {
    guard (1...8).contains(tag) else { return nil }
    isTransposed = tag >= 5
    reversesRows = [3, 4, 6, 7].contains(tag)
    reversesColumns = [2, 3, 7, 8].contains(tag)
  }

  /// The orientation in the Exif segment `body` of a JPEG; nil where it is another segment or says
  /// nothing that makes sense, since a damaged note is no reason to refuse a picture.
  init?(exif body: UnsafeRawBufferPointer) {
    guard body.starts(with: "Exif\0\0".utf8) else { return nil }
    let tiff = UnsafeRawBufferPointer(rebasing: body[6...])
    let isLittle = tiff.starts(with: "II".utf8)
    guard isLittle || tiff.starts(with: "MM".utf8) else { return nil }
    func integer<Integer: FixedWidthInteger>(at offset: Int, as type: Integer.Type) -> Int? {
      guard offset >= 0, offset + MemoryLayout<Integer>.size <= tiff.count else { return nil }
      let raw = tiff.loadUnaligned(fromByteOffset: offset, as: Integer.self)
      return Int(Integer(raw: raw, order: isLittle ? .little : .big))
    }
    guard let directory = integer(at: 4, as: UInt32.self),
      let count = integer(at: directory, as: UInt16.self)
    else { return nil }
    for entry in 0..<count {
      let start = directory + 2 + 12 * entry
      guard let name = integer(at: start, as: UInt16.self) else { return nil }
      // The value of a short integer stands in the entry itself.
      if name == 0x0112 {
        guard let tag = integer(at: start + 8, as: UInt16.self) else { return nil }
        self.init(tag: tag)
        return
      }
    }
    return nil
  }
}

extension Picture {
  /// The picture turned upright.
  ///
  /// - Complexity: O(pixels).
  func upright(from orientation: PictureOrientation) -> Picture {
    if orientation == .upright { return self }
    let channels = layout.channels
    let newWidth = orientation.isTransposed ? height : width
    let newHeight = orientation.isTransposed ? width : height
    let turned = [UInt8](unsafeUninitializedCapacity: samples.count) { target, count in
      samples.withUnsafeBufferPointer { source in
        for y in 0..<newHeight {
          for x in 0..<newWidth {
            var (row, column) = orientation.isTransposed ? (x, y) : (y, x)
            if orientation.reversesRows { row = height - 1 - row }
            if orientation.reversesColumns { column = width - 1 - column }
            for channel in 0..<channels {
              target[(y * newWidth + x) * channels + channel] =
                source[(row * width + column) * channels + channel]
            }
          }
        }
      }
      count = samples.count
    }
    return Picture(width: newWidth, height: newHeight, layout: layout, samples: turned)
  }
}
