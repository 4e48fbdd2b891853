public import TencaNumerics

/// What an axis shows: its words, its units and how values are spread along it.
///
/// ```swift
/// Axis.linear("Time (s)")
/// Axis.logarithmic("Frequency (Hz)", range: 20...20000)
/// Axis.categories("Class", ["dog", "rain", "sea waves"])
/// Axis.dates()
/// ```
public struct Axis: Sendable, Equatable {
  /// How values are spread along an axis.
  public enum Kind: Sendable, Equatable {
    /// Equal differences are equal distances.
    case linear
    /// Equal ratios are equal distances; values must be positive.
    case logarithmic
    /// The given ascending values stand in the middles of equally wide cells: the centre
    /// frequencies of mel bands, for example.
    case centers([Double])
    /// Category 0, 1, 2… stand in the middles of equally wide cells.
    case categories([String])
    /// Values are days since 1 January 1970, with the time of day as a fraction; ticks stand where
    /// days, weeks, months or years begin. See ``Axis/place(of:)``.
    case dates
  }

  /// The words beside the axis, with the unit: "Time (s)".
  public var label: String?
  /// The values at the two ends; nil for what the data need. Centres and categories have their own.
  public var range: ClosedRange<Double>?
  /// How values are spread.
  public var kind: Kind
  /// Whether values run leftwards or downwards.
  public var isReversed: Bool

  /// Makes an axis.
  public init(
    _ label: String? = nil, kind: Kind = .linear, range: ClosedRange<Double>? = nil,
    isReversed: Bool = false
  ) {
    self.label = label
    self.kind = kind
    self.range = range
    self.isReversed = isReversed
  }

  /// An axis on which equal differences are equal distances.
  public static func linear(_ label: String? = nil, range: ClosedRange<Double>? = nil) -> Axis {
    Axis(label, range: range)
  }

  /// An axis on which equal ratios are equal distances.
  public static func logarithmic(_ label: String? = nil, range: ClosedRange<Double>? = nil) -> Axis
  {
    Axis(label, kind: .logarithmic, range: range)
  }

  /// An axis of equally wide cells with the given ascending values in their middles.
  public static func centers(_ label: String? = nil, _ values: [Double]) -> Axis {
    Axis(label, kind: .centers(values))
  }

  /// An axis of named categories.
  public static func categories(_ label: String? = nil, _ names: [String]) -> Axis {
    Axis(label, kind: .categories(names))
  }

  /// An axis of dates, by default without words beside it: "1987" and "Mar 2008" need none.
  public static func dates(_ label: String? = nil, range: ClosedRange<Double>? = nil) -> Axis {
    Axis(label, kind: .dates, range: range)
  }

  /// The value that stands for a date on an axis of dates: days since 1 January 1970, with the time
  /// of day as a fraction.
  public static func place(of date: CalendarDate) -> Double {
    Double(date.dayNumber) + Double(date.secondOfDay) / 86_400
  }
}

extension Axis {
  /// Whether the axis shows names instead of numbers.
  var isCategorical: Bool {
    if case .categories = kind { return true }
    return false
  }
}
