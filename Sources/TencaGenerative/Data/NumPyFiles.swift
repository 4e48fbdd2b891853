internal import TencaFormats

/// Examples in NPY and NPZ files.
enum NumPyFiles {
  /// What arrays of examples are called.
  private static let exampleNames = ["images", "x", "data"]
  /// What arrays of labels are called.
  private static let labelNames = ["labels", "y", "target", "targets", "label"]

  /// Reads an NPY file, with labels beside it where its name says so.
  static func parts(npy path: String, _ split: ExampleSplit) -> (Int) throws -> [ExamplePart] {
    { classCount in
      try IDXFiles.requireSingle(path, split)
      let labels = try IDXFiles.labelFile(of: path).map { try NPY.open(path: $0) }
      return [try ExamplePart(NPY.open(path: path), labels: labels, classCount: classCount)]
    }
  }

  /// Reads the parts of an NPZ file that a split asks for.
  static func parts(npz path: String, _ split: ExampleSplit) -> (Int) throws -> [ExamplePart] {
    { classCount in
      let arrays = try NPZ.open(path: path)
      func find(_ names: [String], _ part: ExampleSplit?) -> StoredArray? {
        let words = part?.words ?? [""]
        let spellings = names.flatMap { name in
          words.flatMap { $0.isEmpty ? [name] : ["\(name)_\($0)", "\($0)_\(name)"] }
        }
        return arrays.first { spellings.contains($0.name.lowercased()) }?.array
      }
      let present = ExampleSplit.all.parts.filter { find(exampleNames, $0) != nil }
      guard present.isEmpty else {
        let wanted = split.parts.filter(present.contains)
        guard !wanted.isEmpty else {
          throw GenerativeError.noSuchSplit(
            path: path, split: split.rawValue, present: present.map(\.rawValue))
        }
        return try wanted.map { part in
          try ExamplePart(
            find(exampleNames, part)!, labels: find(labelNames, part), classCount: classCount)
        }
      }
      try IDXFiles.requireSingle(path, split)
      // A single array needs no name.
      guard let examples = find(exampleNames, nil) ?? (arrays.count == 1 ? arrays[0].array : nil)
      else {
        throw GenerativeError.noExamples(
          path: path,
          wanted: "an array called images, x or data, or x_train and so on; its arrays are "
            + (arrays.isEmpty ? "none" : arrays.map(\.name).joined(separator: ", ")))
      }
      return [
        try ExamplePart(examples, labels: find(labelNames, nil), classCount: classCount)
      ]
    }
  }
}
