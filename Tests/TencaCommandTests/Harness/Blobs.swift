import TencaFormats
import TencaNumerics

extension TemporaryFolder {
  /// Writes a CSV table of three round clouds of rows, far apart on two columns: row i belongs to
  /// cloud i mod 3, and where there is a column of labels, has the label `a`, `b` or `c`.
  func writeBlobs(
    _ count: Int, to name: String, seed: UInt64 = 1, columns: [String] = ["x", "y"],
    label: String? = nil
  ) throws {
    var random = RandomStream(seed: seed)
    var lines = [(columns + (label.map { [$0] } ?? [])).joined(separator: ",")]
    for row in 0..<count {
      let (x, y) = [(0.0, 0.0), (12, 0), (0, 12)][row % 3]
      let cells = ["\(x + random.normal())", "\(y + random.normal())"]
      let own = label == nil ? [] : [["a", "b", "c"][row % 3]]
      lines.append((cells + own).joined(separator: ","))
    }
    try write(lines.joined(separator: "\n") + "\n", to: name)
  }

  /// Writes a table of documents about animals and about tools in turn, in words of their own and
  /// words in common.
  func writeDocuments(to name: String) throws {
    let animals = ["badger", "otter", "heron", "weasel", "beaver"]
    let tools = ["hammer", "chisel", "pliers", "wrench", "spanner"]
    var lines = ["class,text"]
    for index in 0..<40 {
      let isAnimal = index % 2 == 0
      let own = (0..<4).map { (isAnimal ? animals : tools)[(index / 2 + $0) % 5] }
      lines.append(
        "\(isAnimal ? "animal" : "tool"),\"Seen today, \(own.joined(separator: " "))\"")
    }
    try write(lines.joined(separator: "\n") + "\n", to: name)
  }

  /// Writes a picture of 30 × 20 pixels whose left two thirds are red and whose right third is blue.
  func writePhoto(to name: String) throws {
    var samples: [UInt8] = []
    for _ in 0..<20 {
      for column in 0..<30 { samples += column < 20 ? [200, 30, 30] : [20, 40, 180] }
    }
    try Picture(width: 30, height: 20, layout: .rgb, samples: samples)
      .writePNG(to: "\(path)/\(name)")
  }
}
