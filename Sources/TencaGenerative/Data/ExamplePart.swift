internal import TencaFormats
internal import TencaNumerics

/// Examples as an array file has them, with the classes that they are counted by.
struct ExamplePart: Sendable {
  /// Examples × whatever one of them is.
  var examples: StoredArray
  /// The class of each, not yet checked; nil where none are known.
  var labels: [Int]?
  /// What messages call the labels.
  var labelPath: String

  /// - Throws: ``GenerativeError/unknownLabel(path:example:label:classCount:)`` for a label that is
  ///   no whole number.
  init(_ examples: StoredArray, labels: StoredArray?, classCount: Int) throws {
    self.examples = examples
    labelPath = labels?.path ?? examples.path
    self.labels = try labels.map { array in
      // Labels of one column are as good as a list.
      guard array.count == array.shape.first ?? 0 else {
        throw GenerativeError.badArray(
          path: array.path, shape: array.shape, limit: "one label an example")
      }
      return try array.elements.enumerated().map { index, value in
        guard let label = Int(exactly: value) else {
          throw GenerativeError.unknownLabel(
            path: array.path, example: index, label: "\(value)", classCount: classCount)
        }
        return label
      }
    }
  }

  /// The shape of the examples as they lie in the array.
  ///
  /// - Throws: ``GenerativeError/badArray(path:shape:limit:)``.
  func shape(_ wanted: WantedShape) throws -> ExampleShape {
    let lengths = examples.shape
    func refuse(_ limit: String) -> GenerativeError {
      .badArray(path: examples.path, shape: lengths, limit: limit)
    }
    guard (2...4).contains(lengths.count) else {
      throw refuse(
        "[examples, height, width], [examples, height, width, channels] or [examples, numbers]")
    }
    guard !lengths.contains(0) else { throw refuse("no length of 0") }
    if lengths.count == 4 {
      guard lengths[3] <= 4 || lengths[1] > 4 else {
        throw refuse("channels last (numpy.moveaxis(array, 1, -1))")
      }
      return ExampleShape(height: lengths[1], width: lengths[2], channels: lengths[3])
    }
    if lengths.count == 3 {
      return ExampleShape(height: lengths[1], width: lengths[2], channels: 1)
    }
    // A row of numbers says nothing of its picture: it is one line unless a size is given.
    let pixels = wanted.size.map { $0.height * $0.width }
    let channels = wanted.channels ?? pixels.map { max(lengths[1] / $0, 1) } ?? 1
    guard lengths[1] % channels == 0, pixels == nil || pixels == lengths[1] / channels else {
      throw refuse(
        "[examples, \(pixels.map { "\($0 * channels)" } ?? "a multiple of \(channels)")]")
    }
    return ExampleShape(
      height: wanted.size?.height ?? 1, width: wanted.size?.width ?? lengths[1] / channels,
      channels: channels)
  }
}

extension ExampleSet {
  /// Checks parts, brings them to the shape that is wanted and joins them.
  static func read(
    _ parts: (_ classCount: Int) throws -> [ExamplePart], _ path: String, folder: String,
    as wanted: WantedShape, _ execution: Execution
  ) throws -> ExampleSet {
    let classNames = try ClassNames.names(of: path, in: folder)
    let parts = try parts(classNames.count)
    let shapes = try parts.map { try $0.shape(wanted) }
    for (part, shape) in zip(parts, shapes) {
      if shape != shapes[0] {
        throw GenerativeError.sizeDiffers(
          path: part.examples.path, size: "\(shape)", first: "\(shapes[0])",
          firstPath: parts[0].examples.path)
      }
      try requireFinite(part.examples, shape: shape)
      try require(
        part.labels, fit: part.examples.shape[0], classNames: classNames, path: part.labelPath)
    }
    if parts.contains(where: { $0.labels != nil }),
      let bare = parts.first(where: { $0.labels == nil })
    {
      throw GenerativeError.unlabelled(path: path, place: "the examples in \(bare.examples.path)")
    }
    let conversion = try ShapeConversion(from: shapes[0], to: wanted)
    let arrays = try parts.map { try conversion.convert($0.examples, execution) }
    return try ExampleSet(
      ExampleStorage(arrays, exampleSize: conversion.target.count), shape: conversion.target,
      labels: parts[0].labels == nil ? nil : parts.flatMap { $0.labels! }, classNames: classNames,
      source: path
    ).requireEnough()
  }
}
