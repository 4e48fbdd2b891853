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
  /// A Praat TextGrid of one tier of intervals, in Praat's long text format.
  ///
  /// - Parameters:
  ///   - intervals: In order of time, each beginning where the one before ends, or later: gaps become
  ///     empty intervals, as Praat wants none.
  ///   - tier: The tier's name.
  public static func textGrid(_ intervals: [LabelledInterval], tier: String) -> String {
    var whole: [LabelledInterval] = []
    for interval in intervals where interval.end > interval.start {
      if let last = whole.last, interval.start > last.end {
        whole.append(LabelledInterval(start: last.end, end: interval.start, label: ""))
      }
      whole.append(interval)
    }
    let (start, end) = (whole.first?.start ?? 0, whole.last?.end ?? 0)
    var lines = [
      "File type = \"ooTextFile\"", "Object class = \"TextGrid\"", "", "xmin = \(start)",
      "xmax = \(end)", "tiers? <exists>", "size = 1", "item []:", "    item [1]:",
      "        class = \"IntervalTier\"", "        name = \(quoted(tier))",
      "        xmin = \(start)", "        xmax = \(end)",
      "        intervals: size = \(whole.count)",
    ]
    for (index, interval) in whole.enumerated() {
      lines += [
        "        intervals [\(index + 1)]:", "            xmin = \(interval.start)",
        "            xmax = \(interval.end)", "            text = \(quoted(interval.label))",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
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
