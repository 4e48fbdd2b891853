import TencaAudio
import TencaNumerics
import Testing

@testable import TencaRecognition

@Suite("Classifiers")
struct ClassifierTests {
  /// Three classes of tones, in noise that differs from take to take.
  private func tones(in folder: TemporaryFolder, takes: Range<Int>) throws -> Dataset {
    for (label, hertz) in [("low", 300.0), ("middle", 900), ("high", 2100)] {
      for take in takes {
        try folder.writeTone(
          hertz * (1 + 0.02 * Double(take % 3)), to: "\(label)/\(take).wav",
          seed: take * 31 + label.count)
      }
    }
    return try Dataset(path: folder.path)
  }

  private var options: ClassifierOptions {
    var options = ClassifierOptions()
    options.components = 2
    return options
  }

  private func features(
    _ dataset: Dataset, _ options: ClassifierOptions, threads: Int = 1
  ) throws -> FeatureSet {
    try FeatureSet(
      dataset, options: options, strictRate: false, execution: Execution(threads: threads))
  }

  @Test("Tones never heard before are named, and come back the same after saving")
  func learning() throws {
    let folder = try TemporaryFolder()
    let unheard = try TemporaryFolder()
    let set = try features(try tones(in: folder, takes: 0..<6), options)
    let classifier = try Classifier.train(
      set, options: options, source: folder.path, execution: .serial)
    #expect(classifier.labels == ["high", "low", "middle"])
    #expect(classifier.training.recordings == [6, 6, 6])
    let test = try features(try tones(in: unheard, takes: 20..<24), options)
    let evaluation = try classifier.evaluate(test, execution: .serial)
    #expect(evaluation.confusion.accuracy == 1)
    #expect(evaluation.confusion.total == 12)

    let copy = try Classifier(archive: try classifier.archive(), path: "memory")
    for features in test.features {
      let verdict = try classifier.classify(features)
      #expect(try copy.classify(features) == verdict)
      #expect(abs(verdict.ranking.reduce(0) { $0 + $1.probability } - 1) < 1e-9)
      #expect(verdict.frameCount == features.rows)
    }
  }

  @Test("One thread and four give the same model, byte for byte")
  func threads() throws {
    let folder = try TemporaryFolder()
    let dataset = try tones(in: folder, takes: 0..<4)
    let archives = try [1, 4].map { threads in
      try Classifier.train(
        try features(dataset, options, threads: threads), options: options, source: "x",
        execution: Execution(threads: threads)
      ).archive()
    }
    #expect(archives[0] == archives[1])
  }

  @Test("A threshold above the best probability rejects")
  func rejection() throws {
    let folder = try TemporaryFolder()
    let set = try features(try tones(in: folder, takes: 0..<4), options)
    let classifier = try Classifier.train(set, options: options, source: "", execution: .serial)
    let verdict = try classifier.classify(set.features[0], rejectBelow: 1.1)
    #expect(verdict.label == nil)
    #expect(verdict.ranking[0].label == set.recordings[0].label)
  }

