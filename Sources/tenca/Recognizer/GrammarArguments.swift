import ArgumentParser
internal import FoundationEssentials
internal import TencaRecognition

/// What may be said.
struct GrammarArguments: ParsableArguments {
  @Option(help: "A grammar in JSGF that says which sentences there are.", completion: .file())
  var grammar: String?

  @Option(help: "With --grammar, the rule that sentences follow. Default: the public one.")
  var rule: String?

  @Option(help: "An n-gram model in ARPA's format.", completion: .file())
  var arpa: String?

  @Option(help: "These words in any number and order, between spaces.")
  var words: String?

  @OptionGroup var weights: GrammarWeightArguments

  @Option(help: "Give up what is this much less probable than the best, in nats.")
  var beam = SearchBeam().width

  @Option(help: "Follow at most so many hidden states at a time.")
  var maximumActive = SearchBeam().maximumActive

  func validate() throws {
    if [grammar, arpa, words].compactMap({ $0 }).count > 1 {
      throw ValidationError("--grammar, --arpa and --words exclude each other.")
    }
    if rule != nil && grammar == nil { throw ValidationError("--rule needs --grammar.") }
    if !(beam > 0) { throw ValidationError("--beam \(beam): above 0.") }
    if maximumActive < 1 { throw ValidationError("--maximum-active \(maximumActive): 1 or more.") }
  }

  /// What may be said to a recogniser: as asked, or by the n-gram of its training transcripts.
  ///
  /// - Throws: `LanguageError` with line and column.
  func graph(for model: Recognizer) throws -> WordGraph {
    if let grammar {
      return try JSGFGrammar(path: grammar).wordGraph(rule: rule).withoutEpsilons()
    }
    if let arpa { return try NGramModel(path: arpa).wordGraph() }
    if let words { return try WordGraph.loop(TranscriptText().words(of: words)) }
    return model.languageModel.wordGraph()
  }

  /// How much the grammar counts.
  func weights(for model: Recognizer) -> SearchWeights { weights.changing(model.options.weights) }

  /// What is given up.
  var searchBeam: SearchBeam { SearchBeam(width: beam, maximumActive: maximumActive) }
}
