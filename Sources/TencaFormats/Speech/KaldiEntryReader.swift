import TencaNumerics

extension KaldiArchive.Entry {
  /// Takes the next entry; nil at the end of the archive.
  init?(from reader: inout ByteReader) throws {
    _ = reader.take(while: \.isWhiteSpace)
    guard reader.remaining > 0 else { return nil }
    let start = reader.offset
    let word = reader.take { !$0.isWhiteSpace && $0 != 0 }
    guard !word.isEmpty, let key = String(validating: word, as: UTF8.self) else {
      throw reader.damaged("an entry without a key", at: start)
    }
    // One space or tab parts the key from its value.
    guard reader.skip(" ") || reader.skip("\t") else {
      throw reader.damaged("no space behind the key '\(key)'")
    }
    let array =
      reader.skip("\0B")
      ? try Self.binaryArray(&reader, key: key) : try Self.textArray(&reader, key: key)
    self.init(key: key, array: array)
  }

  private static func binaryArray(
    _ reader: inout ByteReader, key: String
  ) throws -> ArchivedArray {
    if reader.skip("FM ") { return try plainArray(&reader, .float32, rank: 2, key) }
    if reader.skip("DM ") { return try plainArray(&reader, .float64, rank: 2, key) }
    if reader.skip("FV ") { return try plainArray(&reader, .float32, rank: 1, key) }
    if reader.skip("DV ") { return try plainArray(&reader, .float64, rank: 1, key) }
    if reader.skip("CM ") { return .float(try KaldiCompression.columnBytes(&reader, key)) }
    if reader.skip("CM2 ") { return .float(try KaldiCompression.uniform(&reader, .uint16, key)) }
    if reader.skip("CM3 ") { return .float(try KaldiCompression.uniform(&reader, .uint8, key)) }
    throw FormatError.unsupported(
      path: reader.path,
      problem: "entry '\(key)' at byte \(reader.offset) is neither a matrix nor a vector",
      remedy: "Read an archive of features, such as copy-feats writes")
  }

  private static func plainArray(
    _ reader: inout ByteReader, _ type: ElementType, rank: Int, _ key: String
  ) throws -> ArchivedArray {
    let start = reader.offset
    let shape = try (0..<rank).map { _ in
      try reader.expect("\u{4}", orThrow: "entry '\(key)' has no size of 4 bytes")
      return Int(try reader.integer("the size of '\(key)'", as: Int32.self))
    }
    guard let count = type.elementCount(of: shape) else {
      throw reader.damaged("entry '\(key)' has the impossible shape \(shape)", at: start)
    }
    let bytes = try reader.take(count * type.size, "entry '\(key)' of shape \(shape)")
    return type.array(bytes, shape: shape, order: .little)
  }

  /// Takes `[ 1 2 3 ]`, a vector, or the same with line ends or semicolons between rows, a matrix.
  private static func textArray(_ reader: inout ByteReader, key: String) throws -> ArchivedArray {
    _ = reader.take(while: \.isWhiteSpace)
    try reader.expect("[", orThrow: "entry '\(key)' is neither binary nor starts with [")
    var rows: [[Float]] = []
    var row: [Float] = []
    var isMatrix = false
    while true {
      _ = reader.take { $0.isWhiteSpace && $0 != UInt8(ascii: "\n") }
      if reader.skip("]") { break }
      if reader.skip("\n") || reader.skip(";") {
        isMatrix = true
        if !row.isEmpty { rows.append(row) }
        row = []
        continue
      }
      let start = reader.offset
      let word = reader.take { !$0.isWhiteSpace && !"];".utf8.contains($0) }
      guard let number = Float(String(decoding: word, as: UTF8.self)) else {
        throw reader.damaged("a number or ] was expected in entry '\(key)'", at: start)
      }
      row.append(number)
    }
    if !isMatrix { return .float(NDArray(row)) }
    if !row.isEmpty { rows.append(row) }
    guard rows.allSatisfy({ $0.count == rows[0].count }) else {
      throw reader.damaged("the rows of entry '\(key)' are not equally long")
    }
    return .float(NDArray(rows: rows))
  }
}

extension UInt8 {
  /// Whether this is a space, a tab or a line end in ASCII.
  var isWhiteSpace: Bool { self == UInt8(ascii: " ") || (9...13).contains(self) }
}
