/// How features change from frame to frame: their first and higher derivatives, appended as columns.
public struct DeltaOptions: Sendable, Codable, Equatable {
  /// How many derivatives are appended; 2 adds deltas and accelerations.
  public var order = 0
  /// Frames to either side that a derivative looks at.
  public var window = 2
  /// Which toolkit's derivatives.
  public var method = Method.kaldi

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
    /// Each order from the one before, whose ends are held.
    case htk
    /// Local polynomials (Savitzky and Golay 1964), of degree and derivative equal to the order,
    /// and at the ends the polynomial of the nearest whole window (librosa's `interp`).
    case savitzkyGolay = "savitzky-golay"
  }

  /// Words for the command line.
  public enum Help {
    /// For ``DeltaOptions/order``.
    public static let order = "Append this many derivatives: 1 deltas, 2 accelerations too."
    /// For ``DeltaOptions/window``.
    public static let window = "Frames to either side that a derivative looks at."
    /// For ``DeltaOptions/method``.
    public static let method = "Which toolkit's derivatives."
  }
}
