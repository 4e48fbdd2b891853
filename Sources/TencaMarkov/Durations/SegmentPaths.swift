internal import TencaNumerics

/// The most probable segmentations of one sequence (Viterbi's algorithm over segments, with lists as in
/// ``MarkovChain/bestPaths(_:count:lengths:execution:)``).
///
/// A state does not follow itself, so segmentations and paths are one to one.
struct SegmentPaths {
  /// The best first; fewer where fewer are possible.
  let paths: [RankedPath]

  /// The best few of all that are offered, of equals those offered first.
  private struct Shortlist {
    private let limit: Int
    /// What a score must exceed.
    private var bar = -Double.infinity
    private(set) var scores: [Double] = []
    /// Where each comes from, and which of the ways there it goes on from.
    private(set) var origins: [(place: Int32, rank: Int32)] = []

    init(_ limit: Int) { self.limit = limit }

    /// - Returns: Whether there was room; if not, no worse one need be offered.
    mutating func offer(_ score: Double, from place: Int, _ rank: Int) -> Bool {
      guard score > bar else { return false }
      if scores.count == limit {
        scores.removeLast()
        origins.removeLast()
      }
      var index = scores.count
      while index > 0 && scores[index - 1] < score { index -= 1 }
      scores.insert(score, at: index)
      origins.insert((Int32(place), Int32(rank)), at: index)
      if scores.count == limit { bar = scores[limit - 1] }
      return true
    }

    mutating func removeAll() {
      bar = -.infinity
      scores.removeAll(keepingCapacity: true)
      origins.removeAll(keepingCapacity: true)
    }
  }

  /// The best ways into frames of one state, `limit` places a frame.
  private struct Ways {
    let limit: Int
    /// -∞ where there are no more.
    private(set) var scores: [Double] = []
    private(set) var origins: [(place: Int32, rank: Int32)] = []

    mutating func append(_ list: Shortlist, less offset: Double) {
      for score in list.scores { scores.append(score - offset) }
      origins += list.origins
      for _ in list.scores.count..<limit {
        scores.append(-.infinity)
        origins.append((0, 0))
      }
    }
  }

  /// - Parameters:
  ///   - scores: ln p(frame | state), frames × states.
  ///   - count: How many, at least 1.
  /// - Complexity: O(frames · states · count · (states + longest duration)) time at most, as lists are
  ///   seldom gone through to the end, and O(frames · states · count) memory.
  init(_ chain: SemiMarkovChain, _ durations: [LogDurations], scores: [Double], count: Int) {
    let states = chain.stateCount
    let frames = scores.count / states
    let logInitial = chain.initial.map(logarithm)
    let logSteps = chain.transition.elements.map(logarithm)
    let own = SegmentScores(scores, states: states)
    // Ways to begin a segment, by the state before, less the sum of scores before; and to end one, by its
    // duration.
    var starts = [Ways](repeating: Ways(limit: count), count: states)
    var ends = starts
    var list = Shortlist(count)
    for frame in 0..<frames {
      for state in 0..<states {
        list.removeAll()
        if frame == 0 {
          _ = list.offer(logInitial[state], from: 0, 0)
        } else {
          for last in 0..<states where logSteps[last * states + state] > -.infinity {
            for rank in 0..<count {
              let score = ends[last].scores[(frame - 1) * count + rank]
              guard list.offer(score + logSteps[last * states + state], from: last, rank) else {
                break
              }
            }
          }
        }
        starts[state].append(list, less: own.sums[state][frame])
      }
      for state in 0..<states {
        list.removeAll()
        let longest = min(
          durations[state].forward.count, frame + 1 - own.possibleFrom[state][frame])
        // The last segment may go on.
        let lasts = frame == frames - 1 ? durations[state].survival : durations[state].forward
        let heads = starts[state].scores
        for rest in 0..<max(longest, 0) {
          for rank in 0..<count {
            let score = heads[(frame - rest) * count + rank] + lasts[rest]
            guard list.offer(score, from: rest + 1, rank) else { break }
          }
        }
        ends[state].append(list, less: -own.sums[state][frame + 1])
      }
    }
    list.removeAll()
    for state in 0..<states {
      for rank in 0..<count {
        let score = ends[state].scores[(frames - 1) * count + rank]
        guard list.offer(score, from: state, rank) else { break }
      }
    }
    let shift = own.shifts.reduce(0, +)
    paths = zip(list.scores, list.origins).map { score, origin in
      var path = [Int](repeating: 0, count: frames)
      var (end, state, rank) = (frames, Int(origin.place), Int(origin.rank))
      while end > 0 {
        let segment = ends[state].origins[(end - 1) * count + rank]
        let start = end - Int(segment.place)
        for frame in start..<end { path[frame] = state }
        let before = starts[state].origins[start * count + Int(segment.rank)]
        (end, state, rank) = (start, Int(before.place), Int(before.rank))
      }
      return RankedPath(states: path, logProbability: score + shift)
    }
  }
}
