/// Brings pictures to another size: by averaging areas where they shrink, bilinear where they grow,
/// each side by itself.
///
/// A target pixel of a shrinking side is the mean of the source it covers, where pixels on its border
/// count by the part that is covered; so the mean of the picture is kept, exactly where the size is
/// divided by a whole number. On a growing side it is the linear interpolation between the centres of
/// the two nearest pixels, the border pixels going on outwards. Both leave a constant picture
/// constant. Sides are stretched independently: the proportions are those of the target.
struct Resampling: Sendable {
  private let source: ExampleShape
  private let target: ExampleShape
  private let rows: [Span]
  private let columns: [Span]

  /// The source pixels that make one target pixel, with weights that sum to 1.
  struct Span: Sendable, Equatable {
    var first: Int
    var weights: [Float]
  }

  init(from source: ExampleShape, height: Int, width: Int) {
    self.source = source
    target = ExampleShape(height: height, width: width, channels: source.channels)
    rows = Self.spans(from: source.height, to: height)
    columns = Self.spans(from: source.width, to: width)
  }

  /// The spans of one side.
  static func spans(from source: Int, to target: Int) -> [Span] {
    let scale = Double(source) / Double(target)
    return (0..<target).map { index in
      if target >= source {
        let centre = min(max((Double(index) + 0.5) * scale - 0.5, 0), Double(source - 1))
        let first = min(Int(centre), max(source - 2, 0))
        let part = Float(centre - Double(first))
        return part == 0
          ? Span(first: first, weights: [1]) : Span(first: first, weights: [1 - part, part])
      }
      // In units of 1 / target pixels everything is whole, so no rounding moves a border.
      let (start, end) = (index * source, (index + 1) * source)
      let first = start / target
      let weights = (first...(end - 1) / target).map { pixel in
        Float(min(end, (pixel + 1) * target) - max(start, pixel * target)) / Float(source)
      }
      return Span(first: first, weights: weights)
    }
  }

  /// The picture in the target's size, height × width × channels.
  ///
  /// - Complexity: O(source + target) on shrinking and O(target) on growing sides.
  func callAsFunction(_ pixels: [Float]) -> [Float] {
    let channels = source.channels
    // Along rows first: source height × target width.
    var narrow = [Float](repeating: 0, count: source.height * target.width * channels)
    for row in 0..<source.height {
      for (column, span) in columns.enumerated() {
        let place = (row * target.width + column) * channels
        for (step, weight) in span.weights.enumerated() {
          let from = (row * source.width + span.first + step) * channels
          for channel in 0..<channels { narrow[place + channel] += weight * pixels[from + channel] }
        }
      }
    }
    let rowSize = target.width * channels
    var result = [Float](repeating: 0, count: target.height * rowSize)
    for (row, span) in rows.enumerated() {
      for (step, weight) in span.weights.enumerated() {
        let from = (span.first + step) * rowSize
        for i in 0..<rowSize { result[row * rowSize + i] += weight * narrow[from + i] }
      }
    }
    return result
  }
}
