extension Plane {
  /// The mean of `value` over the square window of side 2 · radius + 1 around every pixel of
  /// `wanted`; windows end where the picture does.
  ///
  /// Sums slide along columns, then along rows, in double precision, so that what leaves a window
  /// takes away just what it brought.
  ///
  /// - Parameters:
  ///   - wanted: The rows of the picture around whose pixels to look.
  ///   - radius: How far the window reaches from its middle, at least 0.
  ///   - height: The rows of the picture. The plane must hold all of them that windows touch.
  ///   - value: What is averaged, of the plane's numbers.
  /// - Returns: One mean a pixel, rows from the top.
  /// - Complexity: O(pixels), whatever the radius.
  @inline(__always)
  func boxMean(
    rows wanted: Range<Int>, radius: Int, height: Int, of value: (Float) -> Double
  ) -> [Double] {
    let touched = wanted.widened(by: radius, within: 0..<height)
    precondition(
      rows.lowerBound <= touched.lowerBound && rows.upperBound >= touched.upperBound,
      "rows \(rows) do not hold the windows around rows \(wanted)")
    var columns = [Double](repeating: 0, count: width)
    return [Double](unsafeUninitializedCapacity: wanted.count * width) { target, count in
      values.withUnsafeBufferPointer { values in
        columns.withUnsafeMutableBufferPointer { columns in
          /// Adds a row of the picture, or takes it away, where there is such a row.
          func add(_ y: Int, sign: Double) {
            guard touched.contains(y) else { return }
            let row = values.baseAddress! + start(of: y)
            for x in 0..<width { columns[x] += sign * value(row[x]) }
          }
          for y in wanted.lowerBound - radius..<wanted.lowerBound + radius { add(y, sign: 1) }
          for y in wanted {
            add(y + radius, sign: 1)
            let lines = (y - radius..<y + radius + 1).clamped(to: 0..<height).count
            slideMean(
              over: UnsafeBufferPointer(columns), radius: radius, lines: lines,
              into: target.baseAddress! + (y - wanted.lowerBound) * width)
            add(y - radius, sign: -1)
          }
        }
      }
      count = wanted.count * width
    }
  }
}

/// Means of the windows along a row, of which `columns` holds the sums of `lines` numbers each.
private func slideMean(
  over columns: UnsafeBufferPointer<Double>, radius: Int, lines: Int,
  into target: UnsafeMutablePointer<Double>
) {
  let width = columns.count
  var sum = columns[..<min(radius, width)].reduce(0, +)
  for x in 0..<width {
    if x + radius < width { sum += columns[x + radius] }
    let across = min(x + radius, width - 1) - max(x - radius, 0) + 1
    target[x] = sum / Double(across * lines)
    if x >= radius { sum -= columns[x - radius] }
  }
}
