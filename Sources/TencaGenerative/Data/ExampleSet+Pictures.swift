internal import TencaFormats
internal import TencaNumerics

extension ExampleSet {
  /// Reads pictures and brings them to one shape; those that cannot be read become failures.
  static func read(
    _ files: PictureFiles, _ split: ExampleSplit, as wanted: WantedShape, _ execution: Execution
  ) throws -> ExampleSet {
    let entries = try files.entries(of: split)
    let classNames = try files.classNames()
    let counter = ProgressCounter(execution, task: "reading", total: entries.count)
    let results = try execution.map(entries.count) { index in
      defer { counter.advance() }
      return Result { try ReadPicture(path: entries[index].path, as: wanted) }
    }
    var failures: [ExampleFailure] = []
    var pictures: [(picture: ReadPicture, entry: PictureFiles.Entry)] = []
    for (entry, result) in zip(entries, results) {
      switch result {
      case .success(let picture): pictures.append((picture, entry))
      case .failure(let error): failures.append(ExampleFailure(name: entry.name, error))
      }
    }
    guard let first = pictures.first else {
      throw GenerativeError.nothingUsable(
        path: files.source, count: failures.count, reason: failures[0].message)
    }
    for (picture, entry) in pictures where picture.size != first.picture.size {
      throw GenerativeError.sizeDiffers(
        path: entry.path, size: picture.size, first: first.picture.size,
        firstPath: first.entry.path)
    }
    // One picture in colour makes all of them colour.
    let channels = pictures.contains { $0.picture.shape.channels == 3 } ? 3 : 1
    let shape = ExampleShape(
      height: first.picture.shape.height, width: first.picture.shape.width, channels: channels)
    let bytes = pictures.flatMap { $0.picture.bytes(channels: channels) }
    let number = Dictionary(uniqueKeysWithValues: zip(classNames, 0...))
    let storage = StoredArray(bytes, shape: [pictures.count, shape.count], path: files.source)
    return try ExampleSet(
      ExampleStorage([storage], exampleSize: shape.count), shape: shape,
      labels: first.entry.label == nil ? nil : pictures.map { number[$0.entry.label!]! },
      classNames: classNames, source: files.source, failures: failures
    ).requireEnough()
  }
}

/// A picture in the size that is wanted, grey or colour.
private struct ReadPicture: Sendable {
  let shape: ExampleShape
  private let samples: [UInt8]

  init(path: String, as wanted: WantedShape) throws {
    let picture = try Picture(path: path)
    let isGrey = picture.layout.channels <= 2
    // Laid on white; the three channels of a grey picture are equal, so one of them is it.
    let opaque = picture.layout == .grey ? picture.samples : picture.opaqueRGB.samples
    let plain =
      isGrey && picture.layout != .grey
      ? stride(from: 0, to: opaque.count, by: 3).map { opaque[$0] } : opaque
    let source = ExampleShape(
      height: picture.height, width: picture.width, channels: isGrey ? 1 : 3)
    let conversion = try ShapeConversion(from: source, to: wanted)
    shape = conversion.target
    samples =
      conversion.source == conversion.target
      ? plain : ShapeConversion.bytes(conversion(plain.map(Float.init)))
  }

  var size: String { "\(shape.height) × \(shape.width)" }

  /// The bytes, grey repeated where colour is wanted.
  func bytes(channels: Int) -> [UInt8] {
    channels == shape.channels ? samples : samples.flatMap { [$0, $0, $0] }
  }
}
