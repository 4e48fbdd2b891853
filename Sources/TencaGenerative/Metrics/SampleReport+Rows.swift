internal import TencaFormats

extension SampleReport {
  /// The headings of ``rows``.
  public static let headings = ["measure", "generated", "real", "wanted"]

  /// The report as a table for people: the name of a measure, what the generated and the real samples
  /// get, and what is good. Shares come with their 95% intervals.
  public var rows: [[String]] {
    var rows: [[String]] = []
    func add<Value>(
      _ name: String, _ both: Beside<Value>?, _ wanted: String, _ text: (Value) -> String
    ) {
      guard let both else { return }
      rows.append([name, text(both.generated), text(both.real), wanted])
    }
    func add(_ name: String, _ score: Score?, _ wanted: String) {
      add(name, score, wanted, Self.text)
    }
    func add(_ name: String, _ share: Share?, _ wanted: String) {
      add(name, share, wanted, Self.text)
    }
    add("Fréchet distance", frechetDistance, "low")
    add("kernel distance", kernelDistance, "low")
    add("precision", precision, "high")
    add("recall", recall, "high")
    add("density", density, "high")
    add("coverage", coverage, "high")
    add("told from real", toldApart, "half")
    add("diversity", diversity, "as real")
    add("distance to training", copyDistance, "as real")
    add("exact copies", exactCopies, "none")
    add("label agreement", labelAgreement, "high")
    add("class shares off by", classDistance, "low")
    add("sharpness", sharpness, "as real")
    return rows
  }

  private static func text(_ value: Double) -> String { value.formatted(decimals: 4) }

  private static func text(_ share: Proportion) -> String {
    let interval = share.interval
    return "\(share.value.formatted(decimals: 3)) "
      + "[\(interval.lowerBound.formatted(decimals: 3)), "
      + "\(interval.upperBound.formatted(decimals: 3))]"
  }
}
