/// The time of day at the end of a text that begins with a date.
struct ClockText {
  /// What stands before the time, without the space, comma or T between.
  let date: Substring.UTF8View
  /// Seconds since midnight; nil where no time is given.
  let second: Int?

  /// Parts a text; nil where a time is there that no clock shows.
  ///
  /// Read are 9:30, 09:30:00, 09:30:00.250, 4:00 PM, with a zone (Z, UTC, -05:00) or without one, and
  /// the digits of 20180301T093000 and 20180301093000.
  init?(_ text: Substring) {
    let bytes = text.utf8
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else {
      self.init(digits: bytes)
      return
    }
    let start = bytes[..<colon].lastIndex { !$0.isDecimalDigit }.map { bytes.index(after: $0) }
    guard let start, let second = Self.second(String(text[start...])) else { return nil }
    var date = bytes[..<start]
    while let last = date.last, [" ", ",", "T", "t"].contains(Character(Unicode.Scalar(last))) {
      date = date.dropLast()
    }
    self.init(date: date, second: second)
  }

  private init(date: Substring.UTF8View, second: Int?) {
    (self.date, self.second) = (date, second)
  }

  /// A text without colons: digits of a time may follow the eight of a day.
  private init?(digits bytes: Substring.UTF8View) {
    let day = bytes.prefix(8)
    var clock = bytes.dropFirst(8)
    if let first = clock.first, first == UInt8(ascii: "T") || first == UInt8(ascii: " ") {
      clock = clock.dropFirst()
    }
    if clock.last == UInt8(ascii: "Z") { clock = clock.dropLast() }
    guard day.count == 8, day.allSatisfy(\.isDecimalDigit), clock.count == 4 || clock.count == 6,
      clock.allSatisfy(\.isDecimalDigit)
    else {
      (date, second) = (bytes, nil)
      return
    }
    let number = Int(String(Substring(clock)))! * (clock.count == 4 ? 100 : 1)
    guard let second = Self.second(number / 10_000, number / 100 % 100, number % 100) else {
      return nil
    }
    (date, self.second) = (day, second)
  }

  /// Seconds since midnight of a text such as "09:30:00" or "4:00 PM EST"; nil where it is none.
  static func second(_ text: String) -> Int? {
    let digits = text.prefix { $0.isASCIIDigit || $0 == ":" }
    let parts = digits.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), (1...2).contains(parts[0].count),
      parts.dropFirst().allSatisfy({ $0.count == 2 })
    else { return nil }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == parts.count else { return nil }
    var rest = text.dropFirst(digits.count)
    if numbers.count == 3, let sign = rest.first, sign == "." || sign == "," {
      // Parts of a second are left out.
      rest = rest.dropFirst().drop { $0.isASCIIDigit }
    }
    var hour = numbers[0]
    let word = rest.trimmingSpaces.lowercased()
    if word.hasPrefix("am") || word.hasPrefix("pm") {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (word.hasPrefix("pm") ? 12 : 0)
      rest = rest.trimmingSpaces.dropFirst(2)
    }
    guard isZone(rest.trimmingSpaces) else { return nil }
    return second(hour, numbers[1], numbers.count == 3 ? numbers[2] : 0)
  }

  private static func second(_ hour: Int, _ minute: Int, _ second: Int) -> Int? {
    // A leap second is the last of its minute.
    guard (0..<24).contains(hour), (0..<60).contains(minute), (0...60).contains(second) else {
      return nil
    }
    return (hour * 60 + minute) * 60 + min(second, 59)
  }

  /// Whether a text is nothing, a name such as "Z", "UTC" or "EST", or a distance such as "-05:00".
  private static func isZone(_ text: Substring) -> Bool {
    guard let first = text.first else { return true }
    if first == "+" || first == "-" {
      let digits = text.dropFirst().filter { $0 != ":" }
      return (2...4).contains(digits.count) && digits.allSatisfy(\.isASCIIDigit)
    }
    return text.count <= 5 && text.allSatisfy { $0.isASCII && $0.isLetter }
  }
}

extension UInt8 {
  /// Whether this is the code of one of 0 to 9.
  var isDecimalDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  /// Whether this is the code of a letter from A to Z.
  var isASCIILetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}
