/// How often a classifier takes samples for the class that was asked of the generator.
///
/// - Parameters:
///   - asked: The class asked for, of each sample.
///   - recognized: The class it was taken for.
/// - Throws: ``GenerativeError/invalidOption(name:value:limit:)`` where the counts differ.
public func labelAgreement(asked: [Int], recognized: [Int]) throws -> Proportion {
  try GenerativeError.require(
    asked.count == recognized.count, "recognized", "\(recognized.count) labels",
    "a label for each of \(asked.count) samples")
  return Proportion(
    correct: zip(asked, recognized).count { $0 == $1 }, total: asked.count)
}

/// The total variation distance between the shares of classes in two sets: the least share of one that
/// would have to change its class to be like the other. A generator that leaves classes out shows here,
/// however good its samples are.
///
/// - Parameters:
///   - labels: The classes of one set, 0 to `classCount` − 1.
///   - reference: The classes of the other set.
///   - classCount: The number of classes.
/// - Returns: ½ Σ |p − q|, 0 for equal shares, 1 where no class is in both.
/// - Throws: ``GenerativeError``: `tooFewSamples` for an empty set, `invalidOption` for a label that is
///   no class.
public func classHistogramDistance(
  _ labels: [Int], _ reference: [Int], classCount: Int
) throws -> Double {
  let first = try classCounts(labels, SetName.generated, classCount)
  let second = try classCounts(reference, SetName.real, classCount)
  // Whole numbers up to the end, so that equal shares are exactly 0 apart.
  let apart = zip(first, second).reduce(0) {
    $0 + abs($1.0 * reference.count - $1.1 * labels.count)
  }
  return Double(apart) / (2 * Double(labels.count) * Double(reference.count))
}

/// How many labels each class has.
///
/// - Throws: As ``classHistogramDistance(_:_:classCount:)``.
func classCounts(_ labels: [Int], _ set: String, _ classCount: Int) throws -> [Int] {
  guard !labels.isEmpty else {
    throw GenerativeError.tooFewSamples(set: set, count: 0, least: 1)
  }
  var counts = [Int](repeating: 0, count: max(classCount, 0))
  for label in labels {
    try GenerativeError.require(
      counts.indices.contains(label), "label of \(set)", label,
      "one of \(classCount) classes, from 0")
    counts[label] += 1
  }
  return counts
}
