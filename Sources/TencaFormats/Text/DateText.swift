internal import TencaNumerics

/// A text that is a date, and the ways to read it.
///
/// Read are 2018-03-01 (also with / or .), 20180301, 01/03/2018 and 03/01/18 (also with - or .),
/// 1 Mar 2018, Mar 1, 2018, 01-Mar-18, 1999-04, 04/1999, Apr 1999, Apr-99, 1999M04, 199904, 1999Q2,
/// Q2 1999, 1999, seconds and milliseconds since 1970, and a time of day behind a full date. Months
/// are English. Years of two digits are 1969 to 2068 (as POSIX has it). A time zone is left out:
/// dates are those of the clock where the data were made.
struct DateText {
  /// How much the date says.
  let precision: DatePrecision
  /// Whether it is digits only, which numbers are too.
  let isPlainNumber: Bool
  /// Whether the text is three numbers of which each may be the day, so that readings differ.
  let hasOrders: Bool
  /// Whether points part day, month and year, as is usual where the day comes first.
  let hasPoints: Bool
  private let dayFirst: CalendarDate?
  private let monthFirst: CalendarDate?
  private let yearFirst: CalendarDate?

  /// The date under an order, or nil; under each the same where the text has only one reading.
  func date(_ order: DateOrder) -> CalendarDate? {
    switch order {
    case .dayFirst: dayFirst
    case .monthFirst: monthFirst
    case .yearFirst: yearFirst
    }
  }

  /// Reads a date; nil where `text` is none.
  init?(_ text: String) {
    // No weekday, date, time and zone together are longer.
    guard text.utf8.count <= 64, let clock = ClockText(text.trimmingSpaces),
      let words = DateWords(clock.date)
    else { return nil }
    let numbers = words.numbers
    func date(_ year: Int, _ month: Int, _ day: Int = 1) -> CalendarDate? {
      CalendarDate(year: year, month: month, day: day, secondOfDay: clock.second ?? 0)
    }
    func fullYear(_ index: Int) -> Int {
      let year = numbers[index]
      return words.widths[index] > 2 ? year : year + (year < 69 ? 2000 : 1900)
    }
    let made: CalendarDate?
    var (precision, monthFirst, yearFirst) = (
      DatePrecision.day, CalendarDate?.none, CalendarDate?.none
    )
    switch words.signature {
    case "Y-n-n", "Y/n/n", "Y.n.n", "YMn": made = date(numbers[0], numbers[1], numbers[2])
    case "n-n-Y", "n/n/Y", "n.n.Y", "n-n-n", "n/n/n", "n.n.n":
      made = date(fullYear(2), numbers[1], numbers[0])
      monthFirst = date(fullYear(2), numbers[0], numbers[1])
      if words.widths == [2, 2, 2] { yearFirst = date(fullYear(0), numbers[1], numbers[2]) }
    case "nMY", "nMn": made = date(fullYear(2), numbers[1], numbers[0])
    case "MnY": made = date(fullYear(2), numbers[0], numbers[1])
    case "Y-n", "Y/n", "YM", "Ymn": (made, precision) = (date(numbers[0], numbers[1]), .month)
    case "n-Y", "n/Y", "MY": (made, precision) = (date(numbers[1], numbers[0]), .month)
    case "Mn":
      // "Mar 1" is a day, "Mar-01" a month.
      guard words.hasHyphen, words.widths[1] == 2 else { return nil }
      (made, precision) = (date(fullYear(1), numbers[0]), .month)
    case "Yqn": (made, precision) = (date(numbers[0], numbers[1] * 3 - 2), .quarter)
    case "qnY", "nqY": (made, precision) = (date(numbers[1], numbers[0] * 3 - 2), .quarter)
    case "Y", "x":
      (made, precision) = Self.digits(numbers[0], width: words.widths[0], second: clock.second)
    default: return nil
    }
    guard (made ?? monthFirst ?? yearFirst) != nil, precision == .day || clock.second == nil else {
      return nil
    }
    hasOrders = words.signature.first == "n" && words.signature.count == 5
    hasPoints = hasOrders && words.signature.contains(".")
    isPlainNumber = words.signature.count == 1 && clock.second == nil
    self.precision = precision
    dayFirst = made
    self.monthFirst = hasOrders ? monthFirst : made
    self.yearFirst = hasOrders ? yearFirst : made
  }

