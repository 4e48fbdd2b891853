import TencaNumerics

extension TemporaryFolder {
  /// Writes a CSV table of a series around 0 (state `low`) or 6 (`high`), which changes over every 25
  /// rows, with times half a second apart.
  ///
  /// - Parameter group: Whether a column `id` cuts it into three sequences.
  func writeStates(_ count: Int, to name: String, seed: UInt64 = 1, group: Bool = false) throws {
    var random = RandomStream(seed: seed)
    var lines = [(group ? "id," : "") + "t,x,state"]
    for row in 0..<count {
      let isHigh = row / 25 % 2 == 1
      let x = (isHigh ? 6 : 0) + random.normal()
      let id = group ? ["one", "two", "three"][min(row * 3 / count, 2)] + "," : ""
      lines.append("\(id)\(Double(row) / 2),\(x),\(isHigh ? "high" : "low")")
    }
    try write(lines.joined(separator: "\n") + "\n", to: name)
  }

  /// Writes the parameters `weather.json` and the words `days.csv` of the page on the Viterbi algorithm
  /// in Wikipedia, its healthy and feverish days sunny and rainy.
  func writeWeather() throws {
    try write(
      """
      {"states": ["rainy", "sunny"], "initial": [0.6, 0.4], "transition": [[0.7, 0.3], [0.4, 0.6]],
       "emission": {"kind": "categorical", "symbols": ["walk", "shop", "clean"],
                    "probabilities": [[0.1, 0.4, 0.5], [0.6, 0.3, 0.1]]}}
      """, to: "weather.json")
    try write("activity\nwalk\nshop\nclean\n", to: "days.csv")
  }

  /// Writes `quakes.csv`, counts by year; `speed.csv`, times of three series and what steers them;
  /// `elk.csv`, steps and turning angles; and `cav.csv`, visits of patients.
  func writeSeries() throws {
    var random = RandomStream(seed: 5)
    var (quakes, speed, elk) = ("year,count\n", "series,rt,Pacc\n", "step,angle\n")
    for row in 0..<120 {
      let isHigh = row / 20 % 2 == 1
      quakes += "\(1900 + row),\(random.integer(below: 10) + (isHigh ? 20 : 5))\n"
      speed +=
        "\(row / 40),\((isHigh ? 6.4 : 5.6) + 0.2 * random.normal()),"
        + "\(Double((row + 1) / 20 % 2) + 0.3 * random.normal())\n"
      elk += "\((isHigh ? 5 : 1) * random.uniform(in: 0.5..<1.5)),\(random.uniform(in: -3..<3))\n"
    }
    var visits = "PTNUM,years,state\n"
    for row in 0..<90 {
      let visit = row % 6
      visits += "\(row / 6),\(visit + visit / 3),\(min(visit / 2 + random.integer(below: 2), 3))\n"
    }
    try write(visits, to: "cav.csv")
    try write(quakes, to: "quakes.csv")
    try write(speed, to: "speed.csv")
    try write(elk, to: "elk.csv")
  }
}
