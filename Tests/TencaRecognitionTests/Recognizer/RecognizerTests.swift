import TencaAudio
import TencaNumerics
import Testing

@testable import TencaRecognition

@Suite struct RecognizerTests {
  private func trained(
    _ kind: RecognizerOptions.UnitKind, seed: UInt64 = 1
  ) throws -> (model: Recognizer, test: [InventedSpeech.Utterance]) {
    var speech = InventedSpeech(seed: seed)
    let training = TranscribedSet(items: speech.set(120).map(\.item))
    let model = try Recognizer.train(
      training, lexicon: try InventedSpeech.lexicon(for: kind),
      options: InventedSpeech.options(kind), source: "invented", execution: Execution(threads: 2))
    return (model, speech.set(25))
  }

  @Test(arguments: RecognizerOptions.UnitKind.allCases)
  func learnsWordsFromTranscriptsAlone(_ kind: RecognizerOptions.UnitKind) throws {
    let (model, test) = try trained(kind)
    let (evaluation, interval) = try model.evaluate(
      TranscribedSet(items: test.map(\.item)), grammar: try WordGraph.loop(InventedSpeech.words),
      weights: model.options.weights, execution: .serial)
    #expect(try #require(evaluation.errors.rate) < 0.06)
    #expect(try #require(interval).contains(evaluation.errors.rate!))
    #expect(model.units.isContextDependent == (kind == .triphones))
  }

  @Test(arguments: [RecognizerOptions.UnitKind.monophones, .triphones])
  func learnsAProjection(_ kind: RecognizerOptions.UnitKind) throws {
    var speech = InventedSpeech(seed: 1)
    let training = TranscribedSet(items: speech.set(120).map(\.item))
    let test = TranscribedSet(items: speech.set(25).map(\.item))
    var options = InventedSpeech.options(kind)
    options.frontEnd.deltas.order = 0
    options.projection = RecognizerOptions.Projection(context: 1, columns: 5)
    let models = try [1, 3].map { threads in
      try Recognizer.train(
        training, lexicon: try InventedSpeech.lexicon(for: kind), options: options, source: "",
        execution: Execution(threads: threads))
    }
    #expect(models[0] == models[1])
    let model = models[0]
    #expect(model.columns == 5 && model.projection?.inputs == 3)
    #expect(model.bank.gaussianCount > model.bank.stateCount)
    let (evaluation, _) = try model.evaluate(
      test, grammar: try WordGraph.loop(InventedSpeech.words), weights: model.options.weights,
      execution: .serial)
    #expect(try #require(evaluation.errors.rate) < 0.06)
    let again = try Recognizer(archive: try model.archive(), path: "m")
    #expect(again.projection == model.projection)
    var damaged = try model.archive()
    damaged.arrays["projection.matrix"] = .float(NDArray(zeros: [4, 9]))
    #expect(throws: RecognitionError.self) { try Recognizer(archive: damaged, path: "m") }
  }

  @Test func hearsPhonesWithoutWords() throws {
    let (model, test) = try trained(.monophones)
    #expect(model.phones.sorted() == ["A", "B", "I", "M", "O", "S"])
    let spelled = try model.spelled(
      TranscribedSet(items: test.map(\.item)), execution: Execution(threads: 2))
    for (utterance, item) in zip(test, spelled.items) {
      // Of a word's pronunciations the one that was said; which that is the sound alone tells.
      let lengths = utterance.item.words.map { model.lexicon.pronunciations(of: $0)[0].count }
      #expect(item.words.count == lengths.reduce(0, +))
    }
    let (evaluation, _) = try model.hearingPhones().evaluate(
      spelled, grammar: try WordGraph.loop(model.phones), weights: model.options.weights,
      execution: .serial)
    let rate = try #require(evaluation.errors.rate)
    #expect(rate < 0.2)
    // Where nothing was said right, all are wrong.
    var wrong = spelled
    for index in wrong.items.indices { wrong.items[index].words = ["none"] }
    let (worst, _) = try model.hearingPhones().evaluate(
      wrong, grammar: try WordGraph.loop(model.phones), weights: model.options.weights,
      execution: .serial)
    #expect(try #require(worst.errors.rate) >= 1)
  }

  @Test func findsWhereWordsAre() throws {
    let (model, test) = try trained(.monophones)
    for utterance in test {
      let features = model.normalized(TranscribedSet(items: [utterance.item]))[0]
      let alignment = try model.align(utterance.item.words, to: features, name: "u")
      let words = alignment.words.filter { !$0.text.isEmpty }
      #expect(words.map(\.text) == utterance.item.words)
      for (word, truth) in zip(words, utterance.bounds) {
        #expect(abs(word.start - truth.start) <= 2 && abs(word.end - truth.end) <= 2)
        #expect(word.confidence > 0.15)
      }
      #expect(alignment.phones.first?.start == 0)
      #expect(zip(alignment.phones, alignment.phones.dropFirst()).allSatisfy { $0.end == $1.start })
      #expect(alignment.phones.last?.end == features.rows)
    }
  }

