public import TencaNumerics

extension ExampleSet {
  /// The examples at `indices`, in that order.
  ///
  /// - Complexity: O(indices); no example is copied.
  public func selecting(_ indices: some Collection<Int>) -> ExampleSet {
    let indices = Array(indices)
    precondition(
      indices.allSatisfy { $0 >= 0 && $0 < count }, "examples beyond the \(count) there are")
    return ExampleSet(
      storage.selecting(indices), shape: shape,
      labels: labels.map { all in indices.map { all[$0] } },
      classNames: classNames, source: source, failures: failures)
  }

  /// The first `limit` examples, or all where there are fewer.
  public func prefix(_ limit: Int) -> ExampleSet {
    limit >= count ? self : selecting(0..<max(limit, 0))
  }

  /// How many examples each class has, in the order of ``classNames``; empty without labels.
  public var classCounts: [Int] {
    var counts = [Int](repeating: 0, count: classNames.count)
    for label in labels ?? [] { counts[label] += 1 }
    return counts
  }

  /// The examples of a class, by their place in the set.
  public func indices(ofClass label: Int) -> [Int] {
    (labels ?? []).indices.filter { labels?[$0] == label }
  }

  /// The examples of the classes called `names`, which become the classes of the result, in that
  /// order.
  ///
  /// - Throws: ``GenerativeError/invalidOption(name:value:limit:)`` for a class that the set does not
  ///   have, or no name at all.
  public func keeping(classes names: [String]) throws -> ExampleSet {
    try GenerativeError.require(!names.isEmpty, "classes", "empty", "at least one class")
    var newLabel = [Int?](repeating: nil, count: classNames.count)
    for (new, name) in names.enumerated() {
      guard let old = classNames.firstIndex(of: name) else {
        throw GenerativeError.invalidOption(
          name: "classes", value: name,
          limit: classNames.isEmpty
            ? "left out, for the examples have no classes"
            : "one of \(classNames.joined(separator: ", "))")
      }
      newLabel[old] = new
    }
    let kept = (labels ?? []).indices.filter { newLabel[labels![$0]] != nil }
    return ExampleSet(
      storage.selecting(kept), shape: shape, labels: kept.map { newLabel[labels![$0]]! },
      classNames: names, source: source, failures: failures)
  }

  /// Parts the set in two at random, each class by itself where there are labels, so that both parts
  /// have the classes in the same proportion.
  ///
  /// - Parameters:
  ///   - fraction: How much of each class is held out, above 0 and below 1; rounded to whole
  ///     examples, and of two or more at least one stays on either side.
  ///   - stream: Where the draws come from.
  /// - Returns: What is kept and what is held out, both in the order of the set.
  /// - Throws: ``GenerativeError/invalidOption(name:value:limit:)``,
  ///   ``GenerativeError/tooFewExamples(path:count:least:)``.
  /// - Complexity: O(count log count).
  public func holdingOut(
    _ fraction: Double, using stream: inout RandomStream
  ) throws -> (kept: ExampleSet, heldOut: ExampleSet) {
    try GenerativeError.require(
      fraction > 0 && fraction < 1, "fraction", fraction, "above 0 and below 1")
    guard count >= 2 else {
      throw GenerativeError.tooFewExamples(path: source, count: count, least: 2)
    }
    let groups = labels == nil ? [Array(0..<count)] : classNames.indices.map(indices(ofClass:))
    var isHeldOut = [Bool](repeating: false, count: count)
    for group in groups where group.count >= 2 {
      let wanted = Int((fraction * Double(group.count)).rounded())
      let held = min(max(wanted, 1), group.count - 1)
      for index in group.shuffled(using: &stream).prefix(held) { isHeldOut[index] = true }
    }
    return (
      selecting(isHeldOut.indices.filter { !isHeldOut[$0] }),
      selecting(isHeldOut.indices.filter { isHeldOut[$0] })
    )
  }
}
