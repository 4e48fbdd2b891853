/// How two shapes fit together: axes are aligned at the end, and a length of 1 is repeated.
struct Broadcast {
  /// The shape of the result.
  let shape: [Int]
  /// Axes of the result, neighbours that both operands walk alike made one, outermost first.
  private(set) var axes: [Axis] = []

  struct Axis {
    var length: Int
    /// How far apart neighbours are in each operand; 0 where it is repeated.
    var steps: (a: Int, b: Int)
  }

  init(_ a: [Int], _ b: [Int]) {
    let rank = max(a.count, b.count)
    let left = Array(repeating: 1, count: rank - a.count) + a
    let right = Array(repeating: 1, count: rank - b.count) + b
    shape = zip(left, right).map { x, y in
      precondition(x == y || x == 1 || y == 1, "shapes \(a) and \(b) do not fit together")
      return x == 1 ? y : x
    }
    var steps = (a: 1, b: 1)
    for axis in (0..<rank).reversed() where shape[axis] != 1 {
      let step = (a: left[axis] == 1 ? 0 : steps.a, b: right[axis] == 1 ? 0 : steps.b)
      steps.a *= left[axis]
      steps.b *= right[axis]
      if let inner = axes.last, Self.continues(inner.steps.a, inner.length, step.a),
        Self.continues(inner.steps.b, inner.length, step.b)
      {
        axes[axes.count - 1].length *= shape[axis]
      } else {
        axes.append(Axis(length: shape[axis], steps: step))
      }
    }
    axes.reverse()
  }

  /// Whether an axis with the step `outer` goes on where `length` steps of `inner` end.
  private static func continues(_ inner: Int, _ length: Int, _ outer: Int) -> Bool {
    inner == 0 ? outer == 0 : outer == inner * length
  }
}
