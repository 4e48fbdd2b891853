import FoundationEssentials
import TencaNumerics
import Testing

@testable import TencaRecognition

/// Accuracy on real recordings. Optimised builds only: in debug they take a hundred times longer.
@Suite("Corpora", .serialized, .enabled(if: isOptimized, "runs in release: swift test -c release"))
struct CorpusTests {
  private let execution = Execution(threads: 2)
  private let options = ClassifierOptions()

  private func manifest(_ folder: String) throws -> Dataset {
    try Dataset(path: "\(corpora ?? "")/\(folder)/manifest.csv")
  }

  private func accuracy(
    _ dataset: Dataset, testing split: String, options: ClassifierOptions
  ) throws -> Double {
    func features(_ part: String) throws -> FeatureSet {
      try FeatureSet(
        try dataset.filtered(column: "split", value: part), options: options, strictRate: true,
        execution: execution)
    }
    let classifier = try Classifier.train(
      features("train"), options: options, source: dataset.source, calibrates: false,
      execution: execution)
    return try classifier.evaluate(features(split), execution: execution).confusion.accuracy
  }

  private func crossValidated(
    _ dataset: Dataset, _ column: String, variants: [ClassifierOptions]
  ) throws -> Evaluation {
    let candidates = try Tuning.candidates(
      variants, dataset, strictRate: true, execution: execution)
    return try CrossValidation.run(candidates, parting: .column(column), execution: execution)
  }

  @Test("Embedded spoken digits: voices never heard before")
  func spokenDigits() throws {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let dataset = try Dataset(path: "/\(root)/corpora/spoken-digits")
    #expect(dataset.labels.count == 10)
    #expect(try accuracy(dataset, testing: "test", options: options) >= 0.94)
  }

  @Test(
    "Free Spoken Digits, official split",
    .enabled(if: corpora != nil, "needs TENCA_DATA, a folder of corpora"))
  func officialSplit() throws {
    #expect(try accuracy(manifest("fsdd"), testing: "test", options: options) >= 0.99)
  }

  @Test(
    "Free Spoken Digits, one speaker left out, as given and tuned",
    .enabled(if: corpora != nil, "needs TENCA_DATA, a folder of corpora"))
  func unknownSpeakers() throws {
    let dataset = try manifest("fsdd")
    let given = try crossValidated(dataset, "speaker", variants: [options])
    #expect(given.confusion.total == dataset.recordings.count)
    #expect(given.confusion.accuracy >= 0.61)
    let tuned = try crossValidated(dataset, "speaker", variants: Tuning.variants(of: options))
    #expect(tuned.confusion.accuracy >= 0.72)
    #expect(tuned.folds.allSatisfy { $0.choice != nil })
  }

  @Test(
    "ESC-10, one fold left out",
    .enabled(if: corpora != nil, "needs TENCA_DATA, a folder of corpora"))
  func environmentalSounds() throws {
    let evaluation = try crossValidated(manifest("esc10"), "fold", variants: [options])
    #expect(evaluation.confusion.accuracy >= 0.77)
  }
}

/// The folder of corpora that the environment names.
private var corpora: String? { ProcessInfo.processInfo.environment["TENCA_DATA"] }

/// Whether this is a release build: assertions are not evaluated there.
private var isOptimized: Bool {
  var optimized = true
  assert(
    {
      optimized = false
      return true
    }())
  return optimized
}
