/// The chunks that a PNG file is made of, looked through before anything is decoded, so that damage
/// is told by its place (W3C, "Portable Network Graphics", third edition, section 5).
enum PNGChunks {
  /// The size that a PNG states.
  struct Header {
    let width: Int
    let height: Int
  }

  /// Looks at every chunk and its checksum up to the end of the picture.
  ///
  /// - Throws: ``FormatError``, naming the byte at which a chunk is cut short or damaged, or saying
  ///   that the picture moves.
  /// - Complexity: O(bytes).
  static func check(_ bytes: UnsafeRawBufferPointer, path: String) throws -> Header {
    var reader = ByteReader(bytes, path: path)
    let signature = try reader.take(8, "the signature of a PNG")
    guard signature.elementsEqual([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else {
      throw reader.damaged("the signature of a PNG is damaged", at: 0)
    }
    var header: Header?
    while true {
      let start = reader.offset
      let length = try reader.integer("the length of a chunk", as: UInt32.self, order: .big)
      let name = String(decoding: try reader.take(4, "the name of a chunk"), as: UTF8.self)
      let body = try reader.take(Int(length), "the chunk \(name)")
      let sum = try reader.integer("the checksum of \(name)", as: UInt32.self, order: .big)
      let covered = UnsafeRawBufferPointer(rebasing: bytes[start + 4..<start + 8 + body.count])
      guard zipChecksum(0, covered) == sum else {
        throw reader.damaged("the chunk \(name) does not have its checksum", at: start)
      }
      guard header != nil || name == "IHDR" else {
        throw reader.damaged("the first chunk is \(name), not IHDR", at: start)
      }
      switch name {
      case "IHDR":
        guard body.count == 13 else {
          throw reader.damaged("the chunk IHDR has \(body.count) bytes, not 13", at: start)
        }
        header = Header(
          width: Int(UInt32(bigEndian: body.loadUnaligned(as: UInt32.self))),
          height: Int(UInt32(bigEndian: body.loadUnaligned(fromByteOffset: 4, as: UInt32.self))))
      case "acTL":
        throw FormatError.unsupported(
          path: path, problem: "it is an animated PNG", remedy: "Save one picture of it")
      case "IEND":
        return header!
      default: break
      }
    }
  }
}
