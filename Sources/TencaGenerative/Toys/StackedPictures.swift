internal import TencaFormats
public import TencaNumerics

extension ExampleSet {
  /// Colour pictures of three of these grey ones each, drawn at random, one a colour channel: of C classes
  /// they have C³ modes (Srivastava et al. 2017, VEEGAN, with digits).
  ///
  /// - Parameter count: The pictures that are made.
  /// - Returns: count × height × width × 3, without labels.
  /// - Throws: ``GenerativeError``: `invalidOption` for pictures of more channels than one, and for no
  ///   picture at all.
  /// - Complexity: O(count · pixels), all in memory.
  public func stacked(_ count: Int, _ random: inout RandomStream) throws -> ExampleSet {
    try GenerativeError.require(
      shape.channels == 1, "channels", shape.channels, "1: stacks are made of grey pictures")
    try GenerativeError.require(count >= 1, "stacks", count, "at least 1")
    let lengths = [count, shape.height, shape.width, 3]
    let pixels = shape.height * shape.width
    var numbers = [Float](repeating: 0, count: count * pixels * 3)
    for stack in 0..<count {
      for channel in 0..<3 {
        let picture = example(random.integer(below: self.count))
        for pixel in 0..<pixels {
          numbers[(stack * pixels + pixel) * 3 + channel] = picture[pixel]
        }
      }
    }
    let stored =
      holdsBytes
      ? StoredArray(numbers.map { UInt8(($0 * 255).rounded()) }, shape: lengths, path: source)
      : StoredArray(NDArray(numbers, shape: lengths), path: source)
    let stackShape = ExampleShape(height: shape.height, width: shape.width, channels: 3)
    return ExampleSet(
      ExampleStorage([stored], exampleSize: stackShape.count), shape: stackShape, labels: nil,
      classNames: [], source: source)
  }
}
