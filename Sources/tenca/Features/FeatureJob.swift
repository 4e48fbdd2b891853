internal import TencaAudio
internal import TencaFormats
internal import TencaNumerics
internal import TencaRecognition

/// Computes the features of a batch of sounds and puts them where they belong. A bad file is listed
/// at the end; the others go on.
struct FeatureJob: Sendable {
  let source: any FrameSource
  let destination: FeatureDestination
  let execution: Execution

  /// Does all of `inputs`.
  ///
  /// - Returns: What failed.
  /// - Throws: What stops the whole batch: an output that cannot be written, `CancellationError`.
  func run(_ inputs: [SoundInputs.File]) throws -> [Failure] {
    switch destination {
    case .standardOutput(let format):
      return try gather(inputs) {
        try encoded($0, format)
      } append: {
        try Console.write($0)
      }
    case .file(let path, let format):
      return try each(inputs) { try write($0, to: path, format) }
    case .folder(let path, let format):
      try refuseCollisions(inputs)
      return try each(inputs) { input in
        try write(input, to: "\(path)/\(Self.stem(input.relativePath)).\(format.rawValue)", format)
      }
    case .container(let path, .npz):
      return try NPZ.write(to: path) { writer in
        try gatherFeatures(inputs) { try writer.append($1.values, name: $0) }
      }
    case .container(let path, _):
      return try KaldiArchive.write(to: path) { writer in
        try gatherFeatures(inputs) { try writer.append(FeatureFile.entry($1, key: $0)) }
      }
    }
  }

  /// Calls `body` for each input and collects what fails.
  private func each(
    _ inputs: [SoundInputs.File], _ body: @Sendable (SoundInputs.File) throws -> Void
  ) throws -> [Failure] {
    let counter = ProgressCounter(execution, task: "computing", total: inputs.count)
    let results = try execution.attempt(inputs.count, counter) { try body(inputs[$0]) }
    return zip(inputs, results).compactMap { input, result in
      if case .failure(let error) = result { Failure(name: input.path, error) } else { nil }
    }
  }

  private func encoded(_ input: SoundInputs.File, _ format: FeatureFormat) throws -> [UInt8] {
    try channels(of: input).flatMap { channel in
      try FeatureFile(format: format, title: channel.name)
        .encoded(channel.rows)
    }
  }

  private func write(_ input: SoundInputs.File, to path: String, _ format: FeatureFormat) throws {
    let channels = try channels(of: input)
    for (index, channel) in channels.enumerated() {
      let place =
        channels.count == 1 ? path : "\(Self.stem(path))-ch\(index + 1).\(format.rawValue)"
      try FeatureFile(format: format, title: channel.name)
        .write(channel.rows, to: place)
    }
  }

  /// Hands what `make` makes of the inputs to `append`, in order, making a few at a time.
  private func gather<Output: Sendable>(
    _ inputs: [SoundInputs.File], _ make: @Sendable (SoundInputs.File) throws -> Output,
    append: (Output) throws -> Void
  ) throws -> [Failure] {
    var failures: [Failure] = []
    let counter = ProgressCounter(execution, task: "computing", total: inputs.count)
    let wave = execution.threads * 8
    for start in stride(from: 0, to: inputs.count, by: wave) {
      let part = inputs[start..<min(start + wave, inputs.count)]
      let results = try execution.attempt(part.count, counter) { try make(part[start + $0]) }
      for (input, result) in zip(part, results) {
        switch result {
        case .success(let output): try append(output)
        case .failure(let error): failures.append(Failure(name: input.path, error))
        }
      }
    }
    return failures
  }

  /// Hands the features of all inputs to `append`, in order.
  ///
  /// - Throws: ``RecognitionError/nothingLeft(count:first:)``, so that no empty file is made.
  private func gatherFeatures(
    _ inputs: [SoundInputs.File], append: (String, FeatureMatrix) throws -> Void
  ) throws -> [Failure] {
    try refuseCollisions(inputs)
    let failures = try gather(inputs) { input in
      try channels(of: input).map { (name: $0.name, features: try $0.rows.collected()) }
    } append: { channels in
      for channel in channels { try append(channel.name, channel.features) }
    }
    if failures.count == inputs.count {
      throw RecognitionError.nothingLeft(count: inputs.count, first: failures.first?.message)
    }
    return failures
  }

  /// The features of each channel of a sound, by name.
  private func channels(of input: SoundInputs.File) throws -> [(name: String, rows: FeatureRows)] {
    let channels = try source.channels(of: input.path)
    let stem = Self.stem(input.relativePath)
    if channels.count == 1 { return [(stem, channels[0])] }
    return channels.enumerated().map { ("\(stem)-ch\($0 + 1)", $1) }
  }

  /// Two inputs whose results would have one name: the second would replace the first.
  private func refuseCollisions(_ inputs: [SoundInputs.File]) throws {
    var seen: [String: String] = [:]
    for input in inputs {
      let stem = Self.stem(input.relativePath)
      if let other = seen.updateValue(input.path, forKey: stem) {
        throw CommandError.outputCollision(first: other, second: input.path, name: stem)
      }
    }
  }

  /// The path without its extension.
  private static func stem(_ path: String) -> String {
    guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/"), dot != path.startIndex
    else { return path }
    return String(path[..<dot])
  }
}
