public import TencaNumerics

#if canImport(Glibc)
  internal import Glibc
#endif

/// Features of a sound that arrives in pieces.
///
/// ```swift
/// let stream = FeatureStream(extractor)
/// while let block = microphone.next() { use(try stream.append(block)) }
/// use(try stream.finish())
/// ```
///
/// All rows together are bit for bit those of the whole sound, however it was cut. Options that need
/// the whole sound (``FrontEndOptions/streams`` is false) keep every row until ``finish()``.
public final class FeatureStream {
  private let extractor: FeatureExtractor
  private let name: String
  private let analyzer: FrameAnalyzer
  private let stages: [any RowStage]
  private var samples: SampleQueue
  private var nextFrame = 0
  private var isFinished = false
  /// Spectra that wait for the end of the sound.
  private var spectra: RowBuffer
  /// The log energies of the frames that wait for the end of the sound or for the verdict on voice
  /// activity.
  private var logEnergies: [Float] = []
  /// Finished rows that wait for the verdict on voice activity.
  private var held: RowBuffer

  /// Starts a stream of one channel.
  ///
  /// - Parameters:
  ///   - extractor: What comes out.
  ///   - name: What errors call the sound.
  public init(_ extractor: FeatureExtractor, name: String = "sound") {
    self.extractor = extractor
    self.name = name
    analyzer = FrameAnalyzer(extractor.analysis)
    do {
      stages = try FeatureExtractor.stages(extractor.options, width: extractor.columns.width)
    } catch {
      preconditionFailure("options that the extractor accepted: \(error)")
    }
    samples = SampleQueue(extractor.analysis.geometry)
    samples.append(zeros: extractor.options.frames.paddingSamples)
    spectra = RowBuffer(width: max(extractor.analysis.width, 1))
    held = RowBuffer(width: extractor.columnCount)
  }

  /// Takes the next samples.
  ///
  /// - Returns: The rows that are ready, rows × columns; often none.
  /// - Throws: ``AudioError/overflow(place:frame:)`` for a frame with samples that are not finite or
  ///   far beyond full scale.
  public func append(_ samples: [Float]) throws -> NDArray<Float> {
    array(try process(samples, last: false))
  }

  /// Ends the sound. Nothing may be appended afterwards.
  ///
  /// - Returns: The rows that were still waiting; none with voice activity and a sound of silence.
  /// - Throws: As ``append(_:)``, and ``AudioError/tooShort(place:found:needed:unit:)`` when the sound
  ///   gave no frame, or fewer than its derivatives need.
  public func finish() throws -> NDArray<Float> { array(try process([], last: true)) }

  private func array(_ rows: RowBuffer) -> NDArray<Float> {
    NDArray(rows.values, shape: [rows.end, extractor.columnCount])
  }

  func process(_ block: [Float], last: Bool) throws -> RowBuffer {
    precondition(!isFinished, "samples after the end of \(name)")
    isFinished = last
    samples.append(block)
    if last { try padEnd() }
    var rows = try staticRows(last: last)
    for stage in stages { rows = try stage.process(rows, last: last) }
    guard let options = extractor.options.voiceActivity else { return rows }
    held.append(rows)
    return last ? voiced(options) : RowBuffer(width: extractor.columnCount)
  }

  /// Adds the zeros after the sound, which a sound that gives no frame does not get.
  private func padEnd() throws {
    let padding = extractor.options.frames.paddingSamples
    let found = samples.end - padding
    let needed = extractor.minimumSamples
    guard found >= needed else {
      throw AudioError.tooShort(place: name, found: found, needed: needed, unit: "samples")
    }
    samples.append(zeros: padding)
  }

  /// The static rows that are ready.
  private func staticRows(last: Bool) throws -> RowBuffer {
    let columns = extractor.columns
    if !extractor.options.needsWholeSound {
      if extractor.options.voiceActivity == nil { logEnergies.removeAll(keepingCapacity: true) }
      return try analyzeFrames(last: last, width: columns.width, columns.write)
    }
    let spectrumWidth = extractor.analysis.width
    spectra.append(
      try analyzeFrames(last: last, width: spectra.width) { spectrum, _, row in
        row.update(from: spectrum, count: spectrumWidth)
      })
    var rows = RowBuffer(width: columns.width)
    if !last { return rows }
    extractor.options.relateLevels(&spectra)
    let energies = extractor.options.normalizeEnergies(logEnergies)
    rows.append(rows: energies.count) { target in
      for (frame, energy) in energies.enumerated() {
        spectra.withRow(frame) { columns.write($0, energy, target + frame * columns.width) }
      }
    }
    return rows
  }

  /// Analyses the frames whose samples are there: `write` turns each one's spectrum and log energy
  /// into a row of `width` values.
  private func analyzeFrames(
    last: Bool, width: Int,
    _ write: (
      _ spectrum: UnsafePointer<Float>, _ logEnergy: Float, _ row: UnsafeMutablePointer<Float>
    ) -> Void
  ) throws -> RowBuffer {
    let geometry = extractor.analysis.geometry
    let first = nextFrame
    nextFrame =
      last
      ? geometry.frameCount(length: samples.end) : geometry.completeFrames(length: samples.end)
    let analyzer = self.analyzer
    var rows = RowBuffer(width: width)
    try rows.append(rows: nextFrame - first) { target in
      for frame in first..<nextFrame {
        let logEnergy = try samples.withFrame(frame) {
          try analyzer.analyze($0, number: frame, name: name)
        }
        logEnergies.append(logEnergy)
        write(analyzer.spectrum, logEnergy, target + (frame - first) * width)
      }
    }
    if !last { samples.forget(beforeFrame: nextFrame) }
    return rows
  }

  private func voiced(_ options: VoiceActivityOptions) -> RowBuffer {
    // Thresholds are given on the scale of 16-bit samples, energies on that of the convention.
    let shift = 2 * log(32768 / extractor.options.frames.inputScale)
    let verdicts = VoiceActivity.detect(
      logEnergies: logEnergies.map { $0 + shift }, options: options)
    let kept = verdicts.indices.filter { verdicts[$0] }
    var result = RowBuffer(width: held.width)
    result.append(rows: kept.count) { target in
      for (index, row) in kept.enumerated() {
        held.withRow(row) { (target + index * held.width).update(from: $0, count: held.width) }
      }
    }
    return result
  }
}
