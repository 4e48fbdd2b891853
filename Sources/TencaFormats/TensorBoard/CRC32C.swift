/// The checksum of TFRecord files: CRC-32C (G. Castagnoli, S. Bräuer, M. Herrmann, 1993), the
/// polynomial 0x1EDC6F41 with its bits reversed. ZIP files use another.
enum CRC32C {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in
      value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1
    }
  }

  /// The checksum of some bytes.
  ///
  /// - Complexity: O(bytes).
  static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { value, byte in
      value >> 8 ^ table[Int(UInt8(truncatingIfNeeded: value) ^ byte)]
    }
  }

  /// The checksum turned and moved, as TFRecord files keep it, so that the checksum of a record that
  /// holds checksums is still a good one.
  static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
    let value = checksum(bytes)
    return (value >> 15 | value << 17) &+ 0xA282_EAD8
  }
}
