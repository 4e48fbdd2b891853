import FoundationEssentials
public import TencaNumerics

/// The safetensors file, which holds named arrays and text: what a model is saved as.
///
/// Eight bytes of header length, a header in JSON, then the numbers, little-endian, without gaps.
/// Read are `F32` and `F64` as they are, `F16` and `BF16` as single precision, integers and `BOOL`
/// as double precision (beyond 2⁵³ rounded to nearest). Written are `F32` and `F64`.
///
/// Source: github.com/huggingface/safetensors, section "Format" of its README.
public enum SafeTensors {
  /// The longest header that is read, the limit of the reference implementation too.
  static let maximumHeaderLength = 100_000_000

  /// The archive in the file at `path`; "-" is standard input.
  ///
  /// - Throws: ``FormatError`` naming the byte or the tensor that is wrong.
  public static func read(path: String) throws -> Archive {
    let file = try FileBytes(path: path)
    return try file.withBytes { try decode($0, path: file.path) }
  }

  /// The archive in the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - path: What messages call the file.
  /// - Throws: ``FormatError`` naming the byte or the tensor that is wrong.
  public static func decode(_ bytes: RawSpan, path: String) throws -> Archive {
    try bytes.withUnsafeBytes { bytes in
      var reader = ByteReader(bytes, path: path)
      let length = try reader.integer("the header length", as: UInt64.self)
      guard length <= maximumHeaderLength else {
        throw reader.damaged(
          "a header of \(length) bytes, where at most \(maximumHeaderLength) are allowed", at: 0)
      }
      let text = try reader.take(Int(length), "the header")
      guard text.first == UInt8(ascii: "{") else {
        throw reader.damaged("the header does not start with {", at: 8)
      }
      let header = try SafeTensorsHeader(json: text, path: path)
      return Archive(arrays: try arrays(of: header, &reader), metadata: header.metadata)
    }
  }

  /// Takes the tensors in the order of the file; they must follow each other to its end.
  private static func arrays(
    of header: SafeTensorsHeader, _ reader: inout ByteReader
  ) throws -> [String: ArchivedArray] {
    let start = reader.offset
    let tensors = header.tensors.sorted {
      ($0.value.offsets.first ?? 0, $0.value.offsets.last ?? 0, $0.key)
        < ($1.value.offsets.first ?? 0, $1.value.offsets.last ?? 0, $1.key)
    }
    var arrays: [String: ArchivedArray] = [:]
    for (name, tensor) in tensors {
      func wrong(_ problem: String) -> FormatError {
        reader.damaged("tensor '\(name)' \(problem)")
      }
      guard let type = elementTypes[tensor.dtype] else {
        throw FormatError.unsupported(
          path: reader.path, problem: "tensor '\(name)' has the type \(tensor.dtype)",
          remedy: "Save it as F32 or F64")
      }
      guard let count = type.elementCount(of: tensor.shape) else {
        throw wrong("has the impossible shape \(tensor.shape)")
      }
      let expected = reader.offset - start
      guard tensor.offsets.count == 2, tensor.offsets[0] == expected else {
        throw wrong(
          "has the offsets \(tensor.offsets); the first should be \(expected), "
            + "where the tensor before it ends")
      }
      guard tensor.offsets[1] == expected + count * type.size else {
        throw wrong(
          "has the offsets \(tensor.offsets), but \(tensor.dtype) of shape \(tensor.shape) "
            + "takes \(count * type.size) bytes")
      }
      let elements = try reader.take(count * type.size, "tensor '\(name)'")
      arrays[name] = type.array(elements, shape: tensor.shape, order: .little)
    }
    guard reader.remaining == 0 else {
      throw reader.damaged("\(reader.remaining) bytes behind the last tensor")
    }
    return arrays
  }

  private static let elementTypes: [String: ElementType] = [
    "F16": .float16, "BF16": .bfloat16, "F32": .float32, "F64": .float64,
    "I8": .int8, "I16": .int16, "I32": .int32, "I64": .int64,
    "U8": .uint8, "U16": .uint16, "U32": .uint32, "U64": .uint64, "BOOL": .bool,
  ]
}

extension SafeTensors {
  /// The bytes of a file that holds `archive`; equal archives give equal bytes.
  ///
  /// Double-precision tensors come first and each precision is in order of name, so that every
  /// tensor starts at a multiple of its element's size.
  ///
  /// - Throws: ``FormatError/unencodable(name:problem:)`` when an array has the name
  ///   `__metadata__`.
  public static func encode(_ archive: Archive) throws -> [UInt8] {
    try ByteSink.collect { try put(archive, into: $0) }
  }

  /// Replaces the file at `path` by one that holds `archive`.
  ///
  /// - Throws: ``FormatError`` or `ReplacingFileError`.
  public static func write(_ archive: Archive, to path: String) throws {
    try ByteSink.write(to: path) { try put(archive, into: $0) }
  }

  private static func put(_ archive: Archive, into sink: ByteSink) throws {
    let reserved = SafeTensorsHeader.metadataKey
    guard archive.arrays[reserved] == nil else {
      throw FormatError.unencodable(name: reserved, problem: "the format keeps this name for text")
    }
    let arrays = archive.arrays.sorted {
      $0.value.elementSize != $1.value.elementSize
        ? $0.value.elementSize > $1.value.elementSize : $0.key < $1.key
    }
    var header = SafeTensorsHeader()
    header.metadata = archive.metadata
    var offset = 0
    for (name, array) in arrays {
      let end = offset + array.count * array.elementSize
      header.tensors[name] = .init(
        dtype: array.elementSize == 8 ? "F64" : "F32", shape: array.shape, offsets: [offset, end])
      offset = end
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var text = Array(try encoder.encode(header))
    // Spaces, so that the tensors start at a multiple of 8 bytes.
    text += [UInt8](repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
    try sink.put(UInt64(text.count))
    try sink.put(text)
    for (_, array) in arrays { try array.withLittleEndianBytes { try sink.put(contiguous: $0) } }
  }
}
