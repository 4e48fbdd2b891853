/// What stands between the fields of a table in text.
public enum CSVDelimiter: String, Sendable, CaseIterable {
  /// A comma, the usual one.
  case comma
  /// A semicolon, where the comma is the decimal sign.
  case semicolon
  /// A tab (TSV).
  case tab
  /// A vertical bar.
  case pipe

  /// The character's ASCII code.
  var byte: UInt8 {
    switch self {
    case .comma: UInt8(ascii: ",")
    case .semicolon: UInt8(ascii: ";")
    case .tab: UInt8(ascii: "\t")
    case .pipe: UInt8(ascii: "|")
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

  /// The delimiter that parts most of the first lines into equally many fields, however a table
  /// is preceded; a comma where none parts any.
  ///
  /// Commas stand inside numbers and dates too, so that among equals the others go first.
  static func detectByAgreement(in bytes: UnsafeRawBufferPointer) -> CSVDelimiter {
    var lines: [[Int]] = []
    var counts = [Int](repeating: 0, count: allCases.count)
    var (isQuoted, isEmpty) = (false, true)
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        if !isEmpty { lines.append(counts) }
        counts = counts.map { _ in 0 }
        isEmpty = true
        if lines.count == 200 { break }
        continue
      }
      isEmpty = false
      if isQuoted { continue }
      if let index = allCases.firstIndex(where: { $0.byte == byte }) { counts[index] += 1 }
    }
    if !isEmpty { lines.append(counts) }
    func agreeing(_ delimiter: CSVDelimiter) -> Int {
      let index = allCases.firstIndex(of: delimiter)!
      let parted = lines.map { $0[index] }.filter { $0 > 0 }
      return Dictionary(grouping: parted) { $0 }.values.map(\.count).max() ?? 0
    }
    let order: [CSVDelimiter] = [.tab, .semicolon, .pipe, .comma]
    let most = order.map(agreeing).max() ?? 0
    return most == 0 ? .comma : order.first { agreeing($0) == most }!
  }
}
