import TencaNumerics

extension TemporaryFolder {
  /// Writes prices of so many days from 1 January 2020 on, calm and stormy by turns of sixty.
  func writePrices(_ count: Int, to name: String) throws {
    var random = RandomStream(seed: 4)
    var price = 100.0
    var text = "Date,Close,Volume\n"
    var date = CalendarDate(year: 2020, month: 1, day: 1)!
    for day in 0..<count {
      let isStormy = day / 60 % 2 == 1
      price *= 1 + (isStormy ? -0.001 : 0.001) + (isStormy ? 0.03 : 0.008) * random.normal()
      text += "\(date),\(price),\(1000 + 100 * random.uniform())\n"
      date = date.advanced(byDays: 1)
    }
    try write(text, to: name)
  }
}
