internal import TencaNumerics

/// A recording to learn from: what was said, and frames ready to be scored.
struct TrainingUtterance: Sendable {
  let name: String
  let words: [String]
  /// Of ``FrameStandardization/powers(of:)``.
  var powers: NDArray<Float>

  var frameCount: Int { powers.rows }
}

/// Which state of the bank, and which unit's place, every frame of an utterance belongs to.
struct StateAlignment: Sendable {
  /// A stretch of frames in one unit.
  struct Segment: Sendable, Equatable {
    let unit: Int
    /// Of each frame the place in the unit.
    var places: [Int]
    /// The utterance's frame that it begins with.
    let start: Int
  }

  var segments: [Segment]

  /// The state of every frame, given the units' trees.
  func states(_ units: AcousticUnits) -> [Int] {
    segments.indices.flatMap { index in
      let segment = segments[index]
      let left = index > 0 ? segments[index - 1].unit : AcousticUnits.silence
      let right = index + 1 < segments.count ? segments[index + 1].unit : AcousticUnits.silence
      return segment.places.map {
        units.trees[segment.unit][$0].state(left: left, right: right)
      }
    }
  }
}

extension StateAlignment {
  /// Every place gets as many frames as any other: the start of training, where nothing is known yet.
  ///
  /// - Parameter spoken: The units that are said, pauses included.
  init?(spreading frameCount: Int, over spoken: [Int], _ units: AcousticUnits) {
    let places = spoken.map { units.places(of: $0) }
    let total = places.reduce(0, +)
    guard frameCount >= total, total > 0 else { return nil }
    segments = []
    var first = 0
    for (unit, count) in zip(spoken, places) {
      let bounds = (0...count).map { (first + $0) * frameCount / total }
      let frames = (0..<count).flatMap { place in
        [Int](repeating: place, count: bounds[place + 1] - bounds[place])
      }
      segments.append(Segment(unit: unit, places: frames, start: bounds[0]))
      first += count
    }
  }

  /// The states that the best way of a search went through.
  init(_ history: [TokenSearch.Event], graph: SearchGraph) {
    segments = []
    var (previous, startsAnew) = (Int32(-1), true)
    for event in history {
      if event.label >= 0 {
        startsAnew = true
        continue
      }
      let (unit, place) = (Int(graph.units[Int(event.node)]), Int(graph.places[Int(event.node)]))
      // A unit begins where a word does, or where its first place is entered.
      let isNew = startsAnew || event.node != previous && place == 0
      if isNew {
        segments.append(Segment(unit: unit, places: [place], start: Int(event.frame) - 1))
      } else {
        segments[segments.count - 1].places.append(place)
      }
      (previous, startsAnew) = (event.node, false)
    }
  }
}

/// Lays a text over a recording.
struct UtteranceAligner: Sendable {
  let units: AcousticUnits
  let lexicon: PronunciationLexicon
  let scorer: BankScorer
  var weights = SearchWeights()
  /// Widths that are tried one after another until the end is reached.
  var beams: [Double] = [250, 1000, 1e6]

  /// The best way through all pronunciations of the words, with or without pauses.
  ///
  /// - Throws: ``RecognitionError/missingWords(_:)``, ``RecognitionError/cannotAlign(name:reason:)``.
  func align(
    _ words: [String], _ powers: NDArray<Float>, name: String
  ) throws -> (history: [TokenSearch.Event], graph: SearchGraph, score: Double) {
    var weights = weights
    weights.languageWeight = 0
    let (graph, chosen) = try SearchGraph(
      WordGraph.sequence(words), lexicon: lexicon, units: units, weights: weights
    ).withOwnStates()
    let scores = scorer.selecting(chosen).logLikelihoods(powers)
    for width in beams {
      var search = TokenSearch(graph, beam: SearchBeam(width: width), keepsStates: true)
      search.advance(all: scores)
      if let outcome = search.outcome(mustBeComplete: true) {
        return (search.history(outcome.event), graph, outcome.score)
      }
    }
    throw RecognitionError.cannotAlign(
      name: name,
      reason:
        "\(powers.rows) frames are too few for its \(words.count) words, or it says other ones")
  }
}

extension TokenSearch {
  /// Takes in many frames, frames × states.
  mutating func advance(all scores: NDArray<Float>) {
    let width = scores.columns
    scores.withUnsafeBuffer { rows in
      for frame in 0..<scores.rows {
        advance(UnsafeBufferPointer(rebasing: rows[frame * width..<(frame + 1) * width]))
      }
    }
  }
}
