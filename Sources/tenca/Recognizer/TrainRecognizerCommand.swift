import ArgumentParser
internal import Logging
internal import TencaAudio
internal import TencaNumerics
internal import TencaRecognition

/// `tenca train recognizer`: learn to write down what is said.
struct TrainRecognizerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recognizer",
    abstract: "Learn to recognise connected words from recordings and their transcripts.",
    discussion: #"""
      DATA is a manifest with the columns path, text and, where known, speaker. Paths are
      sounds, or .npy matrices of cepstra, frames × coefficients. Times need not be known:
      sounds and texts are aligned again and again while the models grow.

        tenca train recognizer an4/train.csv --lexicon an4.dic -o an4.tenca
        tenca train recognizer an4/train.csv --lexicon an4.dic --units triphones \
          --gaussians 1500 -o an4.tenca

      A small vocabulary needs no lexicon: every word becomes a unit of its own.

        tenca train recognizer yesno.csv --units words --gaussians 100 -o yesno.tenca

      Lexicons are in CMU's format, WORD PH PH, other pronunciations as WORD(2). A bigram
      of the transcripts is learned beside the sounds, for tenca recognize.
      """#)

  @Argument(
    help: ArgumentHelp(
      "A manifest CSV with the columns path, text and perhaps speaker, or a folder that holds a "
        + "manifest.csv.", valueName: "data"), completion: .file())
  var data: String

  @Option(name: .shortAndLong, help: "Where to write the model.", completion: .file())
  var output: String

  @Option(help: "Pronunciations of the words.", completion: .file())
  var lexicon: String?

  @Option(
    help: "The phones, one a line: a pronunciation with another one is refused.",
    completion: .file())
  var phones: String?

  @Option(help: "What words are made of: monophones, triphones or words. Default: monophones.")
  var units: RecognizerOptions.UnitKind?

  @Option(help: "Hidden states of a phone; with --units words, of a word. Default: 3; by length.")
  var states: Int?

  @Option(help: "Gaussians of all states together.")
  var gaussians = RecognizerOptions().gaussians

  @Option(help: "With --units triphones, how many states are told apart at most.")
  var tiedStates = RecognizerOptions().tiedStates

  @Option(
    help: """
      Learn a map of neighbouring frames to so many columns, in the place of deltas; 0: deltas. \
      Default: \(RecognizerOptions.Projection().columns); of words 0.
      """)
  var project: Int?

  @Option(help: "How many frames on either side take part in that map.")
  var splice = RecognizerOptions.Projection().context

  @Option(help: "Rounds of training.")
  var rounds = RecognizerOptions().rounds

  @Option(help: "Take out the mean and deviation of each speaker, of each utterance, or nothing.")
  var voices = RecognizerOptions.SpeakerNormalization.speaker

  @OptionGroup(title: "Grammar") var grammar: GrammarWeightArguments
  @Option(help: "Use the rows whose column 'split' has this value.")
  var split: String?

  @OptionGroup(title: "Hearing") var hearing: HearingArguments
  @OptionGroup var frontEnd: FrontEndArguments

  @Flag(help: "Report as JSON on standard output.")
  var json = false

  @OptionGroup var work: WorkOptions

  func validate() throws {
    for (name, value, most) in [
      ("--gaussians", gaussians, 1_000_000), ("--tied-states", tiedStates, 100_000),
      ("--rounds", rounds, 1000), ("--states", states ?? 1, 100),
    ] where !(1...most).contains(value) {
      throw ValidationError("\(name) \(value): from 1 to \(most).")
    }
    if let project, !(0...1000).contains(project) {
      throw ValidationError("--project \(project): from 0 to 1000 columns.")
    }
    if !(0...50).contains(splice) {
      throw ValidationError("--splice \(splice): from 0 to 50 frames.")
    }
    if lexicon == nil && units != .words {
      throw ValidationError(
        "give the words' pronunciations with --lexicon, or learn each word as a whole with "
          + "--units words.")
    }
    if lexicon != nil && units == .words {
      throw ValidationError("--units words learns words as wholes: it needs no --lexicon.")
    }
    if phones != nil && lexicon == nil { throw ValidationError("--phones needs --lexicon.") }
  }

  private func options() throws -> RecognizerOptions {
    var options = RecognizerOptions(units ?? .monophones)
    options.frontEnd = try hearing.frontEnd(changedBy: frontEnd)
    options.channel = hearing.channel
    options.warps = hearing.warps
    options.normalization = voices
    if let states {
      options.phoneStates = states
      options.wordStates = states
    }
    options.gaussians = gaussians
    options.tiedStates = tiedStates
    options.rounds = rounds
    if let project {
      options.projection = project == 0 ? nil : RecognizerOptions.Projection(columns: project)
    }
    options.projection?.context = splice
    options.weights = grammar.changing(options.weights)
    return options
  }

  func run() throws {
    try OutputPath.check(output)
    let failures = try work.run { execution in
      let options = try options()
      let lexicon = try lexicon.map { try PronunciationLexicon(path: $0) }
      try checkPhones(of: lexicon)
      var dataset = try Dataset(path: data, labelColumn: "text")
      if let split { dataset = try dataset.filtered(column: "split", value: split) }
      let set = try TranscribedSet(
        dataset, options: options, sampleRate: hearing.rate, withCopies: true,
        execution: execution)
      let model = try Recognizer.train(
        set, lexicon: lexicon, options: options, source: data, execution: execution)
      for warning in model.training.warnings { work.logger.warning("\(warning)") }
      try ModelFile.write(try model.archive(), to: output)
      let report = RecognizerReport(model, path: output)
      if json {
        try Console.write(report, json: true)
      } else {
        work.logger.info("\(report.summary)")
      }
      return (set.failures, dataset.recordings.count)
    }
    try BatchFailures.report(failures.0, of: failures.1)
  }

  private func checkPhones(of lexicon: PronunciationLexicon?) throws {
    guard let phones, let lexicon else { return }
    let known = Set(try PronunciationLexicon.phoneList(path: phones))
    for word in lexicon.words {
      for spoken in lexicon.pronunciations(of: word) {
        if let phone = spoken.first(where: { !known.contains($0) }) {
          throw RecognitionError.unknownPhone(word: word, phone: phone)
        }
      }
    }
  }
}

/// How much a grammar counts beside what is heard.
struct GrammarWeightArguments: ParsableArguments {
  @Option(help: "What the grammar's log-probabilities are multiplied by.")
  var languageWeight: Double?

  @Option(
    parsing: .unconditional,
    help: "What is added to the log-probability for every word: below 0, fewer are heard.")
  var wordPenalty: Double?

  func validate() throws {
    if let languageWeight, !(languageWeight >= 0 && languageWeight.isFinite) {
      throw ValidationError("--language-weight \(languageWeight): 0 or more.")
    }
    if let wordPenalty, !wordPenalty.isFinite {
      throw ValidationError("--word-penalty \(wordPenalty): a number.")
    }
  }

  /// Weights with what was given in place of what was there.
  func changing(_ weights: SearchWeights) -> SearchWeights {
    var weights = weights
    weights.languageWeight = languageWeight ?? weights.languageWeight
    weights.wordPenalty = wordPenalty ?? weights.wordPenalty
    return weights
  }
}
