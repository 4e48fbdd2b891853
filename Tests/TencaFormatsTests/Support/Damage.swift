import Testing

@testable import TencaFormats

/// Expects that `decode` throws a ``FormatError`` for every beginning of `bytes` that is shorter.
func expectErrorForEveryTruncation(
  of bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation,
  _ decode: (RawSpan) throws -> Void
) {
  for count in 0..<bytes.count {
    let part = Array(bytes[..<count])
    #expect(throws: FormatError.self, "the first \(count) bytes", sourceLocation: sourceLocation) {
      try decode(part.span.bytes)
    }
  }
}

/// Replaces every byte in turn by others and expects that `decode` accepts the result or throws a
/// ``FormatError``; the process ends where it traps.
///
/// - Returns: How many damaged files were refused.
@discardableResult
func expectSurvivalOfEveryCorruption(
  of bytes: [UInt8], in range: Range<Int>? = nil, sourceLocation: SourceLocation = #_sourceLocation,
  _ decode: (RawSpan) throws -> Void
) -> Int {
  var refused = 0
  for index in range ?? bytes.indices {
    var values = Set((0..<8).map { bytes[index] ^ (1 << $0) })
    values.formUnion([0x00, 0x7F, 0x80, 0xFF])
    values.formUnion(Array(" \"'{}[](),:-0129\\\n".utf8))
    for value in values where value != bytes[index] {
      var damaged = bytes
      damaged[index] = value
      do {
        try decode(damaged.span.bytes)
      } catch is FormatError {
        refused += 1
      } catch {
        Issue.record("byte \(index) = \(value): \(error)", sourceLocation: sourceLocation)
      }
    }
  }
  return refused
}
