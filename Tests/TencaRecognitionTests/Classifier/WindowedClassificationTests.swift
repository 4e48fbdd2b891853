import TencaAudio
import TencaNumerics
import Testing

@testable import TencaRecognition

@Suite("Classifying windows")
struct WindowedClassificationTests {
  private func model(_ folder: TemporaryFolder) throws -> Classifier {
    for (label, hertz) in [("low", 300.0), ("high", 2100)] {
      for take in 0..<6 {
        try folder.writeTone(hertz + 5 * Double(take), to: "\(label)/\(take).wav", seed: take + 1)
      }
    }
    var options = ClassifierOptions()
    options.components = 2
    let set = try FeatureSet(
      try Dataset(path: folder.path), options: options, strictRate: false, execution: .serial)
    return try Classifier.train(set, options: options, source: "", execution: .serial)
  }

  @Test("Windows are judged as recordings of their own")
  func windows() throws {
    let folder = try TemporaryFolder()
    let classifier = try model(folder)
    let low = try Waveform.read(path: "\(folder.path)/low/0.wav").samples
    let high = try Waveform.read(path: "\(folder.path)/high/0.wav").samples
    let long = "\(folder.path)/long.wav"
    try SoundWriter.write([Waveform(samples: low + high, sampleRate: 8000)], to: long)
    for threads in [1, 2] {
      var verdicts: [TimedClassification] = []
      try classifier.classifyWindows(
        try SoundStream(path: long, sampleRate: 8000), window: 0.3, hop: 0.3,
        execution: Execution(threads: threads)
      ) { verdicts += $0 }
      #expect(verdicts.map { $0.classification?.label } == ["low", "high"])
      #expect(verdicts.map(\.start) == [0, 0.3])
      #expect(verdicts.map(\.end) == [0.3, 0.6])
      let first = try classifier.loader().features(of: low, name: "low")
      #expect(verdicts[0].classification == (try classifier.classify(first)))
    }
  }

  @Test(
    "Windows that no sound can be cut into are refused",
    arguments: [
      (0.0, 0.5), (-1, 0.5), (.nan, 0.5), (.infinity, 0.5), (1e300, 0.5), (0.01, 0.5), (1, 0),
      (1, 1e-9), (1, -1), (1, .nan), (1, .infinity), (1, 1e300),
    ])
  func refusals(window: Double, hop: Double) throws {
    let folder = try TemporaryFolder()
    let classifier = try model(folder)
    let sound = try SoundStream(path: "\(folder.path)/low/0.wav", sampleRate: 8000)
    #expect(throws: RecognitionError.self) {
      try classifier.classifyWindows(sound, window: window, hop: hop, execution: .serial) { _ in }
    }
  }
}
