import TencaNumerics

/// The first part of an NPY file: what the numbers are and how they are arranged.
///
/// The header is the text of a Python dictionary, for example
/// `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`, padded with spaces so that the
/// numbers start at a multiple of 64 bytes.
struct NPYHeader {
  var type: ElementType
  var order: ByteOrder
  var isFortranOrder: Bool
  var shape: [Int]

  /// What every NPY file begins with.
  private static let signature: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// The header of version 1.0 for little-endian numbers in row-major order.
  ///
  /// - Parameter length: The bytes that the header takes when they are fixed beforehand.
  static func encode(descr: String, shape: [Int], length: Int? = nil) -> [UInt8] {
    let axes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let text = "{'descr': '\(descr)', 'fortran_order': False, 'shape': (\(axes)), }"
    // Six bytes of magic, two of version, two of length, and the newline that ends the text.
    let used = 10 + text.utf8.count + 1
    let total = length ?? (used + 63) / 64 * 64
    precondition(used <= total && total - 10 <= UInt16.max, "an NPY header of \(used) bytes")
    let textLength = UInt16(total - 10)
    var header: [UInt8] = signature + [1, 0]
    header += [UInt8(truncatingIfNeeded: textLength), UInt8(textLength >> 8)]
    header += Array(text.utf8)
    header += [UInt8](repeating: UInt8(ascii: " "), count: total - used)
    header.append(UInt8(ascii: "\n"))
    return header
  }
}

extension NPYHeader {
  /// Takes a header of version 1.0, 2.0 or 3.0.
  init(from reader: inout ByteReader) throws {
    guard try reader.take(6, "the NPY signature").elementsEqual(Self.signature) else {
      throw reader.damaged("an NPY file starts with \\x93NUMPY", at: 0)
    }
    let version = try reader.integer("the NPY version", as: UInt16.self, order: .big)
    let length: Int
    switch version {
    case 0x0100: length = Int(try reader.integer("the header length", as: UInt16.self))
    case 0x0200, 0x0300: length = Int(try reader.integer("the header length", as: UInt32.self))
    default:
      throw FormatError.unsupported(
        path: reader.path, problem: "NPY version \(version >> 8).\(version & 0xFF)",
        remedy: "Versions 1.0 to 3.0 are read; save the array again with numpy.save")
    }
    let start = reader.offset
    let text = try reader.take(length, "the NPY header")
    var literal = PythonLiteralReader(ByteReader(text, path: reader.path), start: start)
    try self.init(literal.dictionary(), at: start, path: reader.path)
  }

  private init(
    _ entries: [String: PythonLiteral], at byte: Int, path: String
  ) throws {
    func missing(_ key: String, _ wanted: String) -> FormatError {
      .damaged(path: path, byte: byte, problem: "the NPY header has no '\(key)' that is \(wanted)")
    }
    guard case .bool(let isFortranOrder)? = entries["fortran_order"] else {
      throw missing("fortran_order", "True or False")
    }
    guard case .integers(let shape)? = entries["shape"] else {
      throw missing("shape", "a tuple of integers")
    }
    guard case .string(let descr)? = entries["descr"] else {
      throw missing("descr", "the name of a plain number type (structured arrays are not read)")
    }
    guard let (type, order) = Self.elementType(descr) else {
      throw FormatError.unsupported(
        path: path, problem: "elements of type '\(descr)'",
        remedy: "Save the array as numbers, for example with array.astype('<f4')")
    }
    self.init(type: type, order: order, isFortranOrder: isFortranOrder, shape: shape)
  }

  /// What a `descr` such as "<f4" or "|u1" stands for; nil when it is not a real number.
  private static func elementType(_ descr: String) -> (ElementType, ByteOrder)? {
    let order: ByteOrder
    switch descr.first {
    case "<", "|", "=": order = .little
    case ">": order = .big
    default: return nil
    }
    let type: ElementType
    switch descr.dropFirst() {
    case "f2": type = .float16
    case "f4": type = .float32
    case "f8": type = .float64
    case "i1": type = .int8
    case "i2": type = .int16
    case "i4": type = .int32
    case "i8": type = .int64
    case "u1": type = .uint8
    case "u2": type = .uint16
    case "u4": type = .uint32
    case "u8": type = .uint64
    case "b1": type = .bool
    default: return nil
    }
    return (type, order)
  }
}
