import Testing

@testable import TencaNumerics

@Suite("Matrix exponential")
struct MatrixExponentialTests {
  @Test("Two states have a closed form", arguments: [1e-6, 0.1, 1, 30, 1e4])
  func twoStates(_ time: Double) throws {
    let (a, b) = (0.3, 0.7)
    let step = try matrixExponential(NDArray(rows: [[-a, a], [b, -b]]) * time)
    let left = exponential(-(a + b) * time)
    let expected = [
      (b + a * left) / (a + b), a * (1 - left) / (a + b), b * (1 - left) / (a + b),
      (a + b * left) / (a + b),
    ]
    for (value, exact) in zip(step.elements, expected) { #expect(abs(value - exact) < 1e-11) }
  }

  @Test("A nilpotent matrix's series ends") func nilpotent() throws {
    let step = try matrixExponential(NDArray(rows: [[0, 2, 5], [0, 0, 3], [0, 0, 0]]))
    #expect(largestDifference(step, [1, 2, 8, 0, 1, 3, 0, 0, 1]) < 1e-14)
  }

  @Test("A rotation by many turns") func rotation() throws {
    let angle = 40.0
    let turn = try matrixExponential(NDArray(rows: [[0, -angle], [angle, 0]]))
    let (c, s) = (cosine(angle), sine(angle))
    #expect(largestDifference(turn, [c, -s, s, c]) < 1e-12)
  }

  @Test("Its slope is what differences say") func slope() throws {
    let a = NDArray<Double>(rows: [[-0.9, 0.5, 0.4], [0.2, -0.3, 0.1], [3, 4, -7]])
    let weights = NDArray<Double>(rows: [[100, -3, 2], [0.5, 7, -1], [2, 2, 9]])
    let slope = try matrixExponentialSlope(a, weights: weights)
    for index in 0..<9 {
      func value(_ step: Double) throws -> Double {
        var moved = a
        moved[index / 3, index % 3] += step
        return zip(try matrixExponential(moved).elements, weights.elements)
          .reduce(0.0) { $0 + $1.0 * $1.1 }
      }
      let expected = try (value(1e-4) - value(-1e-4)) / 2e-4
      #expect(abs(slope.elements[index] - expected) < 1e-5)
    }
  }

  @Test("What is no square matrix is refused") func refusals() {
    #expect(throws: LinearAlgebraError.self) {
      try matrixExponential(NDArray(rows: [[1, 2]]))
    }
    #expect(throws: LinearAlgebraError.self) {
      try matrixExponential(NDArray(rows: [[.nan]]))
    }
  }

  private func largestDifference(_ a: NDArray<Double>, _ b: [Double]) -> Double {
    zip(a.elements, b).reduce(0.0) { max($0, abs($1.0 - $1.1)) }
  }
}
