/// How the text of a transcript becomes words.
///
/// ```swift
/// TranscriptText(casing: .upper).words(of: "<s> go  home </s>")  // ["GO", "HOME"]
/// ```
public struct TranscriptText: Sendable, Equatable {
  /// What happens to capital and small letters.
  public enum Casing: Sendable, Equatable {
    /// Letters stay as they are written.
    case asWritten
    /// All letters become capitals, by Unicode's rules and no country's.
    case upper
    /// All letters become small, by Unicode's rules and no country's.
    case lower
  }

  /// What happens to capital and small letters.
  public var casing: Casing
  /// What is no word and is dropped, compared as written.
  public var markers: Set<String>

  /// Makes a way to read transcripts.
  ///
  /// - Parameters:
  ///   - casing: What happens to capital and small letters.
  ///   - markers: What is no word; unless told, the marks of a sentence's beginning and end.
  public init(casing: Casing = .asWritten, markers: Set<String> = ["<s>", "</s>"]) {
    self.casing = casing
    self.markers = markers
  }

  /// The words of a transcript, which white space of any kind parts.
  ///
  /// - Complexity: O(*n*), where *n* is the length of the text.
  public func words(of text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map(String.init)
      .filter { !markers.contains($0) }
      .map { word in
        switch casing {
        case .asWritten: word
        case .upper: word.uppercased()
        case .lower: word.lowercased()
        }
      }
  }
}