  @Test("A class of one recording is learned from, and that is said")
  func singleRecording() throws {
    let folder = try TemporaryFolder()
    try folder.writeTone(300, to: "low/1.wav")
    try folder.writeTone(2000, to: "high/1.wav")
    try folder.writeTone(2000, to: "high/2.wav", seed: 2)
    let set = try features(try Dataset(path: folder.path), options)
    let classifier = try Classifier.train(set, options: options, source: "", execution: .serial)
    #expect(
      classifier.training.warnings.contains("class 'low': learned from a single recording"))
    #expect(classifier.evidenceScale == 1)
  }

  @Test("One class is not enough")
  func oneClass() throws {
    let folder = try TemporaryFolder()
    try folder.writeTone(300, to: "low/1.wav")
    let set = try features(try Dataset(path: folder.path), options)
    #expect(throws: RecognitionError.tooFewClasses(labels: ["low"])) {
      try Classifier.train(set, options: options, source: "", execution: .serial)
    }
  }

  @Test("A bad recording is listed and the rest is used; none at all is an error")
  func failures() throws {
    let folder = try TemporaryFolder()
    var dataset = try tones(in: folder, takes: 0..<3)
    try folder.write("this is not sound", to: "low/bad.wav")
    dataset = try Dataset(path: folder.path)
    let set = try features(dataset, options, threads: 2)
    #expect(set.failures.map(\.name) == ["low/bad.wav"])
    #expect(set.recordings.count == 9)
    let bad = Dataset(
      source: "x", recordings: [Recording(path: "/nowhere.wav", name: "n", label: "a")])
    #expect(throws: RecognitionError.self) { try features(bad, options) }
  }

  @Test("Rates: the most common wins, the others are resampled and counted, or refused")
  func rates() throws {
    let folder = try TemporaryFolder()
    let dataset0 = try tones(in: folder, takes: 0..<2)
    #expect(dataset0.recordings.count == 6)
    try folder.writeTone(300, to: "low/other.wav", rate: 16000)
    let dataset = try Dataset(path: folder.path)
    let set = try features(dataset, options)
    #expect(set.sampleRate == 8000)
    #expect(set.resampled == [16000: 1])
    #expect(throws: RecognitionError.mixedRates([8000, 16000])) {
      try FeatureSet(dataset, options: options, strictRate: true, execution: .serial)
    }
  }

  @Test("Damaged and foreign archives are refused by name")
  func damaged() throws {
    let folder = try TemporaryFolder()
    let set = try features(try tones(in: folder, takes: 0..<3), options)
    let whole = try Classifier.train(set, options: options, source: "", execution: .serial)
      .archive()
    for name in whole.arrays.keys {
      var archive = whole
      archive.arrays[name] = nil
      #expect(throws: RecognitionError.self, "without \(name)") {
        try Classifier(archive: archive, path: "m")
      }
      archive.arrays[name] = .double(NDArray(repeating: .nan, shape: whole.arrays[name]!.shape))
      #expect(throws: RecognitionError.self, "NaN in \(name)") {
        try Classifier(archive: archive, path: "m")
      }
      archive.arrays[name] = .double(NDArray(zeros: [7, 7, 7]))
      #expect(throws: RecognitionError.self, "wrong shape of \(name)") {
        try Classifier(archive: archive, path: "m")
      }
    }
    var archive = whole
    archive.metadata["tenca.format"] = "99"
    #expect(throws: RecognitionError.newerFormat(path: "m", found: "99", newest: 1)) {
      try Classifier(archive: archive, path: "m")
    }
    archive = whole
    archive.metadata["tenca.kind"] = "hmm"
    #expect(throws: RecognitionError.wrongKind(path: "m", found: "hmm", expected: "classifier")) {
      try Classifier(archive: archive, path: "m")
    }
    archive = whole
    archive.metadata["tenca.classifier"] = "{\"labels\": 3}"
    #expect(throws: RecognitionError.self) { try Classifier(archive: archive, path: "m") }
  }

  @Test("Windows are judged as recordings of their own")
  func windows() throws {
    let folder = try TemporaryFolder()
    let set = try features(try tones(in: folder, takes: 0..<6), options)
    let classifier = try Classifier.train(set, options: options, source: "", execution: .serial)
    let low = try Waveform.read(path: "\(folder.path)/low/0.wav").samples
    let high = try Waveform.read(path: "\(folder.path)/high/0.wav").samples
    let long = "\(folder.path)/long.wav"
    try SoundWriter.write([Waveform(samples: low + high, sampleRate: 8000)], to: long)
    var verdicts: [TimedClassification] = []
    try classifier.classifyWindows(
      try SoundStream(path: long, sampleRate: 8000), window: 0.3, hop: 0.3, execution: .serial
    ) { verdicts += $0 }
    #expect(verdicts.map { $0.classification?.label } == ["low", "high"])
    #expect(verdicts.map(\.start) == [0, 0.3])
    #expect(verdicts.map(\.end) == [0.3, 0.6])
    let first = try classifier.loader().features(of: low, name: "low")
    #expect(verdicts[0].classification == (try classifier.classify(first)))
  }
}
