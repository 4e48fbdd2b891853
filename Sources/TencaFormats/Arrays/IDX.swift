/// The IDX file of one array, in which LeCun, Cortes and Burges published MNIST (1998), plain or
/// compressed by gzip.
///
/// Two zero bytes, one for the type of the elements, one for the number of axes; the length of each
/// axis and then the elements in row-major order, big end first. Read and written are all six types:
/// unsigned bytes (08), signed bytes (09), 16-bit (0B) and 32-bit integers (0C), single (0D) and
/// double precision (0E).
public enum IDX {
  /// The array in the file at `path`; "-" is standard input.
  ///
  /// A plain file stays mapped. One that begins as gzip files do, whatever it is called, is
  /// decompressed into memory and checked; errors then count the bytes of what it decompresses to,
  /// except those about gzip itself.
  ///
  /// - Throws: ``FormatError`` naming the byte: for a file of another kind, lengths that do not fit
  ///   its size, and for gzip a wrong checksum or length.
  /// - Complexity: O(1) for a plain file, O(contents) for gzip.
  public static func read(path: String) throws -> StoredArray {
    let file = try FileBytes(path: path)
    let inflated = try file.withBytes {
      try $0.withUnsafeBytes { bytes in
        Gzip.isGzip(bytes) ? try Gzip.decompress(bytes, path: file.path) : nil
      }
    }
    if let inflated { return try decode(contents: inflated, path: file.path) }
    let header = try file.withBytes {
      try $0.withUnsafeBytes { try IDXHeader($0, path: file.path) }
    }
    return StoredArray(
      file, start: header.size, type: header.type, order: .big, shape: header.shape,
      path: file.path)
  }

  /// The array in the bytes of a file, plain or gzip; see ``read(path:)``.
  public static func decode(_ bytes: [UInt8], path: String) throws -> StoredArray {
    let isGzip = bytes.withUnsafeBytes { Gzip.isGzip($0) }
    if !isGzip { return try decode(contents: bytes, path: path) }
    return try decode(
      contents: bytes.withUnsafeBytes { try Gzip.decompress($0, path: path) }, path: path)
  }

  private static func decode(contents: [UInt8], path: String) throws -> StoredArray {
    let header = try contents.withUnsafeBytes { try IDXHeader($0, path: path) }
    return StoredArray(
      contents, start: header.size, type: header.type, order: .big, shape: header.shape,
      path: path)
  }
}

/// What stands before the elements of an IDX file.
struct IDXHeader {
  var type: ElementType
  var shape: [Int]

  /// The bytes that the header takes.
  var size: Int { 4 + 4 * shape.count }

  /// The types by their code in the third byte.
  static let types: [UInt8: ElementType] = [
    0x08: .uint8, 0x09: .int8, 0x0B: .int16, 0x0C: .int32, 0x0D: .float32, 0x0E: .float64,
  ]

  /// Reads the header of a whole file and makes sure that the elements fill what follows.
  init(_ bytes: UnsafeRawBufferPointer, path: String) throws {
    var reader = ByteReader(bytes, path: path)
    let magic = try reader.take(4, "the IDX magic number")
    guard magic[0] == 0, magic[1] == 0 else {
      throw reader.damaged("an IDX file starts with two zero bytes", at: 0)
    }
    guard let type = Self.types[magic[2]] else {
      throw reader.damaged(
        "no IDX type has the number \(magic[2]) (8, 9, 11, 12, 13 and 14 have)", at: 2)
    }
    guard magic[3] > 0 else { throw reader.damaged("an IDX array without axes", at: 3) }
    self.type = type
    shape = []
    for axis in 0..<Int(magic[3]) {
      let length = try reader.integer("the length of axis \(axis)", as: UInt32.self, order: .big)
      shape.append(Int(length))
    }
    guard let count = type.elementCount(of: shape) else {
      throw reader.damaged("no array has the shape \(shape)", at: 4)
    }
    _ = try reader.take(count * type.size, "the elements of shape \(shape)")
    guard reader.remaining == 0 else {
      throw reader.damaged("\(reader.remaining) bytes behind the last element")
    }
  }
}
