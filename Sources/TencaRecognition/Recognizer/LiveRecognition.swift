internal import TencaAudio
internal import TencaNumerics

/// Recognises speech while it comes in, in memory that does not grow with the recording.
///
/// A sentence ends where a pause follows at least one word; then the search starts anew. What is not yet
/// known of a voice is taken from the training data and gives way to what is heard. So answers differ a
/// little from those on whole recordings, whose voices are known from the first frame.
public struct LiveRecognition {
  /// What can be said after more sound.
  public enum Update: Sendable, Equatable {
    /// The words so far; later sound may change them.
    case partial(Recognition)
    /// A sentence that ended, and the frame that it began with.
    case sentence(Recognition, start: Int)
  }

  private let recognizer: Recognizer
  private let graph: SearchGraph
  private let scorer: BankScorer
  private let beam: SearchBeam
  private let stream: FeatureStream
  private let pauseFrames: Int
  private var moments: FrameMoments
  private var projection: ProjectionStream?
  private var search: TokenSearch
  private var start = 0
  private var lastWords: [String] = []

  /// Starts listening.
  ///
  /// - Parameters:
  ///   - pause: Seconds of silence that end a sentence.
  /// - Throws: ``RecognitionError/missingWords(_:)``, ``RecognitionError/badFeatures(reason:)`` for a
  ///   recogniser of feature matrices, `AudioError.invalidOption`.
  public init(
    _ recognizer: Recognizer, grammar: WordGraph, weights: SearchWeights = SearchWeights(),
    beam: SearchBeam = SearchBeam(), pause: Double = 0.6
  ) throws {
    guard let loader = try recognizer.frontEnd().source.loader else {
      throw RecognitionError.badFeatures(reason: "the model learned from matrices, not from sound")
    }
    self.recognizer = recognizer
    graph = try SearchGraph(
      grammar, lexicon: recognizer.lexicon, units: recognizer.units, weights: weights)
    scorer = BankScorer(recognizer.bank)
    self.beam = beam
    stream = FeatureStream(loader.extractor)
    pauseFrames = max(1, Int(pause / loader.extractor.hopSeconds))
    moments = FrameMoments(recognizer.rawStatistics)
    projection = recognizer.projection.map { ProjectionStream($0) }
    search = TokenSearch(graph, beam: beam)
  }

  /// Takes in samples at the recogniser's rate.
  ///
  /// - Throws: `AudioError`, ``RecognitionError/badFeatures(reason:)``.
  public mutating func append(_ samples: [Float]) throws -> [Update] {
    try hear(try stream.append(samples))
  }

  /// Ends the sound.
  public mutating func finish() throws -> [Update] {
    var updates = try hear(try stream.finish(), isLast: true)
    if let ended = endSentence() { updates.append(ended) }
    return updates
  }

  private mutating func hear(_ heard: NDArray<Float>, isLast: Bool = false) throws -> [Update] {
    var rows = recognizer.options.normalization == .none ? heard : moments.normalized(heard)
    rows = projection?.append(rows, isLast: isLast) ?? rows
    if rows.isEmpty { return [] }
    let scores = scorer.logLikelihoods(try recognizer.standardization.powers(of: rows))
    var updates: [Update] = []
    let width = scores.columns
    scores.withUnsafeBuffer { scores in
      for frame in 0..<rows.rows {
        search.advance(
          UnsafeBufferPointer(rebasing: scores[frame * width..<(frame + 1) * width]))
        if search.frameCount % pauseFrames == 0, endsHere, let ended = endSentence() {
          updates.append(ended)
        }
      }
    }
    if let running = search.running.map({ search.recognition($0) }), running.texts != lastWords {
      lastWords = running.texts
      updates.append(.partial(running))
    }
    return updates
  }

  /// So many frames of silence, or of one sentence, and the search starts anew: what it remembers grows
  /// with each.
  private static let (longestSilence, longestSentence) = (500, 6000)

  /// Whether a sentence ends here, or nothing worth remembering was heard.
  private var endsHere: Bool {
    if isPausing || search.frameCount >= Self.longestSentence { return true }
    guard search.frameCount >= Self.longestSilence, let running = search.running else {
      return false
    }
    return search.recognition(running).words.isEmpty
  }

  /// Whether the best way so far has been in silence for as long as a pause, after a word.
  private var isPausing: Bool {
    guard let running = search.running, running.event >= 0 else { return false }
    let event = search.events[Int(running.event)]
    let heard = search.recognition(running)
    guard !heard.words.isEmpty, search.bestIsSilence else { return false }
    return search.frameCount - Int(event.frame) >= pauseFrames
  }

  private mutating func endSentence() -> Update? {
    defer {
      start += search.frameCount
      search = TokenSearch(graph, beam: beam)
      lastWords = []
    }
    guard let heard = search.recognition(), !heard.words.isEmpty else { return nil }
    return .sentence(heard, start: start)
  }
}

extension TokenSearch {
  /// Whether the best token stands in silence.
  fileprivate var bestIsSilence: Bool {
    bestNode.map { graph.units[Int($0)] == AcousticUnits.silence } ?? false
  }
}

extension FrameMoments {
  /// Frames with the means and deviations taken out that are known when each is heard.
  fileprivate mutating func normalized(_ rows: NDArray<Float>) -> NDArray<Float> {
    let width = rows.columns
    return NDArray(shape: rows.shape) { target in
      rows.withUnsafeBuffer { source in
        for row in 0..<rows.rows {
          add(source.baseAddress! + row * width)
          for column in 0..<width {
            let value = Double(source[row * width + column])
            target[row * width + column] = Float((value - mean(column)) / deviation(column))
          }
        }
      }
    }
  }
}
