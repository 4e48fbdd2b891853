public import TencaNumerics

/// An archive of Kaldi, the speech recognition toolkit (`.ark`): matrices and vectors, each behind a
/// key, one after another.
///
/// Read are binary entries (`FM`, `DM`, `FV`, `DV`, and the compressed `CM`, `CM2`, `CM3`) and text
/// entries, which become single precision. Written are binary entries.
///
/// Source: kaldi-asr.org/doc/io.html and Kaldi's `matrix/kaldi-matrix.cc`,
/// `matrix/compressed-matrix.cc`.
public enum KaldiArchive {
  /// A matrix (rank 2) or vector (rank 1), and its key: mostly the name of an utterance.
  public struct Entry: Sendable, Equatable {
    /// The name, without white space.
    public var key: String
    /// The numbers.
    public var array: ArchivedArray

    /// Makes an entry.
    public init(key: String, array: ArchivedArray) {
      self.key = key
      self.array = array
    }
  }

  /// All entries of the file at `path`; "-" is standard input.
  ///
  /// - Throws: ``FormatError``.
  public static func read(path: String) throws -> [Entry] {
    var entries: [Entry] = []
    try forEachEntry(path: path) { entries.append($0) }
    return entries
  }

  /// Calls `body` with every entry of the file at `path` in turn, one in memory at a time.
  ///
  /// - Throws: ``FormatError``, and whatever `body` throws.
  public static func forEachEntry(path: String, _ body: (Entry) throws -> Void) throws {
    let file = try FileBytes(path: path)
    try file.withBytes { try decode($0, path: file.path, body) }
  }

  /// Calls `body` with every entry in the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - path: What messages call the file.
  ///   - body: Receives the entries in turn.
  /// - Throws: ``FormatError``, and whatever `body` throws.
  public static func decode(
    _ bytes: RawSpan, path: String, _ body: (Entry) throws -> Void
  ) throws {
    try bytes.withUnsafeBytes { bytes in
      var reader = ByteReader(bytes, path: path)
      while let entry = try Entry(from: &reader) { try body(entry) }
    }
  }

  /// Replaces the file at `path` by the entries that `body` appends, one in memory at a time.
  ///
  /// - Throws: ``FormatError``, `ReplacingFileError`, and whatever `body` throws.
  public static func write<Result>(
    to path: String, _ body: (inout KaldiArchiveWriter) throws -> Result
  ) throws -> Result {
    try ByteSink.write(to: path) { sink in
      var writer = KaldiArchiveWriter(sink: sink)
      return try body(&writer)
    }
  }

  /// The bytes of a file that holds `entries`.
  ///
  /// - Throws: As ``KaldiArchiveWriter/append(_:)``.
  public static func encode(_ entries: [Entry]) throws -> [UInt8] {
    try ByteSink.collect { sink in
      var writer = KaldiArchiveWriter(sink: sink)
      for entry in entries { try writer.append(entry) }
    }
  }
}

/// Appends entries to a Kaldi archive; see ``KaldiArchive/write(to:_:)``.
public struct KaldiArchiveWriter: ~Copyable {
  private let sink: ByteSink

  init(sink: ByteSink) { self.sink = sink }

  /// Appends an entry.
  ///
  /// - Throws: ``FormatError/unencodable(name:problem:)`` when the key is empty or holds white
  ///   space, or the array is neither vector nor matrix or has an axis beyond 2³¹ - 1; and
  ///   ``FormatError/unwritable(path:reason:)``.
  public mutating func append(_ entry: KaldiArchive.Entry) throws {
    func refusal(_ problem: String) -> FormatError {
      .unencodable(name: entry.key, problem: problem)
    }
    guard !entry.key.isEmpty, !entry.key.utf8.contains(where: \.isWhiteSpace) else {
      throw refusal("the key of a Kaldi entry is a word without white space")
    }
    let shape = entry.array.shape
    let axes = shape.compactMap(Int32.init(exactly:))
    guard (1...2).contains(shape.count), axes.count == shape.count else {
      throw refusal("an array of shape \(shape) is neither a vector nor a matrix of Kaldi's")
    }
    let precision = entry.array.elementSize == 4 ? "F" : "D"
    try sink.put("\(entry.key) \0B\(precision)\(shape.count == 1 ? "V" : "M") ")
    for axis in axes {
      try sink.put(UInt8(4))
      try sink.put(axis)
    }
    try entry.array.withLittleEndianBytes { try sink.put(contiguous: $0) }
  }
}
