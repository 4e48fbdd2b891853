/// A word, when it was said and how sure that is.
public struct TimedWord: Sendable, Equatable {
  /// The word.
  public var text: String
  /// When it begins, in seconds.
  public var start: Double
  /// When it ends, in seconds.
  public var end: Double
  /// The probability that it was said, where that is known.
  public var confidence: Double?

  /// Makes a word.
  public init(text: String, start: Double, end: Double, confidence: Double? = nil) {
    self.text = text
    self.start = start
    self.end = end
    self.confidence = confidence
  }
}

/// Words with times as text that other programs read.
public enum TranscriptionText {
  /// NIST's time-marked conversation format: recording, channel, start, duration, word and confidence, a
  /// line a word.
  public static func ctm(_ words: [TimedWord], recording: String) -> String {
    let name = recording.map { $0.isWhitespace ? "_" : $0 }
    return words.map { word in
      let confidence = word.confidence.map { " " + $0.formatted(decimals: 3) } ?? ""
      return "\(String(name)) 1 \(word.start.formatted(decimals: 3)) "
        + "\((word.end - word.start).formatted(decimals: 3)) \(word.text)\(confidence)\n"
    }.joined()
  }

  /// SubRip subtitles: lines of so many words at most, a new one after a pause.
  ///
  /// - Parameter first: The number of the first line.
  public static func srt(
    _ words: [TimedWord], first: Int = 1, wordsPerLine: Int = 8, pause: Double = 1
  ) -> String {
    var lines: [[TimedWord]] = []
    for word in words {
      if let last = lines.last, last.count < wordsPerLine, word.start - last.last!.end < pause {
        lines[lines.count - 1].append(word)
      } else {
        lines.append([word])
      }
    }
    return lines.enumerated().map { index, line in
      "\(first + index)\n\(clock(line[0].start)) --> \(clock(line.last!.end))\n"
        + line.map(\.text).joined(separator: " ") + "\n\n"
    }.joined()
  }

  private static func clock(_ seconds: Double) -> String {
    let milliseconds = Int((seconds * 1000).rounded())
    func digits(_ number: Int, _ width: Int) -> String { "\(number)".zeroPadded(to: width) }
    return digits(milliseconds / 3_600_000, 2) + ":" + digits(milliseconds / 60_000 % 60, 2) + ":"
      + digits(milliseconds / 1000 % 60, 2) + "," + digits(milliseconds % 1000, 3)
  }
}
