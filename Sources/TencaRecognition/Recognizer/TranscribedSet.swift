public import TencaNumerics

/// The features of recordings whose words are known.
public struct TranscribedSet: Sendable {
  /// One recording.
  public struct Item: Sendable {
    /// What it is called in results.
    public var name: String
    /// What is said.
    public var words: [String]
    /// Who says it, where that is known.
    public var speaker: String?
    /// frames × columns, before the normalisation of speakers.
    public var features: NDArray<Float>
    /// Whether it is a changed copy of another item: to learn sounds from, not which words are said.
    public var isCopy = false

    /// Makes an item.
    public init(name: String, words: [String], speaker: String?, features: NDArray<Float>) {
      self.name = name
      self.words = words
      self.speaker = speaker
      self.features = features
    }
  }

  /// The recordings that could be used.
  public var items: [Item]
  /// Those that could not.
  public var failures: [Failure] = []
  /// The rate of the sounds, in hertz; nil where the features came as matrices.
  public var sampleRate: Int?

  /// Makes a set.
  public init(items: [Item], failures: [Failure] = [], sampleRate: Int? = nil) {
    self.items = items
    self.failures = failures
    self.sampleRate = sampleRate
  }

  /// The features with means and deviations taken out.
  ///
  /// - Parameter prior: The moments of all training features.
  func normalized(
    _ normalization: RecognizerOptions.SpeakerNormalization, prior: FrameStandardization
  ) -> [NDArray<Float>] {
    let features = items.map(\.features)
    switch normalization {
    case .none: return features
    case .utterance:
      return FeatureGroups.normalized(
        features, groups: items.indices.map(String.init), prior: prior)
    case .speaker:
      return FeatureGroups.normalized(
        features, groups: items.indices.map { items[$0].speaker.map { "s \($0)" } ?? "u \($0)" },
        prior: prior)
    }
  }
}
