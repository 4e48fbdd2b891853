internal import FoundationEssentials
internal import TencaFormats

/// The names of the classes that labels in array files count.
enum ClassNames {
  /// The classes of Fashion-MNIST in the order of its labels (Xiao, Rasul and Vollgraf 2017).
  static let fashion = [
    "t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag",
    "ankle-boot",
  ]

  /// The names for the data at `path`: those of a `classes.txt` in `folder`, one a line; else those
  /// of Fashion-MNIST where the path has "fashion" in it; else the digits.
  ///
  /// - Throws: `FormatError`, and as ``listed(in:)``.
  static func names(of path: String, in folder: String) throws -> [String] {
    if let listed = try listed(in: folder) { return listed }
    return path.lowercased().contains("fashion") ? fashion : (0...9).map(String.init)
  }

  /// The names in the `classes.txt` of a folder, nil where there is none. Empty lines are left out.
  ///
  /// - Throws: `FormatError`; ``GenerativeError/noExamples(path:wanted:)`` for a file without names
  ///   or with one twice.
  static func listed(in folder: String) throws -> [String]? {
    let path = "\(folder)/classes.txt"
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let text = try FileBytes(path: path).withBytes { bytes in
      bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }
    let names = text.split(whereSeparator: \.isNewline).map(trimmed).filter { !$0.isEmpty }
    guard !names.isEmpty, Set(names).count == names.count else {
      throw GenerativeError.noExamples(
        path: path, wanted: "one class name a line, each of them once")
    }
    return names
  }

  private static func trimmed(_ line: Substring) -> String {
    let fromStart = line.drop(while: \.isWhitespace)
    return String(fromStart.reversed().drop(while: \.isWhitespace).reversed())
  }
}