  /// A date of digits alone: a year, a month, a day, or time since 1970.
  private static func digits(
    _ number: Int, width: Int, second: Int?
  ) -> (CalendarDate?, DatePrecision) {
    // Numbers that would be years of a distant past or future are numbers.
    func date(_ year: Int, _ month: Int = 1, _ day: Int = 1) -> CalendarDate? {
      guard (1500...2500).contains(year) else { return nil }
      return CalendarDate(year: year, month: month, day: day, secondOfDay: second ?? 0)
    }
    switch (width, second) {
    case (4, _): return (date(number), .year)
    case (6, _): return (date(number / 100, number % 100), .month)
    case (8, _): return (date(number / 10_000, number / 100 % 100, number % 100), .day)
    case (10, nil), (13, nil):
      let seconds = width == 10 ? number : number / 1000
      return (CalendarDate(dayNumber: seconds / 86_400, secondOfDay: seconds % 86_400), .day)
    default: return (nil, .day)
    }
  }
}

/// The words and numbers of a date.
private struct DateWords {
  /// A letter for each part and what matters between: Y for four digits, n for one or two, x for
  /// others, M for the name of a month, q and m for these letters; "-", "/" and "." between numbers.
  var signature = ""
  /// The numbers, and of months by name their number.
  var numbers: [Int] = []
  /// How many digits each number has; 0 for names.
  var widths: [Int] = []
  /// Whether there is a hyphen.
  var hasHyphen = false

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
  private static let weekdays: Set<String> = [
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday",
  ]

  init?(_ text: Substring.UTF8View) {
    var rest = text
    // What stands between two parts, once a part has been there.
    var mark = ""
    while let first = rest.first {
      if first.isDecimalDigit {
        let digits = rest.prefix(while: \.isDecimalDigit)
        rest = rest[digits.endIndex...]
        guard let number = Int(String(Substring(digits))) else { return nil }
        let width = digits.count
        if !signature.isEmpty, !signature.contains(where: { "Mqm".contains($0) }) {
          // Two numbers need a mark of one kind between them.
          guard ["-", "/", "."].contains(mark) else { return nil }
          signature += mark
        }
        signature += width == 4 ? "Y" : width <= 2 ? "n" : "x"
        numbers.append(number)
        widths.append(width)
      } else if first.isASCIILetter {
        let letters = rest.prefix(while: \.isASCIILetter)
        rest = rest[letters.endIndex...]
        let word = String(Substring(letters)).lowercased()
        if let month = Self.month(word) {
          signature += "M"
          numbers.append(month)
          widths.append(0)
        } else if word == "q" || word == "m" {
          signature += word
        } else if !(signature.isEmpty && Self.weekdays.contains(word)) {
          return nil
        }
      } else {
        let marks = rest.prefix { !$0.isDecimalDigit && !$0.isASCIILetter }
        rest = rest[marks.endIndex...]
        mark = String(Substring(marks))
        guard marks.count <= 2, marks.allSatisfy({ " -/.,".utf8.contains($0) }),
          !rest.isEmpty || mark == ".", !signature.isEmpty || mark == ", " || mark == " "
        else { return nil }
        if mark == "-" { hasHyphen = true }
        continue
      }
      mark = ""
    }
    guard !signature.isEmpty else { return nil }
  }

  /// The number of a month by its name, or by three letters and more of it.
  private static func month(_ word: String) -> Int? {
    guard word.count >= 3 else { return nil }
    return months.firstIndex { $0.hasPrefix(word) }.map { $0 + 1 }
  }
}
