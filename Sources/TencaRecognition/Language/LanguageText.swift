internal import Foundation
internal import TencaNumerics

/// Text files of this folder, whole and by lines.
enum LanguageText {
  /// The text of a UTF-8 file, without a byte-order mark.
  ///
  /// - Throws: ``LanguageError/unreadable(path:reason:)``.
  static func read(_ path: String) throws -> String {
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      let reason =
        FileManager.default.fileExists(atPath: path)
        ? "it is a folder, not readable, or not UTF-8 text" : "no such file"
      throw LanguageError.unreadable(path: path, reason: reason)
    }
    return text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
  }

  /// Writes a text, in one step for whoever looks at the file.
  ///
  /// - Throws: ``LanguageError/unwritable(path:reason:)``.
  static func write(_ text: String, to path: String) throws {
    do {
      try ReplacingFile.write(text.utf8, to: path)
    } catch let error as ReplacingFileError {
      throw LanguageError.unwritable(path: path, reason: error.reason)
    }
  }

  /// The fields of each line, which blanks and tabs part; lines count from 1 and end with LF, CRLF.
  ///
  /// Lines without fields are left out.
  static func lines(of text: String) -> some Sequence<(number: Int, fields: [Substring])> {
    let bytes = text.utf8
    return bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .lazy.enumerated().compactMap { index, line in
        let fields = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        return fields.isEmpty ? nil : (index + 1, fields.map { Substring($0) })
      }
  }
}
