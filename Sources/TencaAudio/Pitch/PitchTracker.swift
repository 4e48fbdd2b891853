#if canImport(Glibc)
  internal import Glibc
#endif

/// Finds the pitch of voices and instruments that sound one at a time.
///
/// ```swift
/// let tracker = try PitchTracker(PitchOptions(), sampleRate: 16000)
/// let track = try tracker.track(Waveform.read(path: "speech.wav"))
/// for (time, hertz) in zip(track.times, track.frequencies) { print(time, hertz) }
/// ```
///
/// The numbers are those of librosa 0.11's yin and pyin. Silence is unvoiced; no result is NaN.
public struct PitchTracker: Sendable {
  /// How pitch is tracked.
  public let options: PitchOptions
  /// The rate of the sounds that go in, in hertz.
  public let sampleRate: Int
  /// The length of a frame, in samples.
  public var frameLength: Int { geometry.span }
  /// The step between frames, in samples.
  public var hopLength: Int { geometry.hop }

  let geometry: FrameGeometry
  /// The periods looked at, in samples.
  let periods: ClosedRange<Int>

  /// Checks the options for one sample rate.
  ///
  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  public init(_ options: PitchOptions, sampleRate: Int) throws {
    try checkRate(sampleRate)
    let rate = Double(sampleRate)
    let (low, high) = (options.lowFrequency, options.highFrequency)
    guard low > 0, low < high, high <= rate / 2 else {
      throw AudioError.invalidOption(
        name: "low-frequency and high-frequency", value: "\(low) and \(high)",
        rule: "0 < low < high ≤ \(rate / 2) Hz (half the rate of \(sampleRate) Hz).")
    }
    try options.checkRanges()
    let span =
      options.frameLength?.samples(at: sampleRate) ?? Self.defaultSpan(periods: 4 * rate / low)
    // A frame holds the longest period and two samples more.
    guard span <= FrameAnalysis.longestFrame, rate / low < Double(span - 1) else {
      throw AudioError.invalidOption(
        name: "frame-length", value: "\(span) samples",
        rule: "at least \(rate / low < 1e9 ? Int((rate / low).rounded(.up)) + 2 : .max) samples, "
          + "for a period of \(low) Hz, at most \(FrameAnalysis.longestFrame).")
    }
    let hop = options.hopLength?.samples(at: sampleRate) ?? span / 4
    guard (1...FrameAnalysis.longestFrame).contains(hop) else {
      throw AudioError.invalidOption(
        name: "hop", value: "\(hop) samples",
        rule: "the step is between 1 and \(FrameAnalysis.longestFrame) samples.")
    }
    self.options = options
    self.sampleRate = sampleRate
    geometry = FrameGeometry(edges: options.edges, span: span, hop: hop)
    let longest = min(Int((rate / low).rounded(.up)), span - 1)
    periods = min(Int(rate / high), longest - 1)...longest
  }

  /// The least power of two of at least as many samples.
  private static func defaultSpan(periods samples: Double) -> Int {
    var span = 16
    while Double(span) < samples && span <= FrameAnalysis.longestFrame { span *= 2 }
    return span
  }

  /// The pitch of a whole sound.
  ///
  /// - Parameters:
  ///   - waveform: One channel, at ``sampleRate``.
  ///   - method: How.
  ///   - name: What errors call the sound.
  /// - Throws: ``AudioError/tooShort(place:found:needed:unit:)`` when not one frame fits,
  ///   ``AudioError/rateMismatch(path:found:expected:)``, ``AudioError/overflow(place:frame:)``.
  /// - Complexity: O(frameLength · longest period) a frame, and for probabilistic YIN O(pitches ·
  ///   pitches that a glide reaches in a frame).
  public func track(
    _ waveform: Waveform, by method: PitchMethod = .probabilisticYin, name: String = "sound"
  ) throws -> PitchTrack {
    guard waveform.sampleRate == sampleRate else {
      throw AudioError.rateMismatch(path: name, found: waveform.sampleRate, expected: sampleRate)
    }
    let count = waveform.samples.count
    guard geometry.frameCount(length: count) > 0 else {
      throw AudioError.tooShort(
        place: name, found: count, needed: geometry.minimumLength, unit: "samples")
    }
    let rate = Double(sampleRate)
    var track = PitchTrack(
      frequencies: [], isVoiced: [], voicedProbabilities: [],
      hopSeconds: Double(hopLength) / rate,
      firstFrameTime: (Double(geometry.origin) + Double(geometry.span) / 2) / rate)
    switch method {
    case .yin:
      try forEachDifference(of: waveform.samples, name: name) { difference in
        track.append(YinFrame(difference, options, sampleRate: rate))
      }
    case .probabilisticYin:
      let candidates = PitchCandidates(options, sampleRate: rate)
      var path = PitchPath(options, hopSeconds: track.hopSeconds)
      try forEachDifference(of: waveform.samples, name: name) { difference in
        path.append(candidates.observe(difference))
      }
      path.finish(into: &track)
    }
    return track
  }

  private func forEachDifference(
    of samples: [Float], name: String, _ body: (NormalizedDifference) throws -> Void
  ) throws {
    var difference = NormalizedDifference(frameLength: geometry.span, periods: periods)
    var queue = SampleQueue(geometry)
    queue.append(samples)
    for frame in 0..<geometry.frameCount(length: samples.count) {
      guard queue.withFrame(frame, { difference.update($0) }) else {
        throw AudioError.overflow(place: name, frame: frame)
      }
      try body(difference)
    }
  }
}

extension PitchTrack {
  fileprivate mutating func append(_ frame: YinFrame) {
    frequencies.append(frame.frequency)
    isVoiced.append(frame.isVoiced)
    voicedProbabilities.append(frame.voicedProbability)
  }
}
