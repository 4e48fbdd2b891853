internal import Logging
internal import TencaAudio
internal import TencaFormats
internal import TencaNumerics
internal import TencaRecognition

/// Computes the features of a batch of sounds and puts them where they belong. A bad file is listed
/// at the end; the others go on.
struct FeatureJob: Sendable {
  let source: FeatureSource
  let destination: FeatureDestination
  let logger: Logger
  let execution: Execution

  /// Does all of `inputs`.
  ///
  /// - Throws: `ExitCode(1)` after listing failures; `CancellationError`.
  func run(_ inputs: [SoundInput]) throws {
    let failures: [Failure]
    switch destination {
    case .container(let path, let format):
      failures = try writeContainer(inputs, to: path, format)
    case .standardOutput(let format):
      failures = try each(inputs, parallel: false) { input in
        for (name, features) in try load(input) {
          Console.writeBytes(
            try FeatureFile.encode(
              features, kind: source.options.kind, options: source.options, title: name,
              as: format))
        }
      }
    case .file(let path, let format):
      failures = try each(inputs, parallel: false) { try write($0, to: path, format) }
    case .folder(let path, let format):
      try refuseCollisions(inputs)
      failures = try each(inputs, parallel: true) { input in
        try write(input, to: "\(path)/\(Self.stem(input.relativePath)).\(format.rawValue)", format)
      }
    }
    try BatchFailures.report(failures, of: inputs.count)
  }

  /// Calls `body` for each input and collects what fails.
  private func each(
    _ inputs: [SoundInput], parallel: Bool, _ body: @Sendable (SoundInput) throws -> Void
  ) throws -> [Failure] {
    var execution = self.execution
    if !parallel { execution.threads = 1 }
    let counter = ProgressCounter(execution, task: "computing", total: inputs.count)
    let failures = try execution.map(inputs.count) { index -> Failure? in
      defer { counter.advance() }
      do {
        try body(inputs[index])
        return nil
      } catch let error as CancellationError {
        throw error
      } catch {
        return Failure(name: inputs[index].path, error)
      }
    }
    return failures.compactMap { $0 }
  }

  /// The features of each channel of a sound, by name.
  private func load(_ input: SoundInput) throws -> [(name: String, features: FeatureMatrix)] {
    let (channels, resampledFrom) = try source.features(of: input.path)
    if let resampledFrom, let rate = source.rate {
      logger.info("\(input.path): resampled from \(resampledFrom) to \(rate) Hz")
    }
    let stem = Self.stem(input.relativePath)
    if channels.count == 1 { return [(stem, channels[0])] }
    return channels.enumerated().map { ("\(stem)-ch\($0 + 1)", $1) }
  }

  private func write(_ input: SoundInput, to path: String, _ format: FeatureFormat) throws {
    // Rows go straight to disk where the format allows it: an hour of sound takes no more memory
    // than a minute.
    if format == .npy && source.channel != .each {
      let (sound, extractor) = try source.open(input.path)
      if sound.sourceRate != sound.sampleRate {
        logger.info(
          "\(input.path): resampled from \(sound.sourceRate) to \(sound.sampleRate) Hz")
      }
      try NPY.writeRows(of: [extractor.columnCount], to: path) { writer in
        try extractor.extract(sound) { _, rows in
          try execution.cancellation.check()
          try writer.append(rows)
        }
      }
      return
    }
    let channels = try load(input)
    for (index, channel) in channels.enumerated() {
      let place =
        channels.count == 1 ? path : "\(Self.stem(path))-ch\(index + 1).\(format.rawValue)"
      try FeatureFile.write(
        channel.features, kind: source.options.kind, options: source.options, title: channel.name,
        to: place, as: format)
    }
  }

  /// Writes all sounds into one file, loading a few at a time.
  private func writeContainer(
    _ inputs: [SoundInput], to path: String, _ format: FeatureFormat
  ) throws -> [Failure] {
    try refuseCollisions(inputs)
    if format == .npz {
      return try NPZ.write(to: path) { writer in
        try loadInWaves(inputs) { try writer.append($1.values, name: $0) }
      }
    }
    return try KaldiArchive.write(to: path) { writer in
      try loadInWaves(inputs) { try writer.append(FeatureFile.entry($1, key: $0)) }
    }
  }

  private func loadInWaves(
    _ inputs: [SoundInput], _ append: (String, FeatureMatrix) throws -> Void
  ) throws -> [Failure] {
    var failures: [Failure] = []
    let wave = execution.threads * 8
    let counter = ProgressCounter(execution, task: "computing", total: inputs.count)
    for start in stride(from: 0, to: inputs.count, by: wave) {
      let part = Array(inputs[start..<min(start + wave, inputs.count)])
      let results = try execution.map(part.count) { index in
        defer { counter.advance() }
        return Result { try load(part[index]) }
      }
      for (input, result) in zip(part, results) {
        switch result {
        case .success(let channels): for (name, features) in channels { try append(name, features) }
        case .failure(let error): failures.append(Failure(name: input.path, error))
        }
      }
    }
    if failures.count == inputs.count {
      throw RecognitionError.nothingLeft(count: inputs.count, first: failures[0].message)
    }
    return failures
  }

  /// Two inputs whose results would have one name: the second would replace the first.
  private func refuseCollisions(_ inputs: [SoundInput]) throws {
    var seen: [String: String] = [:]
    for input in inputs {
      let stem = Self.stem(input.relativePath)
      if let other = seen.updateValue(input.path, forKey: stem) {
        throw OutputCollision(first: other, second: input.path, name: stem)
      }
    }
  }

  private static func stem(_ path: String) -> String {
    guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/"), dot != path.startIndex
    else { return path }
    return String(path[..<dot])
  }
}

/// Two inputs that would be written to one place.
struct OutputCollision: Error, CustomStringConvertible {
  let first: String
  let second: String
  let name: String

  var description: String {
    "\(first) and \(second) would both be written as '\(name)'. Rename one, or run them apart."
  }
}
