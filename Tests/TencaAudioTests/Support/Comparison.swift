import TencaNumerics
import Testing

@testable import TencaAudio

/// Expects every number to lie within `tolerance` of its counterpart, and says how far the worst
/// does not.
func expectClose(
  _ actual: NDArray<Double>, _ expected: NDArray<Double>, _ tolerance: Double,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard actual.shape == expected.shape else {
    Issue.record(
      "shape \(actual.shape), expected \(expected.shape)", sourceLocation: sourceLocation)
    return
  }
  var worst = (difference: 0.0, place: 0)
  for (place, pair) in zip(actual.elements, expected.elements).enumerated() {
    let difference = abs(pair.0 - pair.1)
    // Written so that NaN is the worst of all.
    if !(difference <= worst.difference) { worst = (difference, place) }
  }
  let width = max(actual.shape.last ?? 1, 1)
  #expect(
    worst.difference <= tolerance,
    """
    row \(worst.place / width), column \(worst.place % width): \
    \(actual.elements[worst.place]), expected \(expected.elements[worst.place])
    """,
    sourceLocation: sourceLocation)
}

extension NDArray<Float> {
  /// The rows that come out of `stages` when these go in, all at once.
  func passed(through stages: [any RowStage]) throws -> NDArray {
    var rows = RowBuffer(width: columns)
    rows.append(rows: self.rows) { target in
      withUnsafeBuffer { target.update(from: $0.baseAddress!, count: count) }
    }
    for stage in stages {
      rows = try stage.process(rows, last: true)
    }
    return NDArray(rows.values, shape: [rows.end, rows.width])
  }
}
