/// A place in the bytes of a file that moves on as values are taken; taking more than is there
/// throws.
struct ByteReader {
  let bytes: UnsafeRawBufferPointer
  let path: String
  private(set) var offset: Int

  init(_ bytes: UnsafeRawBufferPointer, path: String, offset: Int = 0) {
    precondition(offset >= 0 && offset <= bytes.count, "reading starts outside the file")
    self.bytes = bytes
    self.path = path
    self.offset = offset
  }

  /// The number of bytes not yet taken.
  var remaining: Int { bytes.count - offset }

  /// Moves to `place`, counted from the beginning, where `part` is said to be.
  mutating func move(to place: some BinaryInteger, _ part: String) throws {
    guard let place = Int(exactly: place), place >= 0, place <= bytes.count else {
      throw damaged("\(part) is said to be at byte \(place) of \(bytes.count)")
    }
    offset = place
  }

  /// Takes the next `count` bytes; `part` names them when they are missing.
  mutating func take(_ count: Int, _ part: String) throws -> UnsafeRawBufferPointer {
    guard count >= 0 else { throw damaged("\(part) has the length \(count)") }
    guard count <= remaining else {
      throw FormatError.truncated(
        path: path, byte: offset, part: part, needed: count, present: remaining)
    }
    defer { offset += count }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
  }

  /// Takes the next integer.
  mutating func integer<Integer: FixedWidthInteger>(
    _ part: String, as type: Integer.Type = Integer.self, order: ByteOrder = .little
  ) throws -> Integer {
    let raw = try take(MemoryLayout<Integer>.size, part).loadUnaligned(as: Integer.self)
    return Integer(raw: raw, order: order)
  }

  /// Takes `expected`; throws `problem` and stays where it is when something else is there.
  mutating func expect(_ expected: StaticString, orThrow problem: String) throws {
    guard skip(expected) else { throw damaged(problem) }
  }

  /// Takes `expected` if it comes next.
  mutating func skip(_ expected: StaticString) -> Bool {
    let wanted = UnsafeRawBufferPointer(
      start: expected.utf8Start, count: expected.utf8CodeUnitCount)
    guard remaining >= wanted.count,
      bytes[offset..<offset + wanted.count].elementsEqual(wanted)
    else { return false }
    offset += wanted.count
    return true
  }

  /// The next byte, left where it is; nil at the end.
  var peek: UInt8? { remaining > 0 ? bytes[offset] : nil }

  /// Takes bytes while `condition` holds.
  mutating func take(while condition: (UInt8) -> Bool) -> UnsafeRawBufferPointer {
    let start = offset
    while offset < bytes.count, condition(bytes[offset]) { offset += 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[start..<offset])
  }

  /// An error about what stands here, or at another `byte`.
  func damaged(_ problem: String, at byte: Int? = nil) -> FormatError {
    .damaged(path: path, byte: byte ?? offset, problem: problem)
  }
}
