public import TencaNumerics

/// NumPy's file of several named arrays (`.npz`): a ZIP file with one NPY file for each.
///
/// Files may be larger than 4 GB (zip64). The same arrays give the same bytes.
public enum NPZ {
  /// How arrays are stored.
  public enum Compression: Sendable {
    /// As they are, like `numpy.savez`.
    case none
    /// Deflated, like `numpy.savez_compressed`: noisy features shrink by a tenth, at 11 MB/s.
    case deflate
  }

  /// The arrays in the file at `path` by name, in the order of the file; "-" is standard input.
  ///
  /// - Throws: ``FormatError``.
  public static func read(path: String) throws -> [(name: String, array: ArchivedArray)] {
    let file = try FileBytes(path: path)
    return try file.withBytes { try decode($0, path: file.path) }
  }

  /// The arrays in the bytes of a file by name, in the order of the file.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - path: What messages call the file.
  /// - Throws: ``FormatError``.
  public static func decode(
    _ bytes: RawSpan, path: String
  ) throws -> [(name: String, array: ArchivedArray)] {
    try bytes.withUnsafeBytes { bytes in
      try members(of: ZipReader(bytes, path: path), path: path) { contents, path in
        try NPY.decode(contents.bytes, path: path)
      }
    }
  }

  /// What `decode` makes of every member, by its name without the extension.
  ///
  /// - Parameter decode: Takes the bytes of a member and what messages call it.
  static func members<Decoded>(
    of zip: ZipReader, path: String, _ decode: (UnsafeRawBufferPointer, String) throws -> Decoded
  ) throws -> [(name: String, array: Decoded)] {
    var names: Set<String> = []
    return try zip.members.map { member in
      guard member.name.hasSuffix(fileExtension) else {
        throw FormatError.unsupported(
          path: path, problem: "member '\(member.name)' is not an array",
          remedy: "Keep only .npy files in it")
      }
      guard names.insert(member.name).inserted else {
        throw FormatError.damaged(
          path: path, byte: member.offset, problem: "a second member '\(member.name)'")
      }
      let array = try zip.withContents(of: member) { contents in
        try decode(contents, "\(path), member '\(member.name)'")
      }
      return (String(member.name.dropLast(fileExtension.count)), array)
    }
  }

  /// The bytes of a file that holds `arrays`.
  ///
  /// - Throws: ``FormatError/unencodable(name:problem:)`` for a name that is empty, used twice or
  ///   too long.
  public static func encode(
    _ arrays: [(name: String, array: ArchivedArray)], compression: Compression = .none
  ) throws -> [UInt8] {
    try ByteSink.collect { sink in
      try write(into: sink, compression: compression) { writer in
        for (name, array) in arrays { try writer.append(array, name: name) }
      }
    }
  }

  /// Replaces the file at `path` by one that holds the arrays which `body` appends, one in memory
  /// at a time.
  ///
  /// - Throws: ``FormatError``, `ReplacingFileError`, and whatever `body` throws.
  public static func write<Result>(
    to path: String, compression: Compression = .none,
    _ body: (inout NPZWriter) throws -> Result
  ) throws -> Result {
    try ByteSink.write(to: path) { sink in
      try write(into: sink, compression: compression, body)
    }
  }

  private static func write<Result>(
    into sink: ByteSink, compression: Compression, _ body: (inout NPZWriter) throws -> Result
  ) throws -> Result {
    var writer = NPZWriter(zip: ZipWriter(sink: sink), compression: compression)
    let result = try body(&writer)
    try writer.finish()
    return result
  }

  static let fileExtension = ".npy"
}

/// Appends arrays to an NPZ file; see ``NPZ/write(to:compression:_:)``.
public struct NPZWriter: ~Copyable {
  private var zip: ZipWriter
  private let compression: NPZ.Compression
  private var names: Set<String> = []

  init(zip: ZipWriter, compression: NPZ.Compression) {
    self.zip = zip
    self.compression = compression
  }

  /// Appends `array` under `name`.
  ///
  /// - Throws: ``FormatError/unencodable(name:problem:)`` for a name that is empty, used twice or
  ///   longer than 65000 bytes, and ``FormatError/unwritable(path:reason:)``.
  public mutating func append(_ array: ArchivedArray, name: String) throws {
    guard (1...65000).contains(name.utf8.count) else {
      throw FormatError.unencodable(
        name: name, problem: "names in an NPZ file have 1 to 65000 bytes")
    }
    guard names.insert(name).inserted else {
      throw FormatError.unencodable(name: name, problem: "an NPZ file holds a name only once")
    }
    try NPY.header(of: array).withUnsafeBytes { header in
      try array.withLittleEndianBytes { elements in
        try zip.add(
          name: name + NPZ.fileExtension, method: compression == .none ? .stored : .deflated,
          parts: [header, elements])
      }
    }
  }

  /// Appends `array` under `name`; see ``append(_:name:)-(ArchivedArray,_)``.
  public mutating func append<Scalar: NumericScalar>(_ array: NDArray<Scalar>, name: String) throws
  {
    try append(ArchivedArray(array), name: name)
  }

  func finish() throws { try zip.finish() }
}
