import ArgumentParser
internal import Logging
internal import TencaAudio
internal import TencaFormats
internal import TencaNumerics
internal import TencaRecognition

/// `tenca recognize`: write down what is said.
struct RecognizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recognize",
    abstract: "Write down what is said.",
    usage: "tenca recognize [<options>] <model> <inputs> ...",
    discussion: #"""
        tenca recognize an4.tenca letters.wav
        tenca recognize an4.tenca calls/ --ctm > calls.ctm
        tenca recognize an4.tenca letters.wav --nbest 5 --json

      By a grammar of one's own, words in any order, or a larger n-gram:

        tenca recognize an4.tenca letters.wav --grammar spelling.jsgf
        tenca recognize an4.tenca letters.wav --words "R U B O T"
        tenca recognize an4.tenca letters.wav --arpa letters.arpa

      While it is being said, a line a sentence; with --json also what was understood
      so far:

        arecord -f S16_LE -r 16000 -t wav | tenca recognize an4.tenca -
      """#)

  @Argument(help: "A model of tenca train recognizer.", completion: .file())
  var model: String

  @Argument(
    help: "Sounds, folders of sounds, or .npy feature matrices; - listens to standard input.",
    completion: .file())
  var inputs: [String]

  @OptionGroup(title: "What may be said") var grammar: GrammarArguments

  @Option(help: "List this many different sentences.")
  var nbest = 1

  @Option(
    help: "Write all that was found in one recording to this file, in HTK's lattice format.",
    completion: .file())
  var lattice: String?

  @OptionGroup(title: "Report") var format: TranscriptFormatArguments
  @OptionGroup var work: WorkOptions

  func validate() throws {
    if !(1...1000).contains(nbest) { throw ValidationError("--nbest \(nbest): from 1 to 1000.") }
    if nbest > 1 && !(format.isText || format.json || format.csv) {
      throw ValidationError("--nbest is for text, --json and --csv.")
    }
  }

  func run() throws {
    let recognizer = try ModelFile.readRecognizer(model)
    let graph = try grammar.graph(for: recognizer)
    if inputs == ["-"] {
      if lattice != nil { throw ValidationError("--lattice is for a recording, not for -.") }
      return try work.run { try listen(recognizer, graph, $0) }
    }
    let sounds = try SoundInputs(inputs)
    if let lattice {
      if sounds.files.count != 1 { throw ValidationError("--lattice is for one recording.") }
      try OutputPath.check(lattice)
    }
    let reports = try work.run { execution in
      let search = try RecognizerSearch(
        recognizer, grammar: graph, weights: grammar.weights(for: recognizer),
        beam: grammar.searchBeam)
      let counter = ProgressCounter(execution, task: "recognising", total: sounds.files.count)
      let frontEnd = try recognizer.frontEnd()
      let found = try execution.attempt(sounds.files.count, counter) { index in
        let found = try search.recognizeWithLattice(
          try frontEnd.features(
            at: sounds.files[index].path, cancellation: execution.cancellation),
          alternatives: nbest)
        return (sentences: found.sentences, lattice: lattice == nil ? nil : found.lattice)
      }
      let results = zip(sounds.files, found).map { file, found in
        switch found {
        case .success(let found):
          TranscriptReport(file.relativePath, found.sentences, hopSeconds: frontEnd.hopSeconds)
        case .failure(let error): TranscriptReport(Failure(name: file.relativePath, error))
        }
      }
      try format.write(results)
      if let lattice, let all = try? found.first?.get().lattice {
        let text = all.standardText(
          utterance: sounds.files[0].relativePath, hopSeconds: frontEnd.hopSeconds)
        try ReplacingFile.write(text.utf8, to: lattice)
      }
      return results
    }
    try BatchFailures.report(
      sounds.failures + reports.compactMap(\.failure), of: sounds.failures.count + reports.count)
  }

  private func listen(
    _ recognizer: Recognizer, _ graph: WordGraph, _ execution: Execution
  ) throws {
    guard let rate = recognizer.sampleRate else {
      throw ValidationError("\(model) learned from feature matrices: it cannot listen to sound.")
    }
    if !(format.isText || format.json) {
      throw ValidationError("what is heard from - is written as text or with --json.")
    }
    let sound = try SoundStream(
      path: "-", channel: recognizer.options.channel, sampleRate: rate, blockFrames: rate / 10)
    var live = try LiveRecognition(
      recognizer, grammar: graph, weights: grammar.weights(for: recognizer),
      beam: grammar.searchBeam)
    let hop = try recognizer.frontEnd().hopSeconds
    func tell(_ updates: [LiveRecognition.Update]) throws {
      for update in updates {
        switch update {
        case .partial(let heard):
          if format.json {
            try Console.writeLine(
              try JSONText.encodeLine(LiveLine(kind: "partial", heard, start: 0, hop: hop)))
          } else if Console.isTerminal && !work.quiet {
            Console.showStatus(heard.texts.joined(separator: " "))
          }
        case .sentence(let heard, let start):
          Console.clearStatus()
          if format.json {
            try Console.writeLine(
              try JSONText.encodeLine(
                LiveLine(kind: "sentence", heard, start: start, hop: hop)))
          } else {
            try Console.writeLine(heard.texts.joined(separator: " "))
          }
        }
      }
    }
    while let block = try sound.next() {
      try execution.cancellation.check()
      try tell(try live.append(block[0]))
    }
    try tell(try live.finish())
  }
}

/// A line of what is heard live.
private struct LiveLine: Encodable {
  let kind: String
  let text: String
  let start: Double
  let end: Double

  init(kind: String, _ heard: Recognition, start: Int, hop: Double) {
    self.kind = kind
    text = heard.texts.joined(separator: " ")
    self.start = Double(start) * hop
    end = Double(start + heard.frameCount) * hop
  }
}
