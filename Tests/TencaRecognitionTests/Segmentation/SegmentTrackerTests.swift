import TencaNumerics
import Testing

@testable import TencaRecognition

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct SegmentTrackerTests {
  /// All ways of cutting, one by one.
  private func oracle(_ scores: [[Double]], minimum: Int, change: Double) -> Double {
    let classes = scores[0].count
    let (stay, move) = (log(1 - change), log(change / Double(classes - 1)))
    func best(_ frame: Int, _ before: Int?) -> Double {
      if frame == scores.count { return 0 }
      var best = -Double.infinity
      for label in 0..<classes where label != before {
        var sum = before == nil ? -log(Double(classes)) : move
        for end in frame..<scores.count {
          sum += scores[end][label] + (end > frame ? stay : 0)
          if end - frame + 1 >= minimum {
            best = max(best, sum + self.rest(scores, end + 1, label, minimum, change))
          }
        }
      }
      return best
    }
    return best(0, nil)
  }

  private func rest(
    _ scores: [[Double]], _ frame: Int, _ before: Int, _ minimum: Int, _ change: Double
  ) -> Double {
    if frame == scores.count { return 0 }
    let classes = scores[0].count
    let (stay, move) = (log(1 - change), log(change / Double(classes - 1)))
    var best = -Double.infinity
    for label in 0..<classes where label != before {
      var sum = move
      for end in frame..<scores.count {
        sum += scores[end][label] + (end > frame ? stay : 0)
        if end - frame + 1 >= minimum {
          best = max(best, sum + rest(scores, end + 1, label, minimum, change))
        }
      }
    }
    return best
  }

  private func score(_ segments: [TrackedSegment], _ scores: [[Double]], change: Double) -> Double {
    let classes = scores[0].count
    let (stay, move) = (log(1 - change), log(change / Double(classes - 1)))
    return segments.enumerated().reduce(0) { sum, item in
      let (index, segment) = item
      let own = (segment.start..<segment.end).reduce(0.0) { $0 + scores[$1][segment.label] }
      let first = index == 0 ? -log(Double(classes)) : move
      return sum + own + first + Double(segment.end - segment.start - 1) * stay
    }
  }

  private func segments(
    _ scores: [[Double]], minimum: Int, change: Double
  ) -> [TrackedSegment] {
    var tracker = SegmentTracker(
      classes: scores[0].count, minimum: minimum, changeProbability: change)
    var found: [TrackedSegment] = []
    for row in scores { found += tracker.advance(row, row.map { _ in 0.5 }) }
    return found + tracker.finish()
  }

  @Test(arguments: 1...12)
  func cutsAsTheBestOfAllCuts(_ seed: Int) {
    var random = RandomStream(seed: UInt64(seed))
    let scores = (0..<12).map { _ in (0..<3).map { _ in 2 * random.normal() } }
    let minimum = 1 + seed % 4
    let found = segments(scores, minimum: minimum, change: 0.2)
    #expect(found.allSatisfy { $0.end - $0.start >= minimum && $0.confidence == 0.5 })
    #expect(found.first?.start == 0 && found.last?.end == 12)
    #expect(zip(found, found.dropFirst()).allSatisfy { $0.end == $1.start && $0.label != $1.label })
    #expect(
      abs(score(found, scores, change: 0.2) - oracle(scores, minimum: minimum, change: 0.2)) < 1e-9)
  }

  @Test func handsOutEarlyWhatItSaysInTheEnd() {
    var random = RandomStream(seed: 7)
    var scores: [[Double]] = []
    for stretch in 0..<60 {
      for _ in 0..<(40 + stretch % 30) {
        scores.append((0..<4).map { (stretch % 4 == $0 ? 2 : 0) + random.normal() })
      }
    }
    var tracker = SegmentTracker(classes: 4, minimum: 10, changeProbability: 1e-3)
    var early: [TrackedSegment] = []
    for row in scores { early += tracker.advance(row, row.map { _ in 0.25 }) }
    #expect(early.count > 45)
    let all = early + tracker.finish()
    #expect(all.count == 60)
    #expect(all.map(\.label) == (0..<60).map { $0 % 4 })
  }

  @Test func aShortRecordingIsOneSegment() {
    let found = segments([[0, 1], [0, 2]], minimum: 50, change: 1e-3)
    #expect(found.map(\.label) == [1] && found[0].end == 2)
  }
}
