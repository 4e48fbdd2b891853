internal import TencaNumerics

/// A recogniser of connected words: hidden Markov models of phones or words, a lexicon that spells words in
/// them, and a grammar.
public struct Recognizer: Sendable, Equatable {
  /// How it hears and how it was trained.
  public let options: RecognizerOptions
  /// The rate that sounds are brought to, in hertz; nil: it takes feature matrices.
  public let sampleRate: Int?
  /// What maps neighbouring frames in the place of their derivatives; nil: nothing.
  public let projection: FrameProjection?
  /// The scale of frames.
  public let standardization: FrameStandardization
  /// The means and deviations of the training features before any normalisation: what is known of a
  /// voice that has not been heard yet.
  public let rawStatistics: FrameStandardization
  /// The sounds that words are made of.
  public let units: AcousticUnits
  /// What their states emit.
  public let bank: GaussianBank
  /// How words are spelled in units.
  public let lexicon: PronunciationLexicon
  /// Which words follow which, learned from the training transcripts.
  public let languageModel: NGramModel
  /// What it learned from.
  public let training: Record

  /// What a recogniser learned from.
  public struct Record: Sendable, Codable, Equatable {
    /// The data set.
    public var source: String
    /// Recordings used.
    public var recordings: Int
    /// Their frames.
    public var frames: Int
    /// Different words of the transcripts.
    public var words: Int
    /// ln p a frame in the last alignment.
    public var logLikelihood: Double
    /// What a reader of the model should know.
    public var warnings: [String]
  }

  /// The number of columns of a frame.
  public var columns: Int { standardization.columns }
}
