/// A message of protocol buffers as it is written: numbered fields, one after another.
struct ProtocolBuffer {
  private(set) var bytes: [UInt8] = []

  /// How a field's value is written.
  private enum WireType: UInt64 {
    case variableLength = 0
    case eightBytes = 1
    case counted = 2
    case fourBytes = 5
  }

  private mutating func begin(_ field: UInt64, _ type: WireType) {
    putVariableLength(field << 3 | type.rawValue)
  }

  /// Seven bits a byte, the least first; the eighth says that more follow.
  private mutating func putVariableLength(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Puts an `int32` or `int64`.
  mutating func put(_ field: UInt64, _ value: Int) {
    begin(field, .variableLength)
    putVariableLength(UInt64(bitPattern: Int64(value)))
  }

  /// Puts a `double`.
  mutating func put(_ field: UInt64, _ value: Double) {
    begin(field, .eightBytes)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Puts a `float`.
  mutating func put(_ field: UInt64, _ value: Float) {
    begin(field, .fourBytes)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// Puts a `string`.
  mutating func put(_ field: UInt64, _ text: String) { put(field, Array(text.utf8)) }

  /// Puts `bytes`.
  mutating func put(_ field: UInt64, _ content: [UInt8]) {
    begin(field, .counted)
    putVariableLength(UInt64(content.count))
    bytes += content
  }

  /// Puts a message within this one.
  mutating func put(_ field: UInt64, _ fill: (inout ProtocolBuffer) -> Void) {
    var message = ProtocolBuffer()
    fill(&message)
    put(field, message.bytes)
  }
}
