import Glibc
import TencaNumerics
import Testing

@testable import TencaRegimes

@Suite struct ReturnsTests {
  private func series(_ prices: [Double], dates: [CalendarDate]? = nil) throws -> DatedSeries {
    try DatedSeries(
      name: "p.csv", dates: dates, columns: ["Close"],
      values: NDArray(prices, shape: [prices.count, 1]))
  }

  @Test(arguments: [
    (Returns.log, [log(1.1), log(0.5)]), (.simple, [0.1, -0.5]), (.difference, [10, -55]),
  ])
  func takesReturns(kind: Returns, expected: [Double]) throws {
    let returns = try series([100, 110, 55]).returns(kind)
    #expect(zip(returns.values.elements, expected).allSatisfy { abs($0 - $1) < 1e-15 })
    #expect(returns.count == 2)
    #expect(returns.levels.elements == [110, 55])
    #expect(returns.lastLevel() == 55)
    #expect(returns.rowNumbers == [2, 3])
    #expect(returns.returns == kind)
  }

  @Test func noneKeepsEverything() throws {
    let rates = try series([0, -1.5, 2])
    #expect(try rates.returns(.none) == rates)
  }

  /// The return of a tenth of a percent of a basis point keeps its digits.
  @Test func keepsSmallLogReturns() {
    let value = Returns.log.value(from: 1, to: 1 + 0x1p-40)
    #expect(abs(value - (0x1p-40 - 0x1p-81)) < 1e-28)
  }

  @Test(arguments: Returns.allCases, [0.37, 100, 2506.85])
  func goesBackToPrices(kind: Returns, first: Double) {
    let prices = [first * 1.02, first * 0.7, first * 0.7001, first * 3]
    var before = first
    let returns = prices.map { price in
      defer { before = price }
      return kind.value(from: before, to: price)
    }
    let back = kind.prices(after: first, returns: returns)
    #expect(zip(back, prices).allSatisfy { abs($0 - $1) < 1e-13 * $1 })
  }

  /// A gap: the return goes from the last known price, and the missing row has none.
  @Test func spansMissingPrices() throws {
    let returns = try series([100, .nan, .nan, 121, 242]).returns(.simple)
    #expect(returns.values.elements[..<2].allSatisfy { $0.isNaN })
    #expect(abs(returns.values[2, 0] - 0.21) < 1e-15)
    #expect(returns.values[3, 0] == 1)
    let note = try #require(returns.report.notes.last)
    #expect((note.kind, note.count, note.place) == ("spanningReturns", 1, "row 4"))
  }

  @Test func carriesOtherColumnsAlong() throws {
    let series = try DatedSeries(
      name: "p", dates: nil, columns: ["a", "b"],
      values: NDArray(rows: [[1, 10], [2, .nan], [4, 30]]), exogenousColumns: ["x"],
      exogenous: NDArray(rows: [[-1], [0], [-3]]))
    let returns = try series.returns(.simple)
    #expect(returns.values.column(0).elements == [1, 1])
    #expect(returns.values[0, 1].isNaN)
    #expect(returns.values[1, 1] == 2)
    #expect(returns.exogenous.elements == [0, -3])
    #expect(returns.lastLevel(column: 1) == 30)
  }

  @Test(arguments: [Returns.log, .simple], [0, -0.5])
  func refusesPricesThatAreNotPositive(kind: Returns, price: Double) throws {
    let numbered = try #require(throws: RegimesError.self) {
      try series([1, 2, price, 3]).returns(kind)
    }
    #expect(
      numbered.description
        == "p.csv, row 3: 'Close' is \(price), and \(kind.rawValue) returns need prices above zero. "
        + "Correct it, or use returns difference or none.")
    let dates = (0..<4).map { CalendarDate(dayNumber: 17_591 + $0) }
    let dated = try #require(throws: RegimesError.self) {
      try series([1, 2, price, 3], dates: dates).returns(kind)
    }
    #expect(dated.description.hasPrefix("p.csv, 2018-03-03 (row 3): 'Close' is"))
    #expect(try series([1, 2, price, 3]).returns(.difference).values[1, 0] == price - 2)
  }

  @Test func refusesReturnsOfReturnsAndSinglePrices() throws {
    let returns = try series([1, 2, 3]).returns(.log)
    let twice = try #require(throws: RegimesError.self) { try returns.returns(.log) }
    #expect(twice.description.contains("log returns already"))
    let single = try #require(throws: RegimesError.self) { try series([.nan, 2]).returns(.log) }
    #expect(single.description.contains("has 1 price, and a return needs two"))
  }
}
