public import TencaNumerics

/// A named line through points.
///
/// NaN in `y` is a gap; infinities are drawn at the edge of the plotting area.
public struct Series: Sendable, Equatable {
  /// The name in the legend; nil for a line that the legend leaves out.
  public var name: String?
  /// The places along x.
  public private(set) var x: [Double]
  /// The values, one for each place.
  public private(set) var y: [Double]
  /// The line's colour; nil for the next of the palette.
  public var color: Color?
  /// The line's width in points; 0 for marks only.
  public var width: Double = 1.5
  /// The lengths of dashes and gaps, in points; empty for a solid line.
  public var dash: [Double] = []
  /// The mark at every point; nil for none.
  public var marker: Marker?

  /// Makes a line through the points (`x`, `y`).
  public init(
    _ name: String? = nil, x: [Double], y: [Double], color: Color? = nil, marker: Marker? = nil
  ) {
    self.name = name
    self.x = x
    self.y = y
    self.color = color
    self.marker = marker
  }

  /// Makes a line through evenly spaced values: the waveform of a recording, for example.
  ///
  /// Of more than 16384 values, only the smallest and the largest of each of 8192 equal stretches
  /// are kept, which looks the same at any size that can be printed.
  ///
  /// - Parameters:
  ///   - name: The name in the legend.
  ///   - y: The values, a vector.
  ///   - start: The place of the first value.
  ///   - step: The distance from each place to the next.
  ///   - color: The line's colour; nil for the next of the palette.
  /// - Precondition: `y` has one axis.
  /// - Complexity: O(`y.count`).
  public init<Scalar: NumericScalar>(
    _ name: String? = nil, evenly y: NDArray<Scalar>, start: Double = 0, step: Double = 1,
    color: Color? = nil
  ) {
    precondition(y.rank == 1, "a line through an array of shape \(y.shape)")
    let kept = y.withUnsafeBuffer { values in
      values.count <= 2 * Self.stretches
        ? Array(values.indices) : extremes(of: values, stretches: Self.stretches)
    }
    self.init(
      name, x: kept.map { start + Double($0) * step }, y: kept.map { Double(y[$0]) }, color: color)
    if kept.count < y.count { width = 1 }
  }

  private static let stretches = 8192
}

/// The indices of the smallest and the largest value of each of several equal stretches, in order;
/// of a stretch that is all NaN, its first index.
@specialized(where Scalar == Float)
@specialized(where Scalar == Double)
private func extremes<Scalar: NumericScalar>(
  of values: UnsafeBufferPointer<Scalar>, stretches: Int
) -> [Int] {
  (0..<stretches).flatMap { stretch -> [Int] in
    let range = values.count * stretch / stretches..<values.count * (stretch + 1) / stretches
    var lowest = range.lowerBound
    var highest = range.lowerBound
    for i in range {
      if values[i] < values[lowest] || values[lowest].isNaN { lowest = i }
      if values[i] > values[highest] || values[highest].isNaN { highest = i }
    }
    return lowest == highest ? [lowest] : [min(lowest, highest), max(lowest, highest)]
  }
}
