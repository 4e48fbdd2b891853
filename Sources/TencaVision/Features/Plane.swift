/// One number for every pixel of some rows of a picture.
struct Plane {
  /// Which rows of the picture these are.
  let rows: Range<Int>
  /// The pixels in a row.
  let width: Int
  /// rows × width, from the top.
  let values: [Float]

  /// Makes a plane of undefined numbers that `fill` writes, all of them.
  init(rows: Range<Int>, width: Int, fill: (UnsafeMutableBufferPointer<Float>) -> Void) {
    self.rows = rows
    self.width = width
    let size = rows.count * width
    values = [Float](unsafeUninitializedCapacity: size) { buffer, count in
      fill(UnsafeMutableBufferPointer(rebasing: buffer[..<size]))
      count = size
    }
  }

  /// Where row `y` of the picture begins in ``values``.
  func start(of y: Int) -> Int { (y - rows.lowerBound) * width }
}

extension Range<Int> {
  /// The range with `margin` more on either side, but within `limits`.
  func widened(by margin: Int, within limits: Range<Int>) -> Range<Int> {
    (lowerBound - margin..<upperBound + margin).clamped(to: limits)
  }
}
