public import TencaNumerics

/// Features of a sound that arrives in pieces.
///
/// ```swift
/// var stream = FeatureStream(extractor)
/// while let block = microphone.next() { use(try stream.append(block)) }
/// use(try stream.finish())
/// ```
///
/// All rows together are bit for bit those of the whole sound, however it was cut. Options that need
/// the whole sound (``FrontEndOptions/streams`` is false) keep every row until ``finish()``.
public struct FeatureStream {
  private let extractor: FeatureExtractor
  private let analyzer: FrameAnalyzer
  private var stages: [any RowStage]
  private var samples: [Float] = []
  /// The number, in the padded sound, of the first sample still held.
  private var samplesStart = 0
  private var nextFrame = 0
  private var started = false
  /// Spectra that wait for the end of the sound, and their log energies.
  private var spectra: RowBuffer
  private var energies: [Float] = []
  /// Finished rows that wait for the verdict on voice activity.
  private var held: RowBuffer
  private var gathered: [Float]

  /// Starts a stream of one channel.
  public init(_ extractor: FeatureExtractor) {
    self.extractor = extractor
    analyzer = FrameAnalyzer(extractor.analysis)
    stages = extractor.stages
    spectra = RowBuffer(width: max(extractor.analysis.width, 1))
    held = RowBuffer(width: extractor.columnCount)
    gathered = [Float](repeating: 0, count: extractor.analysis.geometry.span)
  }

  /// Takes the next samples.
  ///
  /// - Returns: The rows that are ready, rows × columns; often none.
  public mutating func append(_ samples: [Float]) throws -> NDArray<Float> {
    array(try process(samples, last: false))
  }

  /// Ends the sound.
  ///
  /// - Returns: The rows that were still waiting.
  public mutating func finish() throws -> NDArray<Float> { array(try process([], last: true)) }

  /// - Throws: ``AudioError/tooShort(place:found:needed:unit:)`` when the sound gave no frame.
  func checkLength(name: String) throws {
    if nextFrame > 0 { return }
    throw AudioError.tooShort(
      place: name,
      found: samplesStart + samples.count - 2 * extractor.options.frames.paddingSamples,
      needed: extractor.minimumSamples, unit: "samples")
  }

  private func array(_ rows: RowBuffer) -> NDArray<Float> {
    NDArray(rows.values, shape: [rows.end, extractor.columnCount])
  }

  mutating func process(_ block: [Float], last: Bool) throws -> RowBuffer {
    let padding = [Float](repeating: 0, count: extractor.options.frames.paddingSamples)
    if !started { samples += padding }
    started = true
    samples += block
    if last { samples += padding }
    var rows = analyzeFrames(last: last)
    for index in stages.indices { rows = try stages[index].process(rows, last: last) }
    guard let options = extractor.options.voiceActivity else { return rows }
    held.append(rows)
    return last ? voiced(options) : RowBuffer(width: extractor.columnCount)
  }

  /// The static rows of all frames whose samples are there.
  private mutating func analyzeFrames(last: Bool) -> RowBuffer {
    let geometry = extractor.analysis.geometry
    let received = samplesStart + samples.count
    var end = nextFrame
    if last {
      end = max(nextFrame, geometry.frameCount(length: received))
    } else {
      let room = received - geometry.span - geometry.origin
      if room >= 0 { end = max(nextFrame, room / geometry.hop + 1) }
    }
    let frames = nextFrame..<end
    let firstEnergy = energies.count
    var fresh = RowBuffer(width: spectra.width)
    fresh.append(rows: frames.count) { target in
      for frame in frames {
        let row = target + (frame - frames.lowerBound) * spectra.width
        energies.append(analyze(frame, received: received, into: row))
      }
    }
    nextFrame = end
    forgetSamples()
    let options = extractor.options
    if options.needsWholeSound {
      spectra.append(fresh)
      if !last { return RowBuffer(width: extractor.staticWidth) }
      limitRange(&spectra)
      normalizeEnergies()
      return finishRows(spectra, energies: energies[...])
    }
    defer { if options.voiceActivity == nil { energies.removeAll(keepingCapacity: true) } }
    return finishRows(fresh, energies: energies[firstEnergy...])
  }

