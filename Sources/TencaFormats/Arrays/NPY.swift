public import TencaNumerics

/// NumPy's file of one array (`.npy`), as NumPy Enhancement Proposal 1 defines it.
///
/// Read are versions 1.0 to 3.0, either byte order, row-major and column-major order. `f4` and `f8`
/// keep their precision, `f2` becomes single precision, integers and truth values become double
/// precision (integers beyond 2⁵³ rounded to nearest). Written is version 1.0, little-endian,
/// row-major, the numbers starting at a multiple of 64 bytes.
public enum NPY {
  /// The array in the file at `path`; "-" is standard input.
  ///
  /// - Throws: ``FormatError``.
  public static func read(path: String) throws -> ArchivedArray {
    let file = try FileBytes(path: path)
    return try file.withBytes { try decode($0, path: file.path) }
  }

  /// The array in the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: The whole file; bytes behind the array are an error.
  ///   - path: What messages call the file.
  /// - Throws: ``FormatError``.
  public static func decode(_ bytes: RawSpan, path: String) throws -> ArchivedArray {
    try bytes.withUnsafeBytes { bytes in
      var reader = ByteReader(bytes, path: path)
      let header = try NPYHeader(from: &reader)
      let elements = UnsafeRawBufferPointer(
        rebasing: bytes[try header.elements(in: &reader)...])
      if header.isFortranOrder {
        // Column-major order is the row-major order of the transpose.
        return header.type.array(elements, shape: header.shape.reversed(), order: header.order)
          .transposed()
      }
      return header.type.array(elements, shape: header.shape, order: header.order)
    }
  }

  /// The bytes of a file that holds `array`.
  public static func encode<Scalar: NumericScalar>(_ array: NDArray<Scalar>) -> [UInt8] {
    encode(ArchivedArray(array))
  }

  /// The bytes of a file that holds `array`.
  public static func encode(_ array: ArchivedArray) -> [UInt8] {
    header(of: array) + array.withLittleEndianBytes { Array($0) }
  }

  /// Replaces the file at `path` by one that holds `array`.
  ///
  /// - Throws: ``FormatError/unwritable(path:reason:)`` or `ReplacingFileError`.
  public static func write<Scalar: NumericScalar>(_ array: NDArray<Scalar>, to path: String) throws
  {
    try ByteSink.write(to: path) { sink in
      try sink.put(header(of: ArchivedArray(array)))
      try sink.put(array)
    }
  }

  /// The header of a file that holds `array`.
  static func header(of array: ArchivedArray) -> [UInt8] {
    let descr =
      switch array {
      case .float: "<f4"
      case .double: "<f8"
      }
    return NPYHeader.encode(descr: descr, shape: array.shape)
  }
}
