#if canImport(Glibc)
  internal import Glibc
#endif

/// A stretch of frames of one class.
struct TrackedSegment: Sendable, Equatable {
  let label: Int
  let start: Int
  let end: Int
  /// The mean over its frames of what was said of its class.
  let confidence: Double
}

/// Follows the best way through classes with a minimum duration, in memory that does not grow: the Viterbi
/// recursion of a chain in which each class is that many states long, of which only first and last matter.
///
/// What all ways that are still possible have in common is handed out as it becomes certain.
struct SegmentTracker: Sendable {
  private let classes: Int
  private let minimum: Int
  private let stay: Double
  private let change: Double

  /// Ways that have lasted the minimum, one a class.
  private var ways: [Way]
  /// Of each class the last `minimum` ways of entering it.
  private var entries: [[Way]]
  /// Of each class the sum of its scores, and of its probabilities, over all frames.
  private var sums: [Double]
  private var shares: [Double]
  private var segments: [Node] = []
  private var frameCount = 0
  /// How often possible ways are compared.
  private static let interval = 512

  /// Up to here, and in a class since some frame.
  private struct Way: Sendable {
    /// ln p; of an entry, less the sum of the class's scores at that frame.
    var score = -Double.infinity
    var start = 0
    /// The class's sum of probabilities when it began.
    var share = 0.0
    /// The segment before, an index into `segments`, or -1.
    var before = -1
  }

  private struct Node: Sendable {
    let segment: TrackedSegment
    var before: Int
  }

  /// - Parameters:
  ///   - minimum: The least frames of a segment, at least 1.
  ///   - changeProbability: Of another class in the next frame, between 0 and 1.
  init(classes: Int, minimum: Int, changeProbability: Double) {
    self.classes = classes
    self.minimum = minimum
    stay = log(1 - changeProbability)
    change = log(changeProbability / Double(max(classes - 1, 1)))
    ways = [Way](repeating: Way(), count: classes)
    entries = [[Way]](
      repeating: [Way](repeating: Way(), count: minimum), count: classes)
    sums = [Double](repeating: 0, count: classes)
    shares = sums
  }

  /// Takes in a frame.
  ///
  /// - Parameters:
  ///   - scores: ln p(frame | class), weighed.
  ///   - probabilities: p(class | frame).
  /// - Returns: Segments that have become certain.
  mutating func advance(_ scores: [Double], _ probabilities: [Double]) -> [TrackedSegment] {
    enter()
    let slot = (frameCount + 1) % minimum
    for label in 0..<classes {
      sums[label] += scores[label]
      shares[label] += probabilities[label]
      ways[label].score += stay + scores[label]
      var ripe = entries[label][slot]
      ripe.score += sums[label] + Double(minimum - 1) * stay
      if ripe.score > ways[label].score { ways[label] = ripe }
    }
    frameCount += 1
    return frameCount % Self.interval == 0 ? settle() : []
  }

  /// Begins every class from the best other one.
  private mutating func enter() {
    let slot = frameCount % minimum
    let order = ways.indices.filter { ways[$0].score > -.infinity }
      .sorted { ways[$0].score > ways[$1].score }.prefix(2)
    var left: [Int: Int] = [:]
    for label in 0..<classes {
      if frameCount == 0 {
        entries[label][slot] = Way(score: -log(Double(classes)), start: 0)
      } else if let source = order.first(where: { $0 != label }) {
        if left[source] == nil { left[source] = leave(source) }
        entries[label][slot] = Way(
          score: ways[source].score + change - sums[label], start: frameCount,
          share: shares[label], before: left[source]!)
      } else {
        entries[label][slot] = Way()
      }
    }
  }

  private mutating func leave(_ label: Int) -> Int {
    segments.append(Node(segment: segment(label), before: ways[label].before))
    return segments.count - 1
  }

  private func segment(_ label: Int) -> TrackedSegment {
    let way = ways[label]
    return TrackedSegment(
      label: label, start: way.start, end: frameCount,
      confidence: (shares[label] - way.share) / Double(max(frameCount - way.start, 1)))
  }

  /// Hands out what all ways have in common, and forgets what none goes through.
  private mutating func settle() -> [TrackedSegment] {
    var uses = [Int](repeating: 0, count: segments.count)
    let heads = Set(
      (ways + entries.flatMap { $0 }).filter { $0.score > -.infinity }.map(\.before))
    for head in heads {
      var index = head
      while index >= 0 {
        uses[index] += 1
        index = segments[index].before
      }
    }
    let certain = segments.indices.filter { uses[$0] == heads.count }
    var places = [Int: Int]()
    var kept: [Node] = []
    for index in segments.indices where uses[index] > 0 && uses[index] < heads.count {
      places[index] = kept.count
      kept.append(segments[index])
    }
    for index in kept.indices { kept[index].before = places[kept[index].before] ?? -1 }
    for label in 0..<classes {
      ways[label].before = places[ways[label].before] ?? -1
      for slot in 0..<minimum {
        entries[label][slot].before = places[entries[label][slot].before] ?? -1
      }
    }
    let result = certain.map { segments[$0].segment }
    segments = kept
    return result
  }

  /// Ends the recording.
  ///
  /// - Returns: The segments not handed out yet. A recording shorter than the minimum is one segment.
  mutating func finish() -> [TrackedSegment] {
    if frameCount == 0 { return [] }
    let best: Int
    if frameCount < minimum {
      best = sums.indices.max { sums[$0] < sums[$1] }!
      ways[best] = Way(score: 0)
    } else {
      best = ways.indices.max { ways[$0].score < ways[$1].score }!
    }
    var (result, index) = ([segment(best)], ways[best].before)
    while index >= 0 {
      result.append(segments[index].segment)
      index = segments[index].before
    }
    return result.reversed()
  }
}
