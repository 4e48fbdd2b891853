/// The few kinds of Python values that stand in an NPY header.
enum PythonLiteral: Equatable {
  case string(String)
  case bool(Bool)
  case integers([Int])
}

/// Reads the dictionary of an NPY header; it understands what NumPy writes and nothing more.
struct PythonLiteralReader {
  private var reader: ByteReader
  /// Where the header starts in the file, for messages.
  private let start: Int

  init(_ reader: ByteReader, start: Int) {
    self.reader = reader
    self.start = start
  }

  /// Takes `{'key': value, …}` and the spaces behind it.
  mutating func dictionary() throws -> [String: PythonLiteral] {
    var entries: [String: PythonLiteral] = [:]
    try take("{")
    while !skip("}") {
      let key = try string()
      try take(":")
      entries[key] = try value()
      if !skip(",") {
        try take("}")
        break
      }
    }
    skipSpaces()
    guard reader.remaining == 0 else { throw problem("text behind the NPY header's dictionary") }
    return entries
  }

  private mutating func value() throws -> PythonLiteral {
    if skip("True") { return .bool(true) }
    if skip("False") { return .bool(false) }
    if skip("(") { return .integers(try tuple()) }
    return .string(try string())
  }

  /// Takes what follows the opening bracket of a tuple of integers.
  private mutating func tuple() throws -> [Int] {
    var integers: [Int] = []
    while !skip(")") {
      skipSpaces()
      let digits = reader.take { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
      guard let integer = Int(String(decoding: digits, as: UTF8.self)) else {
        throw problem("the NPY shape is not a tuple of lengths")
      }
      integers.append(integer)
      // Python 2 wrote long integers with an L.
      _ = reader.skip("L")
      if !skip(",") {
        try take(")")
        break
      }
    }
    return integers
  }

  private mutating func string() throws -> String {
    skipSpaces()
    guard let quote = reader.peek, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      throw problem("a quoted string was expected in the NPY header")
    }
    _ = try reader.take(1, "a quote")
    let text = String(decoding: reader.take { $0 != quote }, as: UTF8.self)
    guard reader.peek == quote else { throw problem("no quote ends '\(text)' in the NPY header") }
    _ = try reader.take(1, "a quote")
    return text
  }

  private mutating func take(_ token: StaticString) throws {
    guard skip(token) else { throw problem("'\(token)' was expected in the NPY header") }
  }

  private mutating func skip(_ token: StaticString) -> Bool {
    skipSpaces()
    return reader.skip(token)
  }

  private mutating func skipSpaces() {
    _ = reader.take { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
  }

  private func problem(_ text: String) -> FormatError {
    reader.damaged(text, at: start + reader.offset)
  }
}
