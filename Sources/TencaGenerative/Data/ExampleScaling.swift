/// How numbers of a data set become numbers of a fixed range, and back.
///
/// It is learned from training data and saved with the model: `y = lower + (x − lowest) × (upper −
/// lower) / (highest − lowest)`. Numbers beyond those of the training data land beyond the range.
public struct ExampleScaling: Sendable, Hashable, Codable {
  /// The range that numbers are brought to.
  public enum Range: String, Sendable, Hashable, Codable, CaseIterable {
    /// 0...1, for outputs that end in a sigmoid.
    case unit
    /// -1...1, for outputs that end in a hyperbolic tangent, and for diffusion.
    case symmetric

    /// Its lower end; the upper one is 1.
    var lower: Float { self == .unit ? 0 : -1 }
  }

  /// The number that becomes the lower end of the range.
  public let lowest: Float
  /// The number that becomes the upper end of the range.
  public let highest: Float
  /// The range.
  public let range: Range

  /// Makes a scaling.
  ///
  /// - Throws: ``GenerativeError/invalidOption(name:value:limit:)`` unless both numbers are finite and
  ///   `lowest` is not above `highest`.
  public init(lowest: Float, highest: Float, to range: Range) throws {
    try GenerativeError.require(lowest.isFinite, "lowest", lowest, "a finite number")
    try GenerativeError.require(
      highest.isFinite && highest >= lowest, "highest", highest, "finite and not below \(lowest)")
    (self.lowest, self.highest, self.range) = (lowest, highest, range)
  }

  /// Learns from the training data. For bytes it is 0 and 1, black and white, whatever occurs.
  ///
  /// - Parameters:
  ///   - examples: Training data only: the range of others would leak into the model.
  ///   - range: The range that numbers are brought to.
  /// - Complexity: O(numbers); O(1) for bytes.
  public init(fitting examples: ExampleSet, to range: Range) {
    var (lowest, highest) = (Float.infinity, -Float.infinity)
    if examples.holdsBytes || examples.count == 0 {
      (lowest, highest) = (0, 1)
    } else {
      withUnsafeTemporaryAllocation(of: Float.self, capacity: examples.shape.count) { room in
        for index in 0..<examples.count {
          examples.copyExamples(CollectionOfOne(index), into: room)
          for value in room { (lowest, highest) = (min(lowest, value), max(highest, value)) }
        }
      }
    }
    (self.lowest, self.highest, self.range) = (lowest, highest, range)
  }

  /// What brings examples to 0...1; nil for bytes, which lie there.
  public static func toUnit(of examples: ExampleSet) -> ExampleScaling? {
    examples.holdsBytes ? nil : ExampleScaling(fitting: examples, to: .unit)
  }

  // Doubles: the difference of two large floats may exceed the largest.
  private var width: Double { Double(highest) - Double(lowest) }

  /// Brings numbers to the range, in place. Where all training data were one number, that number
  /// becomes the lower end and others keep their distance from it.
  public func apply(to values: UnsafeMutableBufferPointer<Float>) {
    let factor = (1 - Double(range.lower)) / (width == 0 ? 1 : width)
    for i in values.indices {
      values[i] = Float(Double(range.lower) + (Double(values[i]) - Double(lowest)) * factor)
    }
  }

  /// Brings numbers of the range back to those of the data, in place.
  public func invert(_ values: UnsafeMutableBufferPointer<Float>) {
    let factor = (width == 0 ? 1 : width) / (1 - Double(range.lower))
    for i in values.indices {
      values[i] = Float(Double(lowest) + (Double(values[i]) - Double(range.lower)) * factor)
    }
  }
}
