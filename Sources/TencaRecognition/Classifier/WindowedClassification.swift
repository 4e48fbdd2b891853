public import TencaAudio
public import TencaNumerics

/// A verdict on a stretch of a longer sound.
public struct TimedClassification: Sendable, Equatable {
  /// Where the stretch begins, in seconds.
  public let start: Double
  /// Where it ends, in seconds.
  public let end: Double
  /// The verdict; nil where all of it is silence by the voice activity rule.
  public let classification: Classification?
}

extension Classifier {
  /// Classifies a sound window by window, in constant memory.
  ///
  /// Each window is judged as a recording of its own. The last one may be shorter, as long as it
  /// brings something new and holds a frame; a sound shorter than one window is one window.
  ///
  /// - Parameters:
  ///   - sound: A stream at this classifier's rate.
  ///   - window: The length of a window, in seconds.
  ///   - hop: The step from one window to the next, in seconds.
  ///   - threshold: The least posterior of an answer; below it a window has none.
  ///   - execution: Threads, progress and cancellation.
  ///   - receive: Takes the verdicts in order, a few at a time.
  /// - Throws: ``RecognitionError/badWindow(window:hop:reason:)``, `AudioError`,
  ///   `CancellationError`.
  public func classifyWindows(
    _ sound: SoundStream, window: Double, hop: Double, rejectBelow threshold: Double = 0,
    execution: Execution, _ receive: ([TimedClassification]) throws -> Void
  ) throws {
    let rate = Double(sampleRate)
    let loader = try loader()
    let minimum = loader.extractor.minimumSamples
    // Longer than any recording, and far from where sample numbers overflow.
    let limit = 1e8
    func refuse(_ reason: String) -> RecognitionError {
      .badWindow(window: window, hop: hop, reason: reason)
    }
    guard window * rate >= Double(minimum) else {
      throw refuse("a window must hold a frame, \(Double(minimum) / rate) s")
    }
    guard hop * rate >= 1 else { throw refuse("windows must move on by a sample or more") }
    guard window <= limit, hop <= limit else { throw refuse("\(Int(limit)) s at most") }
    var cutter = WindowCutter(
      length: Int((window * rate).rounded()), step: Int((hop * rate).rounded()))
    let name = sound.path
    func judge(_ windows: [WindowCutter.Window]) throws {
      if windows.isEmpty { return }
      try receive(
        try execution.map(windows.count) { index in
          let window = windows[index]
          return TimedClassification(
            start: Double(window.start) / rate,
            end: Double(window.start + window.samples.count) / rate,
            classification: try self.judge(
              window.samples, loader, threshold: threshold, name: name))
        })
    }
    while let block = try sound.next() { try judge(cutter.append(block[0])) }
    try judge(cutter.finish(minimum: minimum))
  }

  private func judge(
    _ samples: [Float], _ loader: FeatureLoader, threshold: Double, name: String
  ) throws -> Classification? {
    do {
      return try classify(
        loader.features(of: samples, name: name), rejectBelow: threshold)
    } catch RecognitionError.onlySilence {
      return nil
    }
  }
}

/// Cuts windows out of samples that arrive in blocks.
struct WindowCutter {
  /// A stretch of samples and where it begins.
  struct Window: Sendable, Equatable {
    let start: Int
    let samples: [Float]
  }

  let length: Int
  let step: Int
  private var samples: [Float] = []
  /// The place of the first sample held.
  private var position = 0
  /// The place where the next window begins.
  private var next = 0
  /// The end of the last window cut.
  private var covered = 0

  init(length: Int, step: Int) {
    self.length = length
    self.step = step
  }

  /// Takes a block and returns the whole windows that are ready.
  mutating func append(_ block: [Float]) -> [Window] {
    samples += block
    var windows: [Window] = []
    while next + length <= position + samples.count {
      let first = next - position
      windows.append(
        Window(start: next, samples: Array(samples[first..<(first + length)])))
      covered = next + length
      next += step
    }
    let surplus = min(next - position, samples.count)
    samples.removeFirst(surplus)
    position += surplus
    return windows
  }

  /// The shorter window at the end, if it brings something new and is not too short; a sound shorter
  /// than a window is one, whatever its length.
  func finish(minimum: Int) -> [Window] {
    let end = position + samples.count
    guard end > covered, next < end, covered == 0 || end - next >= minimum else { return [] }
    return [Window(start: next, samples: Array(samples[(next - position)...]))]
  }
}
