import FoundationEssentials

/// The bytes that `text` stands for in base64; white space between is left out.
func bytes(base64 text: String) -> [UInt8] {
  Array(Data(base64Encoded: text.filter { !$0.isWhitespace })!)
}

/// The bytes that `text` stands for in hexadecimal; spaces between are left out.
func bytes(hex text: String) -> [UInt8] {
  let digits = text.compactMap(\.hexDigitValue).map(UInt8.init)
  precondition(digits.count % 2 == 0, "an odd number of hexadecimal digits")
  return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}
