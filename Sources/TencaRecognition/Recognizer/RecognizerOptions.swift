public import TencaAudio

/// How a recogniser hears and what it learns.
public struct RecognizerOptions: Sendable, Codable, Equatable {
  /// From sound to features. Of feature matrices the deltas alone are computed.
  public var frontEnd = ClassifierOptions.defaultFrontEnd()
  /// What is made of files with several channels.
  public var channel = ChannelPolicy.mix
  /// Over what means, and variances, are taken out.
  public var normalization = SpeakerNormalization.speaker
  /// What words are made of.
  public var unitKind = UnitKind.monophones
  /// Hidden states of a phone.
  public var phoneStates = 3
  /// Hidden states of silence.
  public var silenceStates = 3
  /// With ``UnitKind/words``, hidden states of a word; nil: by how long it is, on average.
  public var wordStates: Int?
  /// Gaussians of all states together.
  public var gaussians = 1000
  /// With triphones, the tied states at most.
  public var tiedStates = 400
  /// Rounds of training of each stage.
  public var rounds = 30
  /// How much the grammar counts where nothing else is asked for.
  public var weights = SearchWeights()
  /// The least variance, as a share of that of all frames.
  public var varianceFloor = 0.01

  /// Makes the defaults.
  public init() {}

  /// What words are made of.
  public enum UnitKind: String, Sendable, Codable, CaseIterable {
    /// Phones that are the same wherever they stand.
    case monophones
    /// Phones that know their neighbours, their states tied by trees of questions.
    case triphones
    /// Each word a unit of its own, for small vocabularies without a lexicon.
    case words
  }

  /// Over what the features' means and variances are taken out.
  public enum SpeakerNormalization: String, Sendable, Codable, CaseIterable {
    /// Nothing is taken out.
    case none
    /// Every recording's own.
    case utterance
    /// Those of all recordings of the speaker; where no speaker is known, the recording's.
    case speaker
  }
}
