import FoundationEssentials
import Testing

@testable import TencaGenerative

/// The data that models are shown on.
@Suite("Corpora of pictures")
struct CorpusReadingTests {
  @Test("The glyphs of the repository")
  func glyphs() throws {
    let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let train = try ExampleSet.read("/\(root)/corpora/glyphs", split: .train)
    #expect(train.shape == ExampleShape(height: 28, width: 28, channels: 1))
    #expect(train.classCounts == [Int](repeating: 200, count: 10))
    #expect(
      train.classNames == [
        "circle", "ring", "square", "triangle", "cross", "plus", "star", "arrow", "moon", "zigzag",
      ])
    let test = try ExampleSet.read("/\(root)/corpora/glyphs", split: .test)
    #expect(test.classCounts == [Int](repeating: 50, count: 10))
    // Every picture shows something, on a ground of black.
    for index in 0..<test.count {
      let pixels = test.example(index)
      #expect(pixels.max()! > 0.3 && pixels.min() == 0, "picture \(index)")
    }
  }

  /// The counts that MedMNIST v2 publishes for PneumoniaMNIST (Yang et al. 2023, Scientific Data 10:41).
  @Test(
    "Chest X-rays, with a part for validation",
    .enabled(if: corpus("chest_xray_28") != nil, "needs TENCA_DATA/chest_xray_28"),
    arguments: [
      (ExampleSplit.train, [1214, 3494]), (.validation, [135, 389]), (.test, [234, 390]),
      (.all, [1583, 4273]),
    ])
  func chestXRays(split: ExampleSplit, counts: [Int]) throws {
    let set = try ExampleSet.read(corpus("chest_xray_28")!, split: split)
    #expect(set.classCounts == counts + [Int](repeating: 0, count: 8))
  }

  @Test(
    "Fashion-MNIST as it is fetched",
    .enabled(if: corpus("fashion-mnist") != nil, "needs TENCA_DATA/fashion-mnist")
  )
  func fashionMNIST() throws {
    let test = try ExampleSet.read(corpus("fashion-mnist")!, split: .test)
    #expect(test.shape == ExampleShape(height: 28, width: 28, channels: 1))
    #expect(test.classCounts == [Int](repeating: 1000, count: 10))
    #expect(test.classNames == ClassNames.fashion)
    // The first ten test labels, by Python's gzip.open(...).read()[8:18].
    #expect(Array(test.labels!.prefix(10)) == [9, 2, 1, 1, 6, 1, 4, 6, 5, 7])
  }
}

/// Where a corpus lies that is not in the repository, if it is there.
private func corpus(_ name: String) -> String? {
  ProcessInfo.processInfo.environment["TENCA_DATA"].map { "\($0)/\(name)" }
    .flatMap { FileManager.default.fileExists(atPath: $0) ? $0 : nil }
}
