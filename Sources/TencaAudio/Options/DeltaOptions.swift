/// How features change from frame to frame: their first and higher derivatives, appended as columns.
public struct DeltaOptions: Sendable, Codable, Equatable {
  /// How many derivatives are appended; 2 adds deltas and accelerations.
  public var order = 0
  /// Frames to either side that a derivative looks at (HTK's DELTAWINDOW; librosa's `width` and
  /// torchaudio's `win_length` are twice that and one).
  public var window = 2
  /// The same for the second derivative and those after it (HTK's ACCWINDOW); nil for ``window``.
  public var accelerationWindow: Int?
  /// Which toolkit's derivatives.
  public var method = Method.kaldi
  /// What stands in for frames beyond the ends; nil for what the method's toolkit does: the polynomial
  /// for ``Method/savitzkyGolay``, the first and last frame held for the others.
  public var edges: Edges?

  /// Makes Kaldi's deltas of a given order.
  public init(order: Int = 0, window: Int = 2, method: Method = .kaldi) {
    self.order = order
    self.window = window
    self.method = method
  }

  /// Which toolkit's derivatives.
  public enum Method: String, Sendable, Codable, CaseIterable {
    /// One composite filter an order, over the features with their ends held.
    case kaldi
    /// Each order from the one before, whose ends are held (torchaudio's compute_deltas too).
    case htk
    /// Local polynomials (Savitzky and Golay 1964), of degree and derivative equal to the order.
    case savitzkyGolay = "savitzky-golay"
  }

  /// What stands in for frames beyond the ends.
  public enum Edges: String, Sendable, Codable, CaseIterable {
    /// The first and the last frame, held (librosa's `nearest`, torchaudio's `replicate`).
    case hold
    /// Zeros (`constant`).
    case zero
    /// The frames mirrored, without repeating the ends (librosa's `mirror`, torchaudio's `reflect`).
    case mirror
    /// The frames from the other end (librosa's `wrap`, torchaudio's `circular`). A stream gives its
    /// rows only when it is finished.
    case wrap
    /// The polynomial of the nearest whole window (librosa's `interp`); an error when the sound has
    /// fewer frames than a window. For ``Method/savitzkyGolay`` only.
    case polynomial
  }

  /// Words for the command line.
  public enum Help {
    /// For ``DeltaOptions/order``.
    public static let order = "Append this many derivatives: 1 deltas, 2 accelerations too."
    /// For ``DeltaOptions/window``.
    public static let window = "Frames to either side that a derivative looks at."
    /// For ``DeltaOptions/accelerationWindow``.
    public static let accelerationWindow =
      "The same for the second and higher derivatives, where it differs."
    /// For ``DeltaOptions/method``.
    public static let method = "Which toolkit's derivatives."
    /// For ``DeltaOptions/edges``.
    public static let edges =
      "What stands in for frames beyond the ends; polynomial is for savitzky-golay."
  }
}
