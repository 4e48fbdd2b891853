import TencaNumerics
import Testing

@testable import TencaRecognition

@Suite("Evaluation")
struct EvaluationTests {
  private func dataset(_ folder: TemporaryFolder) throws -> Dataset {
    for (label, hertz) in [("low", 300.0), ("high", 2100)] {
      for take in 0..<4 {
        try folder.writeTone(hertz + 5 * Double(take), to: "\(label)/\(take).wav", seed: take + 1)
      }
    }
    return try Dataset(path: folder.path)
  }

  private func model(_ dataset: Dataset) throws -> Classifier {
    var options = ClassifierOptions()
    options.components = 2
    let set = try FeatureSet(dataset, options: options, strictRate: false, execution: .serial)
    return try Classifier.train(set, options: options, source: "", execution: .serial)
  }

  @Test("Files judged one by one give what their features give, on any number of threads")
  func files() throws {
    let folder = try TemporaryFolder()
    let dataset = try dataset(folder)
    let model = try model(dataset)
    let set = try FeatureSet(
      dataset, options: model.options, strictRate: false, execution: .serial)
    let expected = try model.evaluate(set, rejectBelow: 0.9, execution: .serial)
    #expect(expected.verdicts.count == 8)
    for threads in [1, 3] {
      let evaluation = try model.evaluate(
        dataset, rejectBelow: 0.9, execution: Execution(threads: threads))
      #expect(evaluation == expected)
    }
  }

  @Test("Bad files are listed, resampled ones counted, and strange labels refused")
  func oddities() throws {
    let folder = try TemporaryFolder()
    let model = try model(try dataset(folder))
    try folder.write("not sound", to: "low/bad.wav")
    try folder.writeTone(300, to: "low/fast.wav", rate: 16000)
    let evaluation = try model.evaluate(try Dataset(path: folder.path), execution: .serial)
    #expect(evaluation.confusion.total == 9)
    #expect(evaluation.failures.map(\.name) == ["low/bad.wav"])
    #expect(evaluation.resampled == [16000: 1])
    let strict = try model.evaluate(
      try Dataset(path: folder.path), strictRate: true, execution: .serial)
    #expect(strict.failures.map(\.name) == ["low/bad.wav", "low/fast.wav"])
    let stopped = Execution()
    stopped.cancellation.cancel()
    #expect(throws: CancellationError.self) {
      try model.evaluate(try Dataset(path: folder.path), execution: stopped)
    }

    try folder.writeTone(300, to: "purple/1.wav")
    #expect(
      throws: RecognitionError.unknownLabels(labels: ["purple"], known: ["high", "low"])
    ) { try model.evaluate(try Dataset(path: folder.path), execution: .serial) }
    let none = Dataset(
      source: "x", recordings: [Recording(path: "/nowhere.wav", name: "n", label: "low")])
    #expect(throws: RecognitionError.self) { try model.evaluate(none, execution: .serial) }
  }
}
