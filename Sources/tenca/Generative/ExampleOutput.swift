import ArgumentParser
internal import TencaAudio
internal import TencaFormats
internal import TencaGenerative
internal import TencaNeural
internal import TencaNumerics
internal import TencaSynthesis

/// Where generated examples go: one sheet or array, or a folder with a file for each.
struct ExampleOutput {
  /// What a file of a folder holds.
  enum Format: String, CaseIterable {
    case wav, png, npy
  }

  let path: String
  let formats: [Format]
  let codec: SpectrogramPatches?

  /// - Throws: `ValidationError` for a place or format that does not fit the model.
  init(_ path: String, format: String?, codec: SpectrogramPatches?) throws {
    self.path = path
    self.codec = codec
    let names = (format ?? (codec == nil ? "png" : "wav,png,npy")).split(separator: ",")
    formats = try names.map { try namedValue(String($0), Format.self) }
    if formats.contains(.wav) && codec == nil {
      throw ValidationError("--format wav: the model was trained on pictures, which have no sound.")
    }
    isSheet = path.hasSuffix(".png") || path.hasSuffix(".npy")
    if isSheet {
      if format != nil { throw ValidationError("--format is for a folder; -o \(path) is a file.") }
      try OutputPath.check(path)
    } else {
      try OutputPath.checkFolder(path, for: path)
    }
  }

  private let isSheet: Bool
  /// Decibels below a sound's loudest moment where silence begins, at its ends.
  private static let silence: Float = 40

  /// Writes examples: n × height × width × channels, in 0...1.
  ///
  /// - Parameters:
  ///   - names: What files of a folder are called, one an example.
  ///   - columns: Pictures in a row of a sheet; about a square where left out.
  /// - Throws: What keeps a file from being written, and `AudioError` for an example of silence.
  func write(
    _ examples: NDArray<Float>, shape: ExampleShape, names: [String], columns: Int? = nil,
    seed: UInt64, execution: Execution
  ) throws {
    if isSheet {
      if path.hasSuffix(".npy") { return try NPY.write(examples, to: path) }
      return try Self.sheet(shape, columns: columns).picture(
        of: Self.upright(examples, isSound: codec != nil)
      )
      .writePNG(to: path)
    }
    for (index, name) in names.enumerated() {
      try execution.cancellation.check()
      let example = NDArray(
        examples.slice(axis: 0, index..<index + 1).elements, shape: [1] + examples.shape.dropFirst()
      )
      for format in formats {
        let file = "\(path)/\(name).\(format.rawValue)"
        switch format {
        case .png:
          try Self.sheet(shape, columns: 1).picture(
            of: Self.upright(example, isSound: codec != nil)
          )
          .writePNG(to: file)
        case .npy: try NPY.write(example.reshaped(Array(example.shape.dropFirst())), to: file)
        case .wav: try writeSound(example, shape, seed &+ UInt64(index), file, execution)
        }
      }
      execution.progress(.init(task: "writing", completed: index + 1, total: names.count))
    }
  }

  private func writeSound(
    _ example: NDArray<Float>, _ shape: ExampleShape, _ seed: UInt64, _ file: String,
    _ execution: Execution
  ) throws {
    guard let codec else { return }
    let sound = try codec.sound(
      of: example.reshaped([shape.height, shape.width]),
      recovery: PhaseRecoveryOptions(iterations: 64, seed: seed), name: file, execution: execution)
    // A patch is as wide as the longest sound it can hold; silence fills it up.
    try SoundWriter.write([sound.waveform.trimmed(below: Self.silence)], to: file)
  }

  /// A sheet on which small pictures are drawn large.
  static func sheet(_ shape: ExampleShape, columns: Int?) throws -> ContactSheet {
    try ContactSheet(
      columns: columns, enlargement: max(1, 64 / max(shape.height, shape.width)), background: 128)
  }

  /// Samples of a model, always of the same codes for a seed: what changes over a run is the model.
  static func sheet(of model: any GenerativeModel, seed: UInt64) throws -> Picture {
    var random = RandomStream(seed: seed, stream: 0x7368_6565)
    let classes = model.classNames.count
    let columns = (2...10).contains(classes) ? classes : 8
    let count = 6 * columns
    let samples = model.sampled(
      count, classes: model.classesInTurn(count), temperature: 1, fromPrior: true, &random
    ).floatArray
    return try sheet(model.shape, columns: columns).picture(
      of: upright(samples, isSound: model.representation != nil))
  }

  /// Examples as they are drawn: spectrograms with low frequencies at the bottom, pictures as they are.
  ///
  /// - Parameter examples: examples × height × width × channels.
  static func upright(_ examples: NDArray<Float>, isSound: Bool) -> NDArray<Float> {
    guard isSound else { return examples }
    let elements = examples.elements
    let (height, row) = (examples.shape[1], examples.shape[2] * examples.shape[3])
    return NDArray(
      (0..<examples.rows).flatMap { example in
        (0..<height).reversed().flatMap { y in
          let start = (example * height + y) * row
          return elements[start..<start + row]
        }
      }, shape: examples.shape)
  }
}
