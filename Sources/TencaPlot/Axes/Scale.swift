#if canImport(Glibc)
  internal import Glibc
#endif

/// An axis whose range is known: it says where on the axis a value lies, and the reverse.
struct Scale {
  let axis: Axis
  /// The values at the two ends, of positive and finite width.
  let range: ClosedRange<Double>

  /// Fits an axis to its data.
  ///
  /// - Parameters:
  ///   - axis: What the caller wants to see.
  ///   - data: The values that must be shown where the axis names no range.
  ///   - padding: The room left beyond the data at each end, as a fraction of the axis.
  ///   - chart: Named in errors.
  /// - Throws: ``PlotError`` for a range or centres that cannot be drawn.
  init(_ axis: Axis, data: ClosedRange<Double>, padding: Double = 0, chart: String) throws {
    self.axis = axis
    switch axis.kind {
    case .linear:
      range =
        try axis.range.map { try Self.checked($0, chart) }
        ?? Self.padded(Self.widened(data), by: padding)
    case .logarithmic:
      let wanted = axis.range ?? data
      guard wanted.lowerBound > 0 else {
        throw PlotError.badValue(
          chart: chart, what: "the low end of a logarithmic axis", value: wanted.lowerBound,
          requirement: "greater than 0")
      }
      if axis.range != nil {
        range = try Self.checked(wanted, chart)
      } else {
        let logs = Self.padded(
          Self.widened(log10(wanted.lowerBound)...log10(wanted.upperBound)), by: padding)
        range = pow(10, logs.lowerBound)...pow(10, logs.upperBound)
      }
    case .centers(let values):
      try Self.check(centers: values, chart)
      range = Self.edges(of: values)
    case .dates:
      let wanted = try axis.range.map { try Self.checked($0, chart) } ?? data
      for end in [wanted.lowerBound, wanted.upperBound] where !DateTicks.allowed.contains(end) {
        throw PlotError.badValue(
          chart: chart, what: "an end of an axis of dates, in days since 1970", value: end,
          requirement: "a day of the years 1 to 9999")
      }
      range =
        axis.range == nil
        ? Self.padded(Self.widened(data), by: padding).clamped(to: DateTicks.allowed) : wanted
    case .categories(let names):
      range = -0.5...max(Double(names.count) - 0.5, 0.5)
    }
  }

  /// Where `value` lies: 0 at the left or bottom end, 1 at the other.
  func fraction(of value: Double) -> Double {
    let forward: Double
    switch axis.kind {
    case .linear, .dates, .categories:
      forward = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
    case .logarithmic:
      // What is not positive has no place; it goes far beyond the low end, to be cut off there.
      forward =
        value > 0
        ? log(value / range.lowerBound) / log(range.upperBound / range.lowerBound) : -1000
    case .centers(let values):
      forward = (Self.position(of: value, among: values) + 0.5) / Double(values.count)
    }
    return axis.isReversed ? 1 - forward : forward
  }

  /// The value that lies at `fraction`: the inverse of ``fraction(of:)``.
  func value(at fraction: Double) -> Double {
    let forward = axis.isReversed ? 1 - fraction : fraction
    switch axis.kind {
    case .linear, .dates, .categories:
      return range.lowerBound + forward * (range.upperBound - range.lowerBound)
    case .logarithmic:
      return range.lowerBound * pow(range.upperBound / range.lowerBound, forward)
    case .centers(let values):
      return Self.value(atPosition: forward * Double(values.count) - 0.5, among: values)
    }
  }

  /// Ticks inside the range, in ascending order.
  ///
  /// - Parameter maximumCount: The most ticks, at least 1; categories all have one nevertheless.
  func ticks(maximumCount: Int) -> [Tick] {
    switch axis.kind {
    case .linear:
      return NiceTicks.linear(range, maximumCount: maximumCount)
    case .dates:
      return DateTicks.ticks(range, maximumCount: maximumCount)
    case .logarithmic, .centers:
      return NiceTicks.uneven(
        range, spacing: 1 / Double(maximumCount), isRegular: axis.kind == .logarithmic,
        fraction: fraction(of:))
    case .categories(let names):
      return names.enumerated().map { Tick(value: Double($0.offset), label: $0.element) }
    }
  }

  private static func checked(_ range: ClosedRange<Double>, _ chart: String) throws
    -> ClosedRange<Double>
  {
    let width = range.upperBound - range.lowerBound
    let resolution = max(abs(range.lowerBound), abs(range.upperBound)) * 1e-12
    guard width.isFinite, width > max(resolution, 1e-290) else {
      throw PlotError.badValue(
        chart: chart, what: "the width of an axis range", value: width,
        requirement: "positive, finite and not below the resolution of its ends")
    }
    return range
  }

  /// `range`, or room about it where it is too narrow to be told apart.
  private static func widened(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    // Half of the largest number at either end keeps the width finite.
    let limit = Double.greatestFiniteMagnitude / 4
    let low = min(max(range.lowerBound, -limit), limit)
    let high = min(max(range.upperBound, -limit), limit)
    let resolution = max(abs(low), abs(high)) * 1e-12
    if high - low > max(resolution, 1e-290) { return low...high }
    let room = max(abs(low) * 1e-3, abs(low) < 1e-280 ? 0.5 : 0)
    return low - room...high + room
  }

  private static func padded(_ range: ClosedRange<Double>, by padding: Double)
    -> ClosedRange<Double>
  {
    let room = padding * (range.upperBound - range.lowerBound)
    return range.lowerBound - room...range.upperBound + room
  }
}

/// The places of values among ascending cell centres.
extension Scale {
  private static func check(centers: [Double], _ chart: String) throws {
    guard centers.count >= 2 else {
      throw PlotError.noData(chart: chart, what: "axis with at least two cell centres")
    }
    for (previous, next) in zip(centers, centers.dropFirst()) {
      guard next.isFinite, previous.isFinite, next > previous else {
        throw PlotError.badValue(
          chart: chart, what: "a cell centre of an axis", value: next,
          requirement: "finite and greater than the one before, \(previous)")
      }
    }
  }

  private static func edges(of centers: [Double]) -> ClosedRange<Double> {
    value(
      atPosition: -0.5, among: centers)...value(
        atPosition: Double(centers.count) - 0.5, among: centers)
  }

  /// The index of the cell whose centre is `value`; between centres and beyond them, a straight line.
  private static func position(of value: Double, among centers: [Double]) -> Double {
    var low = 0
    var high = centers.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if centers[middle] <= value { low = middle } else { high = middle }
    }
    return Double(low) + (value - centers[low]) / (centers[low + 1] - centers[low])
  }

  private static func value(atPosition position: Double, among centers: [Double]) -> Double {
    let low = min(max(Int(floor(position)), 0), centers.count - 2)
    return centers[low] + (position - Double(low)) * (centers[low + 1] - centers[low])
  }
}
