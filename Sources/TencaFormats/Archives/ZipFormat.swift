/// The parts of a ZIP file that its writer and its reader share (PKWARE APPNOTE 6.3).
enum ZipFormat {
  static let localSignature: UInt32 = 0x0403_4b50
  static let centralSignature: UInt32 = 0x0201_4b50
  static let endSignature: UInt32 = 0x0605_4b50
  static let zip64EndSignature: UInt32 = 0x0606_4b50
  static let zip64LocatorSignature: UInt32 = 0x0706_4b50
  static let endSize = 22
  static let zip64LocatorSize = 20
  /// The kind of extra field that holds 64-bit sizes.
  static let zip64Field: UInt16 = 1
  /// What stands in a 32-bit field whose value is in the zip64 field.
  static let elsewhere32 = UInt32.max
  /// What stands in a 16-bit field whose value is in the zip64 end record.
  static let elsewhere16 = UInt16.max
}

/// How a member of a ZIP file is stored.
enum ZipMethod: UInt16 {
  case stored = 0
  case deflated = 8
}
