/// Takes records from the text of a table (RFC 4180).
///
/// Lines end with LF, CRLF or CR. A line with nothing on it is no record, nor is a byte-order mark.
/// A quote inside a field that does not start with one stands for itself.
struct CSVScanner {
  private let bytes: UnsafeRawBufferPointer
  private let delimiter: UInt8
  private let path: String
  private var position = 0
  private var line = 1

  init(_ bytes: UnsafeRawBufferPointer, delimiter: CSVDelimiter, path: String) {
    self.bytes = bytes
    self.delimiter = delimiter.byte
    self.path = path
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if bytes.starts(with: byteOrderMark) { position = byteOrderMark.count }
  }

  /// The next record and the line it starts on; nil at the end.
  ///
  /// - Parameter fieldCount: How many fields are likely, so that their array is made once.
  mutating func next(fieldCount: Int) throws -> (fields: [String], line: Int)? {
    while endLine() {}
    guard position < bytes.count else { return nil }
    let start = line
    var fields: [String] = []
    fields.reserveCapacity(fieldCount)
    while true {
      fields.append(try field(recordLine: start))
      guard position < bytes.count, bytes[position] == delimiter else { break }
      position += 1
    }
    _ = endLine()
    return (fields, start)
  }

  /// Takes a field and stops at the delimiter or line end behind it.
  private mutating func field(recordLine: Int) throws -> String {
    if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
      return try quotedField(recordLine: recordLine)
    }
    let start = position
    while position < bytes.count, !endsField(bytes[position]) { position += 1 }
    return try text(UnsafeRawBufferPointer(rebasing: bytes[start..<position]), at: start)
  }

  private mutating func quotedField(recordLine: Int) throws -> String {
    let quote = UInt8(ascii: "\"")
    position += 1
    var start = position
    // The pieces before doubled quotes, each with one quote; mostly there are none.
    var pieces = ""
    while position < bytes.count {
      let byte = bytes[position]
      if byte == quote {
        let isDoubled = position + 1 < bytes.count && bytes[position + 1] == quote
        let piece = bytes[start..<position + (isDoubled ? 1 : 0)]
        pieces += try text(UnsafeRawBufferPointer(rebasing: piece), at: start)
        position += isDoubled ? 2 : 1
        start = position
        if !isDoubled {
          guard position == bytes.count || endsField(bytes[position]) else {
            throw FormatError.badRecord(
              path: path, line: line,
              problem: "text behind the quote that ends a field; write quotes inside twice")
          }
          return pieces
        }
      } else if !endLine() {
        position += 1
      }
    }
    throw FormatError.badRecord(
      path: path, line: recordLine, problem: "a quote opens a field here and none closes it")
  }

  private func endsField(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  /// Takes a line end if one is here.
  private mutating func endLine() -> Bool {
    guard position < bytes.count else { return false }
    let isReturn = bytes[position] == UInt8(ascii: "\r")
    guard isReturn || bytes[position] == UInt8(ascii: "\n") else { return false }
    position += 1
    if isReturn, position < bytes.count, bytes[position] == UInt8(ascii: "\n") { position += 1 }
    line += 1
    return true
  }

  private func text(_ field: UnsafeRawBufferPointer, at start: Int) throws -> String {
    guard let text = String(validating: field, as: UTF8.self) else {
      throw FormatError.damaged(
        path: path, byte: start,
        problem: "line \(line) is not UTF-8 text; convert the table with iconv")
    }
    return text
  }
}
