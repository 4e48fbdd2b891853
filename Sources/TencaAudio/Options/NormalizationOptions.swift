/// What takes the recording channel out of the features: their mean, and if asked their variance.
public struct NormalizationOptions: Sendable, Codable, Equatable {
  /// Over what the mean is taken.
  public var scope = Scope.none
  /// Whether columns are divided by their standard deviation too.
  public var variance = false
  /// The frames of a sliding window. 6 s at the usual step.
  public var window = 600
  /// The least frames that a sliding window holds, where it does not look ahead.
  public var minimumWindow = 100
  /// Whether a sliding window looks as far ahead as back.
  public var centered = false

  /// Makes options.
  public init(scope: Scope = .none, variance: Bool = false) {
    self.scope = scope
    self.variance = variance
  }

  /// Over what the mean is taken.
  public enum Scope: String, Sendable, Codable, CaseIterable {
    /// Nothing is subtracted.
    case none
    /// The whole sound.
    case utterance
    /// A window that slides along (Kaldi's apply-cmvn-sliding).
    case sliding
  }

  /// Words for the command line.
  public enum Help {
    /// For ``NormalizationOptions/scope``.
    public static let scope = "Subtract the mean of the whole utterance or of a sliding window."
    /// For ``NormalizationOptions/variance``.
    public static let variance = "Divide by the standard deviation as well."
    /// For ``NormalizationOptions/window``.
    public static let window = "Frames of the sliding window."
    /// For ``NormalizationOptions/minimumWindow``.
    public static let minimumWindow =
      "Least frames of a sliding window that does not look ahead."
    /// For ``NormalizationOptions/centered``.
    public static let centered = "Let the sliding window look ahead as far as back."
  }
}