  @Test func doubtsTheWrongText() throws {
    let (model, _) = try trained(.monophones)
    var speech = InventedSpeech(seed: 9)
    let said = speech.say(["mami", "ba", "sibo"]).item
    let features = model.normalized(TranscribedSet(items: [said]))[0]
    let right = try model.align(["mami", "ba", "sibo"], to: features, name: "u")
    let wrong = try model.align(["mami", "so", "sibo"], to: features, name: "u")
    #expect(wrong.logLikelihood < right.logLikelihood)
    let (a, b) = (right.words.first { $0.text == "ba" }!, wrong.words.first { $0.text == "so" }!)
    #expect(b.confidence < a.confidence)
  }

  @Test func refusesWhatCannotBeAligned() throws {
    let (model, _) = try trained(.monophones)
    var speech = InventedSpeech(seed: 2)
    let item = speech.say(["ba"]).item
    let features = model.normalized(TranscribedSet(items: [item]))[0]
    #expect(throws: RecognitionError.emptyTranscript(path: "u")) {
      try model.align([], to: features, name: "u")
    }
    #expect(throws: RecognitionError.missingWords(["zz"])) {
      try model.align(["ba", "zz"], to: features, name: "u")
    }
    let error = #expect(throws: RecognitionError.self) {
      try model.align([String](repeating: "mami", count: 40), to: features, name: "u.wav")
    }
    #expect("\(try #require(error))".contains("u.wav"))
  }

  @Test func givesAlternativesAndConfidences() throws {
    let (model, _) = try trained(.monophones)
    var speech = InventedSpeech(seed: 5)
    speech.noise = 2.2
    let search = try RecognizerSearch(
      model, grammar: try WordGraph.loop(InventedSpeech.words), weights: model.options.weights)
    var sure: [Double] = []
    for _ in 0..<8 {
      let item = speech.say(["so", "mami", "bo"]).item
      let features = model.normalized(TranscribedSet(items: [item]))[0]
      let found = try search.recognize(features, alternatives: 5)
      #expect(found.count > 1)
      #expect(Set(found.map { $0.texts.joined(separator: " ") }).count == found.count)
      #expect(zip(found, found.dropFirst()).allSatisfy { $0.score >= $1.score - 1e-3 })
      for word in found[0].words { sure.append(try #require(word.confidence)) }
    }
    #expect(sure.allSatisfy { $0 > 0 && $0 <= 1 })
    #expect(sure.reduce(0, +) / Double(sure.count) > 0.5)
  }

  @Test func isTheSameOnAnyNumberOfThreads() throws {
    var speech = InventedSpeech(seed: 4)
    let set = TranscribedSet(items: speech.set(40).map(\.item))
    let models = try [1, 3].map { threads in
      try Recognizer.train(
        set, lexicon: try InventedSpeech.lexicon(for: .triphones),
        options: InventedSpeech.options(.triphones), source: "",
        execution: Execution(threads: threads))
    }
    #expect(models[0] == models[1])
  }

  @Test(arguments: [nil, RecognizerOptions.Projection()])
  func survivesFewData(_ projection: RecognizerOptions.Projection?) throws {
    var speech = InventedSpeech(seed: 3)
    var options = InventedSpeech.options(.words)
    options.projection = projection
    options.gaussians = 5000
    options.wordStates = 6
    let items = [speech.say(["ba"]).item, speech.say(["so"], name: "v").item]
    let model = try Recognizer.train(
      TranscribedSet(items: items), lexicon: nil, options: options, source: "", execution: .serial)
    #expect(model.bank.variances.elements.allSatisfy { $0 > 0 && $0.isFinite })
    #expect(model.training.logLikelihood.isFinite)
  }

  @Test func isSavedWhole() throws {
    let (model, _) = try trained(.triphones)
    let archive = try model.archive()
    let again = try Recognizer(archive: archive, path: "m")
    #expect(again.bank == model.bank && again.units == model.units)
    #expect(again.standardization == model.standardization)
    #expect(again.lexicon == model.lexicon && again.options == model.options)
    #expect(again.training == model.training)
    // Written in ARPA's format, to so many decimals.
    let scores = [model, again].map { $0.languageModel.score(["so", "ba"]).logProbability }
    #expect(abs(scores[0] - scores[1]) < 1e-5)
    var damaged = archive
    damaged.arrays["bank.means"] = nil
    #expect(throws: RecognitionError.self) { try Recognizer(archive: damaged, path: "m") }
    var foreign = archive
    foreign.metadata["tenca.kind"] = "classifier"
    #expect(throws: RecognitionError.self) { try Recognizer(archive: foreign, path: "m") }
  }

  @Test func namesWhatTheLexiconLacks() throws {
    var speech = InventedSpeech(seed: 1)
    var item = speech.say(["ba"]).item
    item.words = ["ba", "unheard"]
    #expect(throws: RecognitionError.missingWords(["unheard"])) {
      try Recognizer.train(
        TranscribedSet(items: [item]), lexicon: try InventedSpeech.lexicon(for: .monophones),
        options: InventedSpeech.options(.monophones), source: "", execution: .serial)
    }
  }
}
