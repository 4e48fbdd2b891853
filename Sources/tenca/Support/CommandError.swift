/// What can go wrong between the command line and the libraries.
///
/// Each case names the place, what is wrong, and the remedy in its ``description``.
enum CommandError: Error, Equatable, CustomStringConvertible {
  /// Standard output takes no more.
  case standardOutput(reason: String)
  /// No file can be made there.
  case unwritable(path: String, reason: String)
  /// Two inputs that would be written to one place.
  case outputCollision(first: String, second: String, name: String)
  /// A model that is no mixture of rows.
  case notAMixture(path: String)
  /// A model that names no classes.
  case notAClassifier(path: String)
  /// A model that writes nothing down.
  case notARecognizer(path: String)
  /// A model that has no hidden states.
  case notAHiddenMarkovModel(path: String)
  /// A model that is not of regimes.
  case notRegimes(path: String)
  /// A model that makes no examples.
  case notGenerative(path: String)
  /// A generator, where examples were to be encoded.
  case hasNoEncoder(path: String)
  /// A plain autoencoder, whose codes nobody can draw.
  case cannotGenerate(path: String)
  /// Written parameters that are no model.
  case badParameters(path: String, reason: String)
  /// Cells of a table that a model cannot take.
  case badCells(place: String, reason: String)
  /// A file that is no model; the reason names it, in a sentence.
  case notAModel(reason: String)

  var description: String {
    switch self {
    case .standardOutput(let reason):
      "cannot write to standard output: \(reason). Free space, or write to a file with -o."
    case .unwritable(let path, let reason):
      "cannot write \(path): \(reason). Choose another place."
    case .outputCollision(let first, let second, let name):
      "\(first) and \(second) would both be written as '\(name)'. Rename one, or run them apart."
    case .notAMixture(let path):
      "\(path): is no mixture; groups of rows are found by tenca train mixture. For classifiers there is "
        + "tenca classify, for hidden states tenca decode."
    case .notAClassifier(let path):
      "\(path): is a model of groups or hidden states, which knows no classes. Use tenca cluster, "
        + "tenca decode or tenca score, or train a classifier with tenca train classifier."
    case .notARecognizer(let path):
      "\(path): is no recogniser of speech. Give one of tenca train recognizer."
    case .notAHiddenMarkovModel(let path):
      "\(path): is a model without hidden states. Use one of tenca train hmm; for others there are "
        + "tenca classify and tenca cluster."
    case .notRegimes(let path):
      "\(path): is no model of regimes. Give one of tenca regimes --save."
    case .notGenerative(let path):
      "\(path): is no generative model. Give one of tenca train vae or tenca train gan."
    case .hasNoEncoder(let path):
      "\(path): is a generator, which makes examples of codes but no codes of examples. Give a model of "
        + "tenca train vae, or leave the examples out where that can be."
    case .cannotGenerate(let path):
      "\(path): is a plain autoencoder: its codes have no distribution that new ones could be drawn "
        + "from. Train without --plain; tenca reconstruct and tenca encode work with this one, and "
        + "--codes prior shows what becomes of random codes."
    case .badParameters(let path, let reason): "\(path): \(reason)"
    case .badCells(let place, let reason):
      "\(place): \(reason). Correct it, leave the cell empty, or leave the column out."
    case .notAModel(let reason):
      "not a model: \(reason) Give a file that tenca train has written."
    }
  }
}
