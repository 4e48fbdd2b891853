/// Which end of a number comes first.
enum ByteOrder {
  case little, big
}

extension FixedWidthInteger {
  /// The number whose bytes, in `order`, were loaded into `raw` as they stand.
  @inline(__always)
  init(raw: Self, order: ByteOrder) {
    self = order == .little ? Self(littleEndian: raw) : Self(bigEndian: raw)
  }
}
