internal import TencaNumerics

extension DatedSeries {
  /// The returns of each column of prices; the first row, which has none, is left out.
  ///
  /// A return is that from the last price known to the price of its row: where prices are missing
  /// between, it spans them, and rows whose own price is missing have no return. Exogenous columns
  /// stay as they are, each row with the return that ends at its date.
  ///
  /// - Parameter returns: What to take; ``Returns/none`` changes nothing.
  /// - Throws: ``RegimesError/unfitSeries(place:problem:remedy:)`` for a price that is not above zero
  ///   where logarithms or quotients are taken, for fewer than two prices in a column, and for values
  ///   that are returns already.
  /// - Complexity: O(rows · columns).
  public func returns(_ returns: Returns) throws -> DatedSeries {
    guard returns.looksBack else { return self }
    guard self.returns == .none else {
      throw RegimesError.unfitSeries(
        place: name, problem: "its values are \(self.returns.rawValue) returns already",
        remedy: "Take returns of prices")
    }
    var result = NDArray<Double>(repeating: .nan, shape: values.shape)
    var spans: [Int] = []
    for (column, columnName) in columns.enumerated() {
      let prices = values.column(column).elements
      var (before, known) = (-1, 0)
      for (row, price) in prices.enumerated() where !price.isNaN {
        guard price > 0 || !returns.needsPositivePrices else {
          throw RegimesError.unfitSeries(
            place: "\(name), \(label(row))\(dates == nil ? "" : " (row \(rowNumbers[row]))")",
            problem:
              "'\(columnName)' is \(price), and \(returns.rawValue) returns need prices above "
              + "zero",
            remedy: "Correct it, or use returns difference or none")
        }
        if before >= 0 {
          result[row, column] = returns.value(from: prices[before], to: price)
          if row - before > 1 { spans.append(row) }
        }
        before = row
        known += 1
      }
      guard known >= 2 else {
        throw RegimesError.unfitSeries(
          place: name, problem: "column '\(columnName)' has \(known) price, and a return needs two",
          remedy: "Give more rows")
      }
    }
    var notes: [SeriesNote] = []
    if let first = spans.min() {
      notes.append(
        SeriesNote(
          kind: "spanningReturns", count: spans.count, place: label(first),
          "returns that span missing prices: \(spans.count), the first that of \(label(first))"))
    }
    let kept = Array(1..<count)
    return DatedSeries(
      like: self, dates: dates.map { Array($0.dropFirst()) },
      rowNumbers: Array(rowNumbers.dropFirst()), values: Self.rows(kept, of: result),
      exogenous: Self.rows(kept, of: exogenous), returns: returns,
      levels: Self.rows(kept, of: values), notes: notes)
  }
}