  private mutating func analyze(
    _ frame: Int, received: Int, into row: UnsafeMutablePointer<Float>
  ) -> Float {
    let geometry = extractor.analysis.geometry
    let start = geometry.start(of: frame)
    if start >= 0 && start + geometry.span <= received {
      return samples.withUnsafeBufferPointer {
        analyzer.analyze($0.baseAddress! + (start - samplesStart), number: frame, into: row)
      }
    }
    for index in 0..<geometry.span {
      let source = geometry.source(of: start + index, length: received)
      gathered[index] = source.map { samples[$0 - samplesStart] } ?? 0
    }
    return gathered.withUnsafeBufferPointer {
      analyzer.analyze($0.baseAddress!, number: frame, into: row)
    }
  }

  /// Drops samples that no frame needs any more; reflections at the end may look one span back.
  private mutating func forgetSamples() {
    let geometry = extractor.analysis.geometry
    let needed = geometry.start(of: nextFrame) - geometry.span
    let surplus = min(needed - samplesStart, samples.count)
    if surplus > max(1 << 14, samples.count / 2) {
      samples.removeFirst(surplus)
      samplesStart += surplus
    }
  }

  /// Turns compressed spectra and log energies into the static columns.
  private func finishRows(_ spectra: RowBuffer, energies: ArraySlice<Float>) -> RowBuffer {
    let options = extractor.options
    let frames = energies.count
    let width = extractor.staticWidth
    var rows = RowBuffer(width: width)
    let first = options.cepstrum.energy == .prepended && options.kind != .energy ? 1 : 0
    let energyColumn = self.energyColumn
    let bodyWidth = extractor.cepstra?.outputs ?? extractor.analysis.width
    rows.append(rows: frames) { target in
      for (frame, energy) in energies.enumerated() {
        let row = target + frame * width
        if options.kind != .energy {
          spectra.withRow(frame) { spectrum in
            if let cepstra = extractor.cepstra {
              cepstra.apply(spectrum, row + first)
            } else {
              (row + first).update(from: spectrum, count: bodyWidth)
            }
          }
        }
        if let energyColumn { row[energyColumn] = energy }
      }
    }
    return rows
  }

  /// The column that log energy goes to, if any.
  private var energyColumn: Int? {
    let options = extractor.options
    if options.kind == .energy { return 0 }
    switch options.cepstrum.energy {
    case .absent: return nil
    case .prepended: return options.kind == .spectrogram ? nil : 0
    case .appended: return options.kind == .spectrogram ? nil : extractor.staticWidth - 1
    case .replacesZeroth:
      switch options.kind {
      case .mel, .energy: return nil
      case .spectrogram: return extractor.isLogarithmic ? 0 : nil
      case .mfcc:
        switch options.cepstrum.zeroth {
        case .first: return 0
        case .last: return extractor.staticWidth - 1
        case .omitted: return nil
        }
      }
    }
  }

  /// Raises every value to at most `topDB` below the loudest of the sound.
  private func limitRange(_ rows: inout RowBuffer) {
    guard case .decibels(let level) = extractor.options.compression, let topDB = level.topDB
    else { return }
    rows.raise(toWithin: topDB)
  }

  /// HTK's ENORMALISE: distances from the loudest frame, scaled, with the loudest at 1.
  private mutating func normalizeEnergies() {
    guard let options = extractor.options.cepstrum.energyNormalization,
      let loudest = energies.max()
    else { return }
    let floor = loudest - options.silenceFloor * 0.23025851  // ln 10 / 10: decibels to nepers
    energies = energies.map { 1 - (loudest - max($0, floor)) * options.scale }
  }

  private mutating func voiced(_ options: VoiceActivityOptions) -> RowBuffer {
    let verdicts = VoiceActivity.detect(logEnergies: energies, options: options)
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

extension RowBuffer {
  /// Raises every value that lies more than `range` below the largest.
  fileprivate mutating func raise(toWithin range: Float) {
    guard let loudest = values.max() else { return }
    replaceValues { max($0, loudest - range) }
  }
}
