import Testing

@testable import TencaRecognition

@Suite("Edit alignments")
struct EditAlignmentTests {
  private static func words(_ text: String) -> [String] {
    text.split(separator: " ").map(String.init)
  }

  /// Hits, substitutions, deletions and insertions by jiwer 4.0.0, `process_words`.
  @Test(
    "Counts as by jiwer",
    arguments: [
      ("a b c d e", "a x c e f", [2, 3, 0, 0]), ("a b", "b c", [0, 2, 0, 0]),
      ("one two three four", "one three four five five", [3, 0, 1, 2]),
      ("the cat sat on the mat", "cat sat at the big mat", [4, 1, 1, 1]),
    ])
  func jiwer(reference: String, hypothesis: String, counts: [Int]) {
    let alignment = EditAlignment(
      reference: Self.words(reference), hypothesis: Self.words(hypothesis))
    #expect(
      [alignment.hits, alignment.substitutions, alignment.deletions, alignment.insertions]
        == counts)
    #expect(alignment.steps.compactMap(\.reference) == Self.words(reference))
    #expect(alignment.steps.compactMap(\.hypothesis) == Self.words(hypothesis))
  }

  @Test("Ties prefer a substitution last, then a deletion")
  func ties() {
    let alignment = EditAlignment(reference: ["a", "b"], hypothesis: ["x"])
    #expect(alignment.steps.map(\.kind) == [.deletion, .substitution])
    #expect(
      EditAlignment(reference: ["a"], hypothesis: ["x", "y"]).steps.map(\.kind)
        == [.insertion, .substitution])
    #expect(EditAlignment(reference: [], hypothesis: []).steps.isEmpty)
    #expect(EditAlignment(reference: [], hypothesis: ["a"]).insertions == 1)
    #expect(EditAlignment(reference: ["a"], hypothesis: []).deletions == 1)
  }

  @Test("The cost is the least of all, by recursion", arguments: 0..<40)
  func leastCost(seed: Int) {
    var random = SeededGenerator(state: UInt64(seed))
    func tokens() -> [String] {
      (0..<Int.random(in: 0...6, using: &random)).map { _ in
        ["a", "b", "c"].randomElement(using: &random)!
      }
    }
    func distance(_ left: ArraySlice<String>, _ right: ArraySlice<String>) -> Int {
      guard let a = left.first else { return right.count }
      guard let b = right.first else { return left.count }
      return min(
        distance(left.dropFirst(), right.dropFirst()) + (a == b ? 0 : 1),
        distance(left.dropFirst(), right) + 1, distance(left, right.dropFirst()) + 1)
    }
    let (reference, hypothesis) = (tokens(), tokens())
    let alignment = EditAlignment(reference: reference, hypothesis: hypothesis)
    #expect(alignment.errors == distance(reference[...], hypothesis[...]))
    #expect(alignment.referenceCount == reference.count)
    #expect(alignment.steps.compactMap(\.reference) == reference)
    #expect(alignment.steps.compactMap(\.hypothesis) == hypothesis)
  }
}
