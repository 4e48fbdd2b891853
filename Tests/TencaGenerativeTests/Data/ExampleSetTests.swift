import TencaNumerics
import Testing

@testable import TencaGenerative

@Suite("Example sets")
struct ExampleSetTests {
  /// Six examples of 1 × 2 × 1; example i is (i, i + 0.5), its class i mod 3.
  private func six() throws -> ExampleSet {
    try ExampleSet(
      NDArray((0..<6).flatMap { [Float($0), Float($0) + 0.5] }, shape: [6, 1, 2, 1]),
      labels: [0, 1, 2, 0, 1, 2], classNames: ["a", "b", "c"], source: "six")
  }

  @Test("Examples are copied in the order asked for, repeated or not, and floats are kept")
  func copying() throws {
    let set = try six()
    #expect(set.count == 6 && set.shape.count == 2 && !set.holdsBytes)
    #expect(set.batch([4, 0, 4]).shape == [3, 1, 2, 1])
    #expect(set.batch([4, 0, 4]).elements == [4, 4.5, 0, 0.5, 4, 4.5])
    #expect(set.example(5) == [5, 5.5])
    #expect(set.batch([]).isEmpty)
  }

  @Test("Choosing, and choosing from the choice")
  func choosing() throws {
    let set = try six()
    let chosen = set.selecting([5, 3, 1]).selecting([2, 0])
    #expect(chosen.batch(0..<2).elements == [1, 1.5, 5, 5.5])
    #expect(chosen.labels == [1, 2] && chosen.classCounts == [0, 1, 1])
    #expect(set.prefix(2).labels == [0, 1] && set.prefix(9).count == 6 && set.prefix(0).count == 0)
    #expect(set.indices(ofClass: 1) == [1, 4])
    let kept = try set.keeping(classes: ["c", "a"])
    #expect(kept.classNames == ["c", "a"] && kept.labels == [1, 0, 1, 0])
    #expect(kept.example(1) == [2, 2.5])
    #expect(
      throws: GenerativeError.invalidOption(name: "classes", value: "d", limit: "one of a, b, c")
    ) { try set.keeping(classes: ["d"]) }
  }

  @Test("Holding out parts each class alike, loses nothing, and repeats with the seed")
  func holdingOut() throws {
    let count = 60
    let labels = (0..<count).map { $0 < 40 ? 0 : 1 }
    let set = try ExampleSet(
      NDArray((0..<count).map(Float.init), shape: [count, 1, 1, 1]), labels: labels,
      classNames: ["many", "few"])
    var (one, other) = (RandomStream(seed: 5), RandomStream(seed: 5))
    let (kept, heldOut) = try set.holdingOut(0.25, using: &one)
    #expect(kept.classCounts == [30, 15] && heldOut.classCounts == [10, 5])
    let all = kept.batch(0..<kept.count).elements + heldOut.batch(0..<heldOut.count).elements
    #expect(all.sorted() == (0..<count).map(Float.init))
    #expect(
      try set.holdingOut(0.25, using: &other).heldOut.batch(0..<15) == heldOut.batch(0..<15))
    let bare = try ExampleSet(NDArray(zeros: [3, 1, 1, 1]))
    #expect(try bare.holdingOut(0.01, using: &one).heldOut.count == 1)
    #expect(throws: GenerativeError.self) { try set.holdingOut(1, using: &one) }
    #expect(throws: GenerativeError.tooFewExamples(path: set.source, count: 1, least: 2)) {
      try set.prefix(1).holdingOut(0.5, using: &one)
    }
  }

  @Test("Numbers that are not finite are named by their place")
  func notFinite() {
    var values = [Float](repeating: 0, count: 3 * 2 * 4 * 3)
    // Example 2, row 1, column 3, green.
    values[2 * 24 + 1 * 12 + 3 * 3 + 1] = .nan
    #expect(
      throws: GenerativeError.notFinite(path: "x", example: 2, row: 1, column: 3, value: "nan")
    ) { try ExampleSet(NDArray(values, shape: [3, 2, 4, 3]), source: "x") }
  }

  @Test("Labels that do not fit are named")
  func labels() {
    let two = NDArray<Float>(zeros: [2, 1, 1, 1])
    #expect(throws: GenerativeError.labelCount(path: "x", labels: 3, examples: 2)) {
      try ExampleSet(two, labels: [0, 0, 0], classNames: ["a"], source: "x")
    }
    #expect(
      throws: GenerativeError.unknownLabel(path: "x", example: 1, label: "1", classCount: 1)
    ) { try ExampleSet(two, labels: [0, 1], classNames: ["a"], source: "x") }
    #expect(throws: GenerativeError.self) { try ExampleSet(NDArray(zeros: [0, 1, 1, 1])) }
    #expect(throws: GenerativeError.self) { try ExampleSet(NDArray(zeros: [2, 1])) }
  }
}
