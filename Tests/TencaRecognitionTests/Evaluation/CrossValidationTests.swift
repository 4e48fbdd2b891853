import TencaAudio
import TencaNumerics
import Testing

@testable import TencaRecognition

@Suite("Cross-validation")
struct CrossValidationTests {
  private func manifest(_ folder: TemporaryFolder, speakers: [String]) throws -> Dataset {
    var lines = ["path,label,speaker"]
    for (label, hertz) in [("low", 300.0), ("high", 2100)] {
      for (number, speaker) in speakers.enumerated() {
        let name = "\(label)_\(speaker).wav"
        try folder.writeTone(hertz * (1 + 0.01 * Double(number)), to: name, seed: number + 1)
        lines.append("\(name),\(label),\(speaker)")
      }
    }
    return try Dataset(path: folder.write(lines.joined(separator: "\n") + "\n", to: "m.csv"))
  }

  private var options: ClassifierOptions {
    var options = ClassifierOptions()
    options.components = 1
    return options
  }

  @Test("Every recording is judged once, by a model that did not hear its group")
  func groups() throws {
    let folder = try TemporaryFolder()
    let dataset = try manifest(folder, speakers: ["a", "b", "c"])
    let set = try FeatureSet(
      dataset, options: options, strictRate: false, execution: .serial)
    let result = try CrossValidation.run(
      [Tuning.Candidate(options: options, set: set)], parting: .column("speaker"),
      execution: .serial)
    #expect(result.folds.map(\.name) == ["a", "b", "c"])
    #expect(result.folds.map(\.total) == [2, 2, 2])
    #expect(result.confusion.total == 6)
    #expect(Set(result.verdicts.map(\.name)).count == 6)
    #expect(result.confusion.accuracy == 1)
  }

  @Test("Parts spread classes evenly")
  func folds() {
    let recordings = (0..<23).map {
      Recording(path: "\($0)", name: "\($0)", label: $0 % 3 == 0 ? "a" : "b")
    }
    let parts = CrossValidation.stratifiedFolds(recordings.map(\.label), count: 4)
    for label in ["a", "b"] {
      let sizes = (0..<4).map { part in
        recordings.indices.count { parts[$0] == part && recordings[$0].label == label }
      }
      #expect(sizes.max()! - sizes.min()! <= 1, "class \(label): \(sizes)")
    }
  }

  @Test("What cannot be parted is refused, and why")
  func refusals() throws {
    let folder = try TemporaryFolder()
    let set = try FeatureSet(
      try manifest(folder, speakers: ["a", "b"]), options: options, strictRate: false,
      execution: .serial)
    func run(_ parting: CrossValidation.Parting) throws {
      _ = try CrossValidation.run(
        [Tuning.Candidate(options: options, set: set)], parting: parting, execution: .serial)
    }
    #expect(throws: RecognitionError.self) { try run(.folds(1)) }
    #expect(throws: RecognitionError.self) { try run(.folds(5)) }
    #expect(throws: RecognitionError.self) { try run(.column("room")) }
    // Leaving one class out leaves nothing of it to learn from.
    #expect(throws: RecognitionError.self) { try run(.column("label")) }
  }

  @Test("The better of two candidates is chosen, and only training recordings choose")
  func tuning() throws {
    let folder = try TemporaryFolder()
    let dataset = try manifest(folder, speakers: ["a", "b", "c", "d"])
    var deaf = options
    // Energy alone does not tell tones of one level apart.
    deaf.frontEnd.kind = .energy
    deaf.frontEnd.normalization = .init(scope: .utterance, variance: true)
    let candidates = try Tuning.candidates(
      [deaf, options], dataset, strictRate: false, execution: .serial)
    let (best, accuracies) = try Tuning.choose(
      candidates, parting: .column("speaker"), execution: .serial)
    #expect(best == 1)
    #expect(accuracies[1] == 1 && accuracies[0] < 1)
    let result = try CrossValidation.run(
      candidates, parting: .column("speaker"), execution: .serial)
    #expect(result.folds.allSatisfy { $0.choice == candidates[1].summary })
    #expect(result.confusion.accuracy == 1)
  }
}
