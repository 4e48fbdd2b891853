#if canImport(Glibc)
  internal import Glibc
#endif

/// Where chroma lie in the tonal space of Harte, Sandler and Gasser (2006).
enum Tonnetz {
  static let names = [
    "fifth x", "fifth y", "minor x", "minor y", "major x", "major y",
  ]

  /// For each of the six axes, what each class contributes.
  private static let axes: [[Double]] = [(7, 1), (9, 1), (4, 0.5)].flatMap { steps, radius in
    // Around the circle of an interval of that many semitones; nine up are three down.
    let angles = (0..<12).map { 2 * Double.pi * Double(steps * $0) / 12 }
    return [angles.map { radius * sin($0) }, angles.map { radius * cos($0) }]
  }

  /// The six coordinates of a frame's chroma, whose sum is made 1; zeros for silence.
  static func apply(_ chroma: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>) {
    let sum = (0..<12).reduce(0.0) { $0 + Double(chroma[$1]) }
    for (number, axis) in axes.enumerated() {
      let value = axis.enumerated().reduce(0.0) { $0 + $1.element * Double(chroma[$1.offset]) }
      result[number] = sum > 0 ? Float(value / sum) : 0
    }
  }
}
