import FoundationEssentials

/// The one way in which reports become JSON, so that the same results give the same text.
///
/// Keys are sorted, two spaces indent, slashes stand as they are, and numbers are the shortest that
/// read back to the same value. JSON has no numbers beyond the finite ones: they are written as the
/// strings "NaN", "Infinity" and "-Infinity".
public enum JSONText {
  /// The text of `value`, without a newline at its end.
  ///
  /// - Throws: What `value` throws while it is encoded.
  public static func encode(_ value: some Encodable) throws -> String {
    String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// The text of `value` on one line, for logs of one object a line (jsonlines.org).
  ///
  /// - Throws: What `value` throws while it is encoded.
  public static func encodeLine(_ value: some Encodable) throws -> String {
    let encoder = encoder
    encoder.outputFormatting.remove(.prettyPrinted)
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return encoder
  }
}
