import Testing

@testable import TencaFormats

@Suite struct NumberStyleTests {
  @Test(arguments: [
    ("1234.5", 1234.5), ("1,234.5", 1234.5), ("1 234.5", 1234.5), ("1'234.5", 1234.5),
    ("1’234’567", 1_234_567), ("12,34,567.89", 1_234_567.89), ("1,234", 1234), ("-1.5", -1.5),
    ("−1.5", -1.5), ("+3", 3), ("(2.5)", -2.5), ("$1,234.50", 1234.5), ("-$5", -5), ("$-5", -5),
    ("5 €", 5), ("USD 7", 7), ("7 CHF", 7), ("1.5%", 1.5), ("1.5 %", 1.5), (".5", 0.5), ("5.", 5),
    ("1e3", 1000), ("1.5E-3", 0.0015), (" 2\u{A0}", 2), ("1\u{202F}234.5", 1234.5), ("007", 7),
    ("0.1", 0.1), ("123456789012", 123_456_789_012),
  ])
  func readsNumbersWithPoints(text: String, value: Double) {
    #expect(NumberStyle.point.number(text) == value)
  }

  @Test(arguments: [
    ("1234,5", 1234.5), ("1.234,5", 1234.5), ("1 234,5", 1234.5), ("1.234.567", 1_234_567),
    ("-0,25 %", -0.25), ("€ 1.234,50", 1234.5), ("12", 12), (",5", 0.5), ("1,5e3", 1500),
  ])
  func readsNumbersWithCommas(text: String, value: Double) {
    #expect(NumberStyle.comma.number(text) == value)
  }

  @Test(arguments: [
    "", "abc", "1.2.3", "1,23", "1,2345", "0,123", "1,234,56", "1234,567", "--1", "1-2", "1e", "e5",
    "1.2M", "inf", "nan", "0x10", "1e999", "12:30", "1 2", "1,234 567", "%", "$", "5%%", "١",
  ])
  func refusesOtherTexts(text: String) { #expect(NumberStyle.point.number(text) == nil) }

  @Test(arguments: [
    (["1.5", "2"], NumberStyle.point, false), (["1,5", "2"], .comma, false),
    (["1,234.5", "1,234"], .point, false), (["1.234,5", "1.234"], .comma, false),
    (["1,234", "5,678"], .point, true), (["1,234", "5,67"], .comma, false),
    (["1.234", "2.345"], .point, true), (["1", "2"], .point, false), ([], .point, false),
    (["NA", "0,5"], .comma, false), (["0,123", "0,456"], .comma, false),
  ])
  func tellsTheStyleOfAColumn(cells: [String], style: NumberStyle, isAmbiguous: Bool) {
    let detected = NumberStyle.detect(in: cells)
    #expect((detected.style, detected.isAmbiguous) == (style, isAmbiguous))
  }

  @Test func followsOtherColumnsWhereInDoubt() {
    #expect(NumberStyle.detect(in: ["1,234"], likely: .comma).style == .comma)
    #expect(NumberStyle.detect(in: ["1,234.5"], likely: .comma).style == .point)
  }

  @Test(arguments: [
    "", " ", "NA", "n/a", "#N/A", "NaN", "null", "None", ".", "..", "-", "--", "ND",
  ])
  func knowsMissingWords(cell: String) { #expect(MissingWords.contains(cell)) }

  @Test(arguments: ["0", "none of these", "x", "-1", "…"])
  func knowsWhatIsNotMissing(cell: String) { #expect(!MissingWords.contains(cell)) }
}
