internal import TencaNumerics

extension NPY {
  /// The array in the file at `path`, left there; "-" is standard input.
  ///
  /// An array in column-major order is turned round in memory.
  ///
  /// - Throws: ``FormatError``.
  /// - Complexity: O(1); O(elements) for column-major order.
  public static func open(path: String) throws -> StoredArray {
    let file = try FileBytes(path: path)
    return try file.withBytes { span in
      try span.withUnsafeBytes { bytes in
        try stored(bytes, path: file.path) { start, header in
          StoredArray(
            file, start: start, type: header.type, order: header.order, shape: header.shape,
            path: file.path)
        }
      }
    }
  }

  /// Checks the bytes of a file and has `make` say where its elements lie; a column-major array is
  /// decoded instead.
  static func stored(
    _ bytes: UnsafeRawBufferPointer, path: String, _ make: (Int, NPYHeader) -> StoredArray
  ) throws -> StoredArray {
    var reader = ByteReader(bytes, path: path)
    let header = try NPYHeader(from: &reader)
    if header.isFortranOrder && header.shape.count > 1 {
      return StoredArray(try decode(bytes.bytes, path: path).asFloat, path: path)
    }
    return make(try header.elements(in: &reader), header)
  }
}

extension NPYHeader {
  /// Takes the elements that follow a header, which must be the last of the file, and returns the
  /// byte where they begin.
  func elements(in reader: inout ByteReader) throws -> Int {
    guard let count = type.elementCount(of: shape) else {
      throw reader.damaged("no array has the shape \(shape)")
    }
    let start = reader.offset
    _ = try reader.take(count * type.size, "the elements of shape \(shape)")
    guard reader.remaining == 0 else {
      throw reader.damaged("\(reader.remaining) bytes behind the last element")
    }
    return start
  }
}

extension NPZ {
  /// The arrays in the file at `path` by name, in the order of the file: those stored as they are
  /// are left there, compressed ones are held as the bytes they decompress to.
  ///
  /// - Throws: ``FormatError``.
  /// - Complexity: O(bytes), for every member is checked against its checksum.
  public static func open(path: String) throws -> [(name: String, array: StoredArray)] {
    let file = try FileBytes(path: path)
    return try file.withBytes { span in
      try span.withUnsafeBytes { bytes in
        try members(of: ZipReader(bytes, path: file.path), path: file.path) { contents, path in
          let place = bytes.baseAddress!.distance(to: contents.baseAddress!)
          return try NPY.stored(contents, path: path) { start, header in
            // A stored member lies within the file; an inflated one is elsewhere, and is copied.
            (0..<bytes.count).contains(place)
              ? StoredArray(
                file, start: place + start, type: header.type, order: header.order,
                shape: header.shape, path: path)
              : StoredArray(
                Array(contents), start: start, type: header.type, order: header.order,
                shape: header.shape, path: path)
          }
        }
      }
    }
  }
}
