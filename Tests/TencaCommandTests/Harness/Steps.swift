import TencaNumerics

extension TemporaryFolder {
  /// Writes a sequence of two states, low and high, that change at rates 0.2 and 0.4 in a unit of time:
  /// columns `t`, 0.5, 1 or 3 apart, `x`, about 0 or 6, and `state`; with `group` three equal parts named
  /// by `id`, each from its own time on. Times may be days from 1 March 2020, in dates.
  func writeUneven(
    _ count: Int, to name: String, group: Bool = false, dates: Bool = false, rows: Int? = nil
  ) throws {
    var random = RandomStream(seed: 12)
    var (time, isHigh) = (dates ? 18_322.0 : 100, false)
    var lines = [(group ? "id," : "") + "t,x,state"]
    for row in 0..<count {
      let x = (isHigh ? 6 : 0) + random.normal()
      let id = group ? ["one", "two", "three"][row * 3 / count] + "," : ""
      let text =
        dates
        ? CalendarDate(
          dayNumber: Int(time), secondOfDay: Int((time - time.rounded(.down)) * 86_400)
        ).description : "\(time)"
      lines.append("\(id)\(text),\(x),\(isHigh ? "high" : "low")")
      let gap = [0.5, 1, 3][random.integer(below: 3)]
      time += gap
      // 2/3 and 1/3 of the time in the long run; what is off that fades at the rates' sum.
      let share = 1.0 / 3 + ((isHigh ? 1 : 0) - 1.0 / 3) * exponential(-0.6 * gap)
      isHigh = random.uniform() < share
    }
    try write(lines.prefix((rows ?? count) + 1).joined(separator: "\n") + "\n", to: name)
  }

  /// Writes a sequence of two states, low and high, whose steps follow `z`, a wave: columns `z`, `w`, which
  /// steers nothing, `x`, about 0 or 6, and `state`.
  func writeSteered(_ count: Int, to name: String, rows: Int? = nil) throws {
    var random = RandomStream(seed: 21)
    var isHigh = false
    var lines = ["z,w,x,state"]
    for row in 0..<count {
      let (z, w) = (Double(row % 20) / 10 - 1, random.normal())
      lines.append("\(z),\(w),\((isHigh ? 6 : 0) + random.normal()),\(isHigh ? "high" : "low")")
      let odds = exponential(isHigh ? -1.5 - 2 * z : -1.5 + 2 * z)
      if random.uniform() < odds / (1 + odds) { isHigh.toggle() }
    }
    try write(lines.prefix((rows ?? count) + 1).joined(separator: "\n") + "\n", to: name)
  }
}
