import TencaNumerics
import Testing

@testable import TencaFormats

@Suite struct DateStyleTests {
  private func read(_ text: String, order: DateOrder? = nil) -> CalendarDate? {
    DateStyle.detect(in: [text], order: order, acceptsPlainNumbers: true)?.date(text)
  }

  @Test(arguments: [
    ("2018-03-01", "2018-03-01"), ("2018/03/01", "2018-03-01"), ("2018.03.01", "2018-03-01"),
    ("2018-3-1", "2018-03-01"), ("20180301", "2018-03-01"), ("1 Mar 2018", "2018-03-01"),
    ("01 March 2018", "2018-03-01"), ("Mar 1, 2018", "2018-03-01"), ("March 1 2018", "2018-03-01"),
    ("01-Mar-18", "2018-03-01"), ("1-Mar-2018", "2018-03-01"), ("2018-Mar-01", "2018-03-01"),
    ("01-MAR-68", "2068-03-01"), ("01-Mar-69", "1969-03-01"), ("Sept 5, 2001", "2001-09-05"),
    ("Thu, 1 Mar 2018", "2018-03-01"), ("Thursday, March 1, 2018", "2018-03-01"),
    ("May 3, 2018", "2018-05-03"), ("31/01/2018", "2018-01-31"), ("01/31/2018", "2018-01-31"),
    ("31.1.18", "2018-01-31"), ("1999Q2", "1999-04-01"), ("1999-Q4", "1999-10-01"),
    ("1999 Q1", "1999-01-01"), ("Q3 1999", "1999-07-01"), ("2Q1999", "1999-04-01"),
    ("1999-04", "1999-04-01"), ("1999/04", "1999-04-01"), ("199904", "1999-04-01"),
    ("1999M04", "1999-04-01"), ("04/1999", "1999-04-01"), ("Apr 1999", "1999-04-01"),
    ("1999-Apr", "1999-04-01"), ("Apr-99", "1999-04-01"), ("1999", "1999-01-01"),
    ("1519862400", "2018-03-01"), ("1519896600000", "2018-03-01T09:30:00"),
    ("2018-03-01T09:30:00", "2018-03-01T09:30:00"), ("2018-03-01 09:30", "2018-03-01T09:30:00"),
    ("2018-03-01T09:30:00.250Z", "2018-03-01T09:30:00"),
    ("2018-03-01 00:00:00-05:00", "2018-03-01"), ("2018-03-01 16:00:00 UTC", "2018-03-01T16:00:00"),
    ("3/13/2018 4:05 PM", "2018-03-13T16:05:00"), ("3/13/2018 12:00:00 AM", "2018-03-13"),
    ("20180301T093000", "2018-03-01T09:30:00"), ("20180301 0930", "2018-03-01T09:30:00"),
    ("20180301093000", "2018-03-01T09:30:00"), ("Mar 1, 2018 9:30 am", "2018-03-01T09:30:00"),
  ])
  func readsDates(text: String, date: String) { #expect(read(text)?.description == date) }

  @Test(arguments: [
    "", "NA", "2018-13-01", "2018-02-30", "32/01/2018", "13/13/2018", "1.5", "2018.03", "1,234",
    "-5", "12345", "1e5", "2018-03-01 25:00", "2018-03-01 9:3", "Foo 1, 2018", "99999999", "1999Q5",
    "1999M13", "12 34 5678", "1.2.3.4", "2018--03--01", "March", "Q2", "Monday", "2018-03-01x",
    "1999 09:30", "0230",
  ])
  func refusesOtherTexts(text: String) { #expect(read(text) == nil, "\(text)") }

  @Test func takesNumbersForDatesOnlyWhenTold() {
    for text in ["20180301", "199904", "1999", "1519862400"] {
      #expect(DateStyle.detect(in: [text]) == nil)
    }
    #expect(DateStyle.detect(in: ["20180301 09:30"]) != nil)
  }

  @Test(arguments: [
    (["03/01/2018", "13/01/2018"], DateOrder.dayFirst, false),
    (["03/01/2018", "01/13/2018"], .monthFirst, false),
    // Rows ascend under one order only.
    (["03/01/2018", "04/01/2018", "01/02/2018"], .dayFirst, true),
    (["12/11/2018", "12/10/2018", "11/12/2018"], .monthFirst, true),
    // Rows ascend under both: points are for days first.
    (["01/02/2018", "02/03/2018"], .monthFirst, true),
    (["01.02.2018", "02.03.2018"], .dayFirst, true),
    // Years of two digits that come first.
    (["18/03/01", "18/03/02", "18/03/15"], .yearFirst, false),
    (["99/12/30", "99/12/31"], .yearFirst, false),
    (["18/03/01", "19/03/01", "20/03/01"], .dayFirst, false), (["18/03/01"], .dayFirst, true),
    (["03/01/01", "03/02/01", "03/03/01"], .monthFirst, true),
  ])
  func tellsDaysFromMonths(cells: [String], order: DateOrder, isAmbiguous: Bool) throws {
    let style = try #require(DateStyle.detect(in: cells))
    #expect((style.order, style.isAmbiguous) == (order, isAmbiguous))
  }

  @Test func takesTheOrderThatIsGiven() throws {
    let dates: [(DateOrder, String?)] = [
      (.dayFirst, "2018-01-03"), (.monthFirst, "2018-03-01"), (.yearFirst, nil),
    ]
    for (order, date) in dates {
      #expect(read("03/01/2018", order: order)?.description == date)
    }
    #expect(read("03/01/18", order: .yearFirst)?.description == "2003-01-18")
    #expect(try #require(DateStyle.detect(in: ["2018-03-01"])).order == nil)
  }

  @Test func goesWithMostCells() throws {
    let style = try #require(
      DateStyle.detect(in: ["2018-03-01", "NA", "2018-03", "2018-03-05", "soon"]))
    #expect(style.precision == .day)
    #expect(style.date("2018-03") == nil)
    #expect(DateStyle.detect(in: ["2018-03-01", "a", "b"]) == nil)
    #expect(DateStyle.detect(in: ["NA", ""]) == nil)
  }
}
