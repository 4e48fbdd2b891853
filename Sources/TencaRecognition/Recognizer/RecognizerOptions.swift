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
  public var unitKind: UnitKind
  /// Hidden states of a phone.
  public var phoneStates = 3
  /// Hidden states of silence.
  public var silenceStates = 3
  /// With ``UnitKind/words``, hidden states of a word; nil: by how long it is, on average.
  public var wordStates: Int?
  /// Gaussians of all states together.
  public var gaussians = 1000
  /// With triphones, the tied states at most.
  public var tiedStates = 150
  /// Rounds of training of each stage.
  public var rounds = 30
  /// A learned map of neighbouring frames in the place of their derivatives; nil: derivatives.
  public var projection: Projection?
  /// Factors by which the frequency axis of training sounds is warped, for a copy each beside the sound
  /// itself; see ``ClassifierOptions/warps``.
  public var warps: [Double]?
  /// How much the grammar counts where nothing else is asked for.
  public var weights = SearchWeights()
  /// The least variance, as a share of that of all frames.
  public var varianceFloor = 0.01

  /// Makes the defaults for a kind of unit: phones are heard through a projection, whole words, of which
  /// there are often few and seldom heard, are not. Triphones fit their frames more closely, so the
  /// grammar must count for more beside them.
  public init(_ unitKind: UnitKind = .monophones) {
    self.unitKind = unitKind
    projection = unitKind == .words ? nil : Projection()
    if unitKind == .triphones { (weights.languageWeight, weights.wordPenalty) = (16, -20) }
  }

  /// A map that parts the states of phones (linear discriminant analysis) and is turned to suit diagonal
  /// covariances (Haeb-Umbach and Ney 1992; Gales 1999).
  public struct Projection: Sendable, Codable, Equatable {
    /// How many frames on either side take part.
    public var context: Int
    /// How many columns come out, at most: fewer where there are few states to part.
    public var columns: Int

    /// Makes a map's size.
    public init(context: Int = 3, columns: Int = 40) {
      self.context = context
      self.columns = columns
    }
  }

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
