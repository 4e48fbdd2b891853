internal import TencaNumerics

/// A number that IDX files hold.
public protocol IDXElement: Sendable {
  /// The type's number in the third byte of a file.
  static var idxCode: UInt8 { get }
  /// An integer of the same size.
  associatedtype Bits: FixedWidthInteger
  /// The bits of the number as they are written, big end first.
  var idxBits: Bits { get }
}

extension IDXElement where Self: FixedWidthInteger {
  /// An integer is its own bits.
  public var idxBits: Self { self }
}

extension UInt8: IDXElement {
  /// Unsigned bytes.
  public static var idxCode: UInt8 { 0x08 }
}

extension Int8: IDXElement {
  /// Signed bytes.
  public static var idxCode: UInt8 { 0x09 }
}

extension Int16: IDXElement {
  /// 16-bit integers.
  public static var idxCode: UInt8 { 0x0B }
}

extension Int32: IDXElement {
  /// 32-bit integers.
  public static var idxCode: UInt8 { 0x0C }
}

extension Float: IDXElement {
  /// Single precision.
  public static var idxCode: UInt8 { 0x0D }
  /// The bits of the number.
  public var idxBits: UInt32 { bitPattern }
}

extension Double: IDXElement {
  /// Double precision.
  public static var idxCode: UInt8 { 0x0E }
  /// The bits of the number.
  public var idxBits: UInt64 { bitPattern }
}

extension IDX {
  /// The bytes of a plain file that holds `elements` in row-major order.
  ///
  /// - Parameters:
  ///   - elements: As many as the product of `shape`.
  ///   - shape: The length of each axis: 1 to 255 axes, each below 2³².
  /// - Throws: ``FormatError/unencodable(name:problem:)`` for a shape that IDX cannot say.
  public static func encode<Element: IDXElement>(
    _ elements: some Collection<Element>, shape: [Int]
  ) throws -> [UInt8] {
    precondition(
      elements.count == shape.reduce(1, *),
      "\(elements.count) elements do not fill the shape \(shape)")
    guard (1...255).contains(shape.count), shape.allSatisfy({ UInt32(exactly: $0) != nil }) else {
      throw FormatError.unencodable(
        name: "an IDX array of shape \(shape)",
        problem: "it has 1 to 255 axes, each shorter than 2^32")
    }
    return try ByteSink.collect { sink in
      try sink.put([0, 0, Element.idxCode, UInt8(shape.count)])
      for length in shape { try sink.put(UInt32(length), .big) }
      for element in elements { try sink.put(element.idxBits, .big) }
    }
  }

  /// Replaces the file at `path` by one that holds `elements`; compressed where its name ends in
  /// ".gz".
  ///
  /// - Throws: As ``encode(_:shape:)``; `ReplacingFileError`.
  public static func write<Element: IDXElement>(
    _ elements: some Collection<Element>, shape: [Int], to path: String
  ) throws {
    let bytes = try encode(elements, shape: shape)
    try ReplacingFile.write(
      path.hasSuffix(".gz") ? bytes.withUnsafeBytes { try Gzip.compress($0) } : bytes, to: path)
  }
}
