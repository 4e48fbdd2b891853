/// What can go wrong between labelled recordings and a verdict.
///
/// Each case names the place, the value, the limit and the remedy in its ``description``.
public enum RecognitionError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The data set is not there.
  case missing(path: String)
  /// A folder in which no sound file was found.
  case noSounds(path: String)
  /// A manifest lacks a column.
  case missingColumn(path: String, column: String, present: [String])
  /// A column has no row of the value asked for.
  case unknownValue(column: String, value: String, present: [String])
  /// A manifest's cell is empty.
  case emptyCell(path: String, row: Int, column: String)
  /// A file name that a label pattern does not fit.
  case nameDoesNotMatch(path: String, pattern: String)
  /// A label pattern that cannot be read.
  case badPattern(pattern: String, reason: String)
  /// Recordings without labels, where labels are needed.
  case unlabelled(path: String)
  /// Too few classes to tell apart.
  case tooFewClasses(labels: [String])
  /// A class all of whose recordings failed.
  case classWithoutFrames(label: String, first: String)
  /// No frame of the sound is left to judge.
  case onlySilence(path: String)
  /// The recordings' rates differ from the model's, and that was forbidden.
  case mixedRates([Int])
  /// Windows that a sound cannot be cut into, in seconds.
  case badWindow(window: Double, hop: Double, reason: String)
  /// A folder that may not be searched.
  case unreadableFolder(path: String, reason: String)
  /// A saved model that is of another kind.
  case wrongKind(path: String, found: String, expected: String)
  /// A saved model that a newer version wrote.
  case newerFormat(path: String, found: Int, newest: Int)
  /// A saved model in which something is missing or inconsistent.
  case damagedModel(path: String, reason: String)
  /// Cross-validation that cannot be carried out.
  case badFolds(reason: String)
  /// Labels in a test set that the model has never heard.
  case unknownLabels(labels: [String], known: [String])
  /// Words that the lexicon has no pronunciation of.
  case missingWords([String])
  /// A pronunciation with a phone that the recogniser does not know.
  case unknownPhone(word: String, phone: String)
  /// A sound that a text cannot be laid over.
  case cannotAlign(name: String, reason: String)
  /// A recording without a transcript.
  case emptyTranscript(path: String)
  /// Features that a model cannot take.
  case badFeatures(reason: String)
  /// No recording of a batch could be used.
  case nothingLeft(count: Int, first: String?)

  /// The place, what is wrong, and what to do.
  public var description: String {
    switch self {
    case .missing(let path):
      "\(path): no such file or folder. Check the spelling."
    case .noSounds(let path):
      "\(path): no sound file in this folder or below it "
        + "(looked for \(SoundFiles.extensions.joined(separator: ", ")))."
    case .missingColumn(let path, let column, let present):
      "\(path): no column '\(column)'. Its columns are \(Self.list(present))."
    case .unknownValue(let column, let value, let present):
      "no recording has '\(value)' in its column '\(column)'. There is \(Self.list(present))."
    case .emptyCell(let path, let row, let column):
      "\(path), row \(row): the cell of column '\(column)' is empty. Fill it, or drop the row."
    case .nameDoesNotMatch(let path, let pattern):
      "\(path): its name does not have the form \(pattern). Rename it, or give another "
        + "--labels-from."
    case .badPattern(let pattern, let reason):
      "label pattern '\(pattern)': \(reason) Example: '{label}_{speaker}_{take}'."
    case .unlabelled(let path):
      "\(path): its recordings have no labels. Give a manifest with the columns path and label, "
        + "one folder a class, or --labels-from '{label}_{take}'."
    case .tooFewClasses(let labels):
      "a classifier needs at least two classes; there is \(Self.list(labels))."
    case .classWithoutFrames(let label, let first):
      "class '\(label)': no recording of it could be used. Mend them, or leave the class out. The "
        + "first failure: \(first)"
    case .onlySilence(let path):
      "\(path): all of it is silence by the voice activity rule. Classify it without --vad, or "
        + "leave it out."
    case .mixedRates(let rates):
      "recordings have different rates (\(rates.map(String.init).joined(separator: ", ")) Hz). "
        + "Choose one with --rate, or drop --strict-rate."
    case .badWindow(let window, let hop, let reason):
      "windows of \(window) s every \(hop) s: \(reason)."
    case .unreadableFolder(let path, let reason):
      "\(path): this folder cannot be searched: \(reason). Check its permissions."
    case .wrongKind(let path, let found, let expected):
      "\(path): is a model of kind '\(found)'; '\(expected)' is needed here."
    case .newerFormat(let path, let found, let newest):
      "\(path): was written in model format \(found); this version reads up to \(newest). "
        + "Install a newer tenca."
    case .damagedModel(let path, let reason):
      "\(path): the model is damaged: \(reason). Train it again, or restore a copy."
    case .badFolds(let reason):
      "cross-validation: \(reason)"
    case .unknownLabels(let labels, let known):
      "labels \(Self.list(labels)) are not among the model's: \(Self.list(known))."
    case .missingWords(let words):
      "no pronunciation of \(Self.list(words)). Add lines such as 'WORD W ER D' to the lexicon, or "
        + "correct the spelling."
    case .unknownPhone(let word, let phone):
      "the pronunciation of '\(word)' has the phone '\(phone)', which the recogniser did not learn."
    case .cannotAlign(let name, let reason):
      "\(name): the text cannot be laid over the sound: \(reason)."
    case .emptyTranscript(let path):
      "\(path): its transcript is empty. Write what is said, or leave the recording out."
    case .badFeatures(let reason):
      "these features cannot be used: \(reason)."
    case .nothingLeft(let count, let first):
      first.map { "none of \(count) recordings could be used. The first failure: \($0)" }
        ?? "there is no recording. Add rows to the manifest, or files to the folder."
    }
  }

  /// A list short enough to read.
  private static func list(_ items: [String]) -> String {
    if items.isEmpty { return "nothing" }
    let shown = items.prefix(12).map { "'\($0)'" }.joined(separator: ", ")
    return items.count > 12 ? "\(shown) and \(items.count - 12) more" : shown
  }
}
