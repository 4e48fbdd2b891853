internal import TencaFormats
internal import TencaNumerics

/// Brings examples of one shape to another: size by ``Resampling``, colour by ``ColorChannels``.
struct ShapeConversion: Sendable {
  let source: ExampleShape
  let target: ExampleShape
  private let resampling: Resampling?

  /// - Throws: ``GenerativeError/invalidOption(name:value:limit:)`` for channels that cannot be made
  ///   of those that are there.
  init(from source: ExampleShape, to wanted: WantedShape) throws {
    let channels = wanted.channels ?? source.channels
    try GenerativeError.require(
      channels == source.channels
        || (min(channels, source.channels), max(channels, source.channels)) == (1, 3),
      "channels", channels,
      source.channels == 1 || source.channels == 3
        ? "1 or 3" : "\(source.channels), as the examples have them")
    self.source = source
    target = ExampleShape(
      height: wanted.size?.height ?? source.height, width: wanted.size?.width ?? source.width,
      channels: channels)
    // Fewer channels before, more channels behind: the less is resampled.
    let resampled = ExampleShape(
      height: source.height, width: source.width, channels: min(channels, source.channels))
    resampling =
      (source.height, source.width) == (target.height, target.width)
      ? nil : Resampling(from: resampled, height: target.height, width: target.width)
  }

  /// One example in the target's shape.
  func callAsFunction(_ pixels: [Float]) -> [Float] {
    let fewest = min(source.channels, target.channels)
    let reduced = ColorChannels.convert(pixels, from: source.channels, to: fewest)!
    return ColorChannels.convert(
      resampling?(reduced) ?? reduced, from: fewest, to: target.channels)!
  }

  /// All examples of an array: bytes stay bytes, rounded to nearest. The array itself where nothing
  /// changes.
  func convert(_ array: StoredArray, _ execution: Execution) throws -> StoredArray {
    let lengths = [array.shape[0], target.height, target.width, target.channels]
    if source == target { return array }
    // Blocks, since a thread should have some milliseconds to do.
    let block = 64
    let converted = try execution.map((lengths[0] + block - 1) / block) { index in
      (index * block..<min((index + 1) * block, lengths[0])).flatMap { example in
        self(array.elements(example * source.count..<(example + 1) * source.count))
      }
    }
    if array.holdsBytes {
      return StoredArray(converted.flatMap(Self.bytes), shape: lengths, path: array.path)
    }
    return StoredArray(NDArray(converted.flatMap { $0 }, shape: lengths), path: array.path)
  }

  /// Brightnesses of 0...255 rounded to bytes.
  static func bytes(_ pixels: [Float]) -> [UInt8] {
    pixels.map { UInt8(min(max($0.rounded(), 0), 255)) }
  }
}
