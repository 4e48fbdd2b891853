import TencaAudio
import TencaMixture
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

  private static func mixtures(of classifier: Classifier) throws -> [GaussianMixture] {
    guard case .mixtures(let mixtures) = classifier.models else { return try #require(nil) }
    return mixtures
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

  @Test("Classes adapted from a background model differ from it by what they heard, and are saved")
  func background() throws {
    let folder = try TemporaryFolder()
    let unheard = try TemporaryFolder()
    var options = options
    options.components = 6
    options.background = AdaptationOptions(weights: 4, means: 4)
    let set = try features(try tones(in: folder, takes: 0..<6), options)
    let classifier = try Classifier.train(
      set, options: options, source: folder.path, execution: .serial)
    let mixtures = try Self.mixtures(of: classifier)
    let first = mixtures[0]
    for mixture in mixtures {
      // All come from one mixture: neither count nor spread of its Gaussians was touched.
      #expect(mixture.components == first.components)
      #expect(mixture.variances == first.variances)
    }
    #expect(Set(mixtures.map(\.meanVectors.elements)).count == 3)
    // Every class fills other Gaussians.
    let favourites = mixtures.map { $0.weights.firstIndex(of: $0.weights.max()!)! }
    #expect(Set(favourites).count == 3)

    let test = try features(try tones(in: unheard, takes: 20..<24), options)
    #expect(try classifier.evaluate(test, execution: .serial).confusion.accuracy == 1)
    let copy = try Classifier(archive: try classifier.archive(), path: "memory")
    #expect(copy.options == options)
    #expect(try copy.classify(test.features[0]) == classifier.classify(test.features[0]))
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

  @Test("A class that no recording is left of stops training, and the first failure is named")
  func lostClass() throws {
    let folder = try TemporaryFolder()
    _ = try tones(in: folder, takes: 0..<3)
    let bad = try folder.write("this is not sound", to: "odd/bad.wav")
    let set = try features(try Dataset(path: folder.path), options)
    #expect(set.lostClasses.keys.sorted() == ["odd"])
    let error = #expect(throws: RecognitionError.self) {
      try Classifier.train(set, options: options, source: "", execution: .serial)
    }
    #expect(error?.description.contains("class 'odd'") == true)
    #expect(error?.description.contains(bad) == true)
  }

  @Test("Recordings without labels are refused by name")
  func unlabelled() throws {
    let folder = try TemporaryFolder()
    let whole = try features(try tones(in: folder, takes: 0..<2), options)
    let path = try folder.writeTone(300, to: "a.wav")
    let model = try Classifier.train(whole, options: options, source: "", execution: .serial)
    let dataset = Dataset(
      source: "x", recordings: [Recording(path: path, name: "a.wav", label: nil)])
    let set = try features(dataset, options)
    let refusal = RecognitionError.unlabelled(path: path)
    #expect(throws: refusal) {
      try Classifier.train(set, options: options, source: "", execution: .serial)
    }
    #expect(throws: refusal) { try model.evaluate(dataset, execution: .serial) }
    #expect(throws: refusal) { try model.evaluate(set, execution: .serial) }
  }

  @Test("A recording that a manifest names twice counts twice")
  func twice() throws {
    let folder = try TemporaryFolder()
    let dataset = try tones(in: folder, takes: 0..<3)
    let doubled = Dataset(
      source: dataset.source, recordings: dataset.recordings + dataset.recordings)
    let set = try features(doubled, options)
    let model = try Classifier.train(set, options: options, source: "", execution: .serial)
    #expect(model.training.recordings == [6, 6, 6])
    let validation = try CrossValidation.run(
      [Tuning.Candidate(options: options, set: set)], parting: .folds(2), rejectBelow: 0.5,
      execution: .serial)
    #expect(validation.confusion.total == 18)
  }

  @Test("A sound judged block by block gets the verdict on its features as a whole")
  func streaming() throws {
    let folder = try TemporaryFolder()
    let set = try features(try tones(in: folder, takes: 0..<4), options)
    let model = try Classifier.train(set, options: options, source: "", execution: .serial)
    // Several blocks of the reader, 65536 samples each.
    let long = try folder.writeTone(850, to: "long.wav", seconds: 20)
    let loader = try model.loader()
    let (verdict, resampledFrom) = try model.classify(
      soundAt: long, loader: loader, cancellation: Cancellation())
    #expect(verdict == (try model.classify(loader.load(long).features)))
    #expect(verdict.frameCount > 1900)
    #expect(resampledFrom == nil)
    let stopped = Cancellation()
    stopped.cancel()
    #expect(throws: CancellationError.self) {
      try model.classify(soundAt: long, loader: loader, cancellation: stopped)
    }
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
    #expect(throws: RecognitionError.newerFormat(path: "m", found: 99, newest: 2)) {
      try Classifier(archive: archive, path: "m")
    }
    for format in ["0", "-1", "one", ""] {
      archive.metadata["tenca.format"] = format
      #expect(throws: RecognitionError.self, "format '\(format)'") {
        try Classifier(archive: archive, path: "m")
      }
    }
    archive = whole
    archive.metadata["tenca.kind"] = "hmm"
    #expect(throws: RecognitionError.wrongKind(path: "m", found: "hmm", expected: "classifier")) {
      try Classifier(archive: archive, path: "m")
    }
  }

  @Test("A description that does not fit the arrays is refused")
  func damagedDescription() throws {
    let folder = try TemporaryFolder()
    let set = try features(try tones(in: folder, takes: 0..<3), options)
    let whole = try Classifier.train(set, options: options, source: "", execution: .serial)
      .archive()
    let text = try #require(whole.metadata["tenca.classifier"])
    for (old, new) in [
      (text, ""), (text, "{\"labels\": 3}"), (text, "{"),
      ("\"low\"", "\"high\""), ("\"low\",", ""), ("\"logLikelihoods\":[", "\"logLikelihoods\":[1,"),
      ("\"evidenceScale\":", "\"evidenceScale\":-"), ("\"sampleRate\":8000", "\"sampleRate\":0"),
      ("\"order\":2", "\"order\":1"),
    ] {
      #expect(text.contains(old), "'\(old)' is not there to be changed")
      var archive = whole
      archive.metadata["tenca.classifier"] = text.replacing(old, with: new)
      let error = #expect(throws: RecognitionError.self, "\(old) → \(new)") {
        try Classifier(archive: archive, path: "m")
      }
      #expect(error?.description.hasPrefix("m: the model is damaged: ") == true)
      #expect(error?.description.contains("..") == false)
    }
  }
}
