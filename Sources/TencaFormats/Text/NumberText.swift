/// A text that may be a number: its digits and what stands between them, without signs around.
struct NumberText {
  /// Whether a minus or parentheses make the number negative.
  let isNegative: Bool
  /// Whether a percent sign stands behind.
  let isPercent: Bool
  /// Whether a currency sign stands before or behind.
  let hasCurrency: Bool
  /// Digits, points, commas, an exponent; spaces and apostrophes of all kinds are the ASCII ones.
  private let body: [UInt8]

  /// Currencies by their ISO 4217 codes, where no sign is used.
  private static let codes = [
    "USD", "EUR", "GBP", "JPY", "CHF", "CAD", "AUD", "CNY", "INR", "BRL", "SEK", "NOK", "DKK",
    "PLN",
  ]

  /// Takes signs off; nil where what is left has other characters than numbers have.
  init?(_ text: some StringProtocol) {
    var rest = Substring(text).trimmingSpaces
    var isNegative = false
    if rest.first == "(", rest.last == ")" {
      isNegative = true
      rest = rest.dropFirst().dropLast().trimmingSpaces
    }
    var (isPercent, hasCurrency, hasSign) = (false, false, isNegative)
    while let first = rest.first, !first.isASCIIDigit {
      if !hasSign, "+-−".contains(first) {
        hasSign = true
        isNegative = first != "+"
        rest = rest.dropFirst()
      } else if !hasCurrency, let length = Self.currency(atStartOf: rest) {
        hasCurrency = true
        rest = rest.dropFirst(length).trimmingSpaces
      } else {
        break
      }
    }
    if rest.last == "%" {
      isPercent = true
      rest = rest.dropLast().trimmingSpaces
    } else if !hasCurrency, let length = Self.currency(atEndOf: rest) {
      hasCurrency = true
      rest = rest.dropLast(length).trimmingSpaces
    }
    var body: [UInt8] = []
    for scalar in rest.unicodeScalars {
      switch scalar {
      case "0"..."9", ".", ",", "e", "E", "+", "-": body.append(UInt8(scalar.value))
      case " ", "\u{A0}", "\u{2009}", "\u{202F}": body.append(UInt8(ascii: " "))
      case "'", "’": body.append(UInt8(ascii: "'"))
      default: return nil
      }
    }
    guard body.contains(where: \.isDecimalDigit) else { return nil }
    (self.isNegative, self.isPercent, self.hasCurrency) = (isNegative, isPercent, hasCurrency)
    self.body = body
  }

  /// The finite number under a style; nil where it is none.
  func value(_ style: NumberStyle) -> Double? {
    let exponentSign = body.firstIndex { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
    let mantissa = body[..<(exponentSign ?? body.endIndex)]
    let decimal = style == .point ? UInt8(ascii: ".") : UInt8(ascii: ",")
    let parts = mantissa.split(separator: decimal, omittingEmptySubsequences: false)
    let fraction = parts.count == 2 ? Array(parts[1]) : []
    guard parts.count <= 2, fraction.allSatisfy(\.isDecimalDigit),
      let whole = Self.ungrouped(parts[0], style), !(whole.isEmpty && fraction.isEmpty)
    else { return nil }
    var text =
      (isNegative ? [UInt8(ascii: "-")] : []) + (whole.isEmpty ? [UInt8(ascii: "0")] : whole)
    if !fraction.isEmpty { text += [UInt8(ascii: ".")] + fraction }
    if let exponentSign { text += body[exponentSign...] }
    guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else {
      return nil
    }
    return value
  }

  /// Whole digits without what parts their groups: the first of one to three, others of two (in
  /// India) or three, the last of three.
  private static func ungrouped(_ digits: ArraySlice<UInt8>, _ style: NumberStyle) -> [UInt8]? {
    guard let mark = digits.first(where: { !$0.isDecimalDigit }) else { return Array(digits) }
    let other = style == .point ? UInt8(ascii: ",") : UInt8(ascii: ".")
    guard [other, UInt8(ascii: " "), UInt8(ascii: "'")].contains(mark) else { return nil }
    let groups = digits.split(separator: mark, omittingEmptySubsequences: false)
    guard groups.allSatisfy({ $0.allSatisfy(\.isDecimalDigit) }), (1...3).contains(groups[0].count),
      groups[0].first != UInt8(ascii: "0"), groups.last!.count == 3,
      groups.dropFirst().allSatisfy({ (2...3).contains($0.count) })
    else { return nil }
    return groups.flatMap { $0 }
  }

  private static func currency(atStartOf text: Substring) -> Int? {
    if text.first?.isCurrencySymbol == true { return 1 }
    return codes.contains { text.hasPrefix($0) } ? 3 : nil
  }

  private static func currency(atEndOf text: Substring) -> Int? {
    if text.last?.isCurrencySymbol == true { return 1 }
    return codes.contains { text.hasSuffix($0) } ? 3 : nil
  }
}

extension Character {
  /// Whether this is one of 0 to 9.
  var isASCIIDigit: Bool { isASCII && isWholeNumber }
}

extension StringProtocol {
  /// The text without the spaces, tabs and line ends around it, no-break spaces too.
  var trimmingSpaces: Substring {
    guard let first = firstIndex(where: { !$0.isWhitespace }) else { return "" }
    return Substring(self[first...lastIndex { !$0.isWhitespace }!])
  }
}
