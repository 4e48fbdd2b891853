import Testing

@testable import TencaRecognition

@Suite("Confusion matrices")
struct ConfusionMatrixTests {
  private var example: ConfusionMatrix {
    var matrix = ConfusionMatrix(labels: ["a", "b", "c"])
    for (actual, predicted) in [
      ("a", "a"), ("a", "a"), ("a", "b"), ("b", "b"), ("b", "a"), ("b", nil),
    ] { matrix.add(actual: actual, predicted: predicted) }
    return matrix
  }

  @Test("Counts, shares, and classes without recordings")
  func shares() {
    let matrix = example
    #expect(matrix.counts == [[2, 1, 0], [1, 1, 0], [0, 0, 0]])
    #expect(matrix.rejected == [0, 1, 0])
    #expect(matrix.correct == 3)
    #expect(matrix.total == 6)
    #expect(matrix.accuracy == 0.5)
    #expect(matrix.recall == [2.0 / 3, 1.0 / 3, nil])
    #expect(matrix.precision == [2.0 / 3, 0.5, nil])
    #expect(ConfusionMatrix(labels: ["a"]).accuracy == 0)
  }

  @Test("Merging adds")
  func merging() {
    var matrix = example
    matrix.merge(example)
    #expect(matrix.total == 12)
    #expect(matrix.counts[0] == [4, 2, 0])
  }
}
