/// What stands between the fields of a table in text.
public enum CSVDelimiter: String, Sendable, CaseIterable {
  /// A comma, the usual one.
  case comma
  /// A semicolon, where the comma is the decimal sign.
  case semicolon
  /// A tab (TSV).
  case tab

  /// The character's ASCII code.
  var byte: UInt8 {
    switch self {
    case .comma: UInt8(ascii: ",")
    case .semicolon: UInt8(ascii: ";")
    case .tab: UInt8(ascii: "\t")
    }
  }

  /// The delimiter that is most frequent on the first line, outside quotes; a comma where none is.
  static func detect(in bytes: UnsafeRawBufferPointer) -> CSVDelimiter {
    var counts = [Int](repeating: 0, count: allCases.count)
    var isQuoted = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      if let index = allCases.firstIndex(where: { $0.byte == byte }) { counts[index] += 1 }
    }
    let best = counts.indices.max {
      counts[$0] < counts[$1] || (counts[$0] == counts[$1] && $0 > $1)
    }
    return allCases[best!]
  }
}
