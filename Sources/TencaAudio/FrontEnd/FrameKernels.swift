/// The inner loops of frame analysis: whole vectors of eight, in one fixed order of addition.
///
/// Lengths are rounded up to whole vectors; buffers have room for that and hold zeros there.
enum FrameKernels {
  typealias Vector = SIMD8<Float>

  @inline(__always)
  private static func load(_ pointer: UnsafePointer<Float>, _ index: Int) -> Vector {
    UnsafeRawPointer(pointer + index).loadUnaligned(as: Vector.self)
  }

  @inline(__always)
  private static func store(_ value: Vector, _ pointer: UnsafeMutablePointer<Float>, _ index: Int) {
    UnsafeMutableRawPointer(pointer + index).storeBytes(of: value, as: Vector.self)
  }

  /// target ← scale · source, and the sum of what was written.
  static func scale(
    _ source: UnsafePointer<Float>, by factor: Float, into target: UnsafeMutablePointer<Float>,
    count: Int
  ) -> Float {
    let whole = count & ~7
    var sum = Vector(repeating: 0)
    for index in stride(from: 0, to: whole, by: 8) {
      let value = load(source, index) * factor
      store(value, target, index)
      sum += value
    }
    var rest: Float = 0
    for index in whole..<count {
      target[index] = source[index] * factor
      rest += target[index]
    }
    return sum.sum() + rest
  }

  /// values ← values - mean, over exactly `count` values.
  static func subtract(_ mean: Float, from values: UnsafeMutablePointer<Float>, count: Int) {
    let whole = count & ~7
    for index in stride(from: 0, to: whole, by: 8) {
      store(load(values, index) - mean, values, index)
    }
    for index in whole..<count { values[index] -= mean }
  }

  /// The sum of squares.
  static func energy(_ values: UnsafePointer<Float>, count: Int) -> Float {
    let whole = count & ~7
    var sum = Vector(repeating: 0)
    for index in stride(from: 0, to: whole, by: 8) {
      let value = load(values, index)
      sum += value * value
    }
    var rest: Float = 0
    for index in whole..<count { rest += values[index] * values[index] }
    return sum.sum() + rest
  }

  /// Whether no value is NaN or infinite.
  static func areFinite(_ values: UnsafePointer<Float>, count: Int) -> Bool {
    // x · 0 is 0 for finite x, and NaN for others.
    let whole = count & ~7
    var probe = Vector(repeating: 0)
    for index in stride(from: 0, to: whole, by: 8) { probe += load(values, index) * 0 }
    var rest: Float = 0
    for index in whole..<count { rest += values[index] * 0 }
    return probe.sum() + rest == 0
  }

  /// target[i] ← (source[i] - coefficient · source[i - 1]) · window[i], with source[-1] = source[0].
  ///
  /// The slot before `source` is written to.
  static func emphasize(
    _ source: UnsafeMutablePointer<Float>, coefficient: Float, window: UnsafePointer<Float>,
    into target: UnsafeMutablePointer<Float>, count: Int
  ) {
    source[-1] = source[0]
    for index in stride(from: 0, to: count, by: 8) {
      let value = load(source, index) - load(source, index - 1) * coefficient
      store(value * load(window, index), target, index)
    }
  }

  /// power[i] ← |spectrum[i]|² for `bins` pairs (real, imaginary).
  static func power(
    _ spectrum: UnsafePointer<Float>, into power: UnsafeMutablePointer<Float>, bins: Int
  ) {
    let whole = bins & ~7
    for bin in stride(from: 0, to: whole, by: 8) {
      let pairs = UnsafeRawPointer(spectrum + 2 * bin).loadUnaligned(as: SIMD16<Float>.self)
      let squares = pairs * pairs
      store(squares.evenHalf + squares.oddHalf, power, bin)
    }
    for bin in whole..<bins {
      power[bin] =
        spectrum[2 * bin] * spectrum[2 * bin] + spectrum[2 * bin + 1] * spectrum[2 * bin + 1]
    }
  }
}
