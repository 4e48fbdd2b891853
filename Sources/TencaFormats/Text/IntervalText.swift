/// A stretch of time with a label.
public struct LabelledInterval: Sendable, Equatable {
  /// When it begins, in seconds.
  public var start: Double
  /// When it ends, in seconds.
  public var end: Double
  /// What it is.
  public var label: String

  /// Makes an interval.
  public init(start: Double, end: Double, label: String) {
    self.start = start
    self.end = end
    self.label = label
  }
}

/// Labelled stretches of time as text that sound editors open.
public enum IntervalText {
  /// A Praat TextGrid of one tier of intervals; see ``textGrid(_:end:)``.
  public static func textGrid(_ intervals: [LabelledInterval], tier: String) -> String {
    textGrid([(tier, intervals)])
  }

  /// A Praat TextGrid of tiers of intervals, in Praat's long text format.
  ///
  /// - Parameters:
  ///   - tiers: Names, and intervals in order of time, each beginning where the one before ends, or
  ///     later: gaps become empty intervals, as Praat wants none.
  ///   - end: Where the recording ends, in seconds; nil: where the last interval does.
  public static func textGrid(
    _ tiers: [(name: String, intervals: [LabelledInterval])], end: Double? = nil
  ) -> String {
    let all = tiers.flatMap(\.intervals)
    let start = min(all.map(\.start).min() ?? 0, end == nil ? .infinity : 0)
    let end = max(all.map(\.end).max() ?? 0, end ?? 0)
    var lines = [
      "File type = \"ooTextFile\"", "Object class = \"TextGrid\"", "", "xmin = \(start)",
      "xmax = \(end)", "tiers? <exists>", "size = \(tiers.count)", "item []:",
    ]
    for (number, tier) in tiers.enumerated() {
      let whole = withoutGaps(tier.intervals, start: start, end: end)
      lines += [
        "    item [\(number + 1)]:", "        class = \"IntervalTier\"",
        "        name = \(quoted(tier.name))", "        xmin = \(start)", "        xmax = \(end)",
        "        intervals: size = \(whole.count)",
      ]
      for (index, interval) in whole.enumerated() {
        lines += [
          "        intervals [\(index + 1)]:", "            xmin = \(interval.start)",
          "            xmax = \(interval.end)", "            text = \(quoted(interval.label))",
        ]
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func withoutGaps(
    _ intervals: [LabelledInterval], start: Double, end: Double
  ) -> [LabelledInterval] {
    var (whole, last) = ([LabelledInterval](), start)
    for interval in intervals where interval.end > interval.start {
      if interval.start > last {
        whole.append(LabelledInterval(start: last, end: interval.start, label: ""))
      }
      whole.append(interval)
      last = interval.end
    }
    if end > last { whole.append(LabelledInterval(start: last, end: end, label: "")) }
    return whole
  }

  /// A label track of Audacity: start, end and label between tabs.
  public static func audacity(_ intervals: [LabelledInterval]) -> String {
    intervals.map { interval in
      // A tab or an end of line would end the label.
      let label = interval.label.map { $0 == "\t" || $0.isNewline ? " " : $0 }
      return "\(interval.start)\t\(interval.end)\t\(String(label))\n"
    }.joined()
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
