internal import FoundationEssentials
internal import TencaFormats

/// The files of MNIST and of the sets that are named as it is.
struct IDXFiles {
  private let folder: String
  /// The file of examples of each part that is there.
  private let images: [ExampleSplit: String]

  /// The files in a folder, nil where none has such a name.
  init?(folder: String) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    var images: [ExampleSplit: String] = [:]
    for part in ExampleSplit.all.parts {
      // Sorted, a plain file comes before the same one compressed, and stays mapped.
      images[part] = names.first { name in
        let words = name.lowercased().split(separator: "-")
        return words.count >= 2 && part.words.contains(String(words[0]))
          && words[1].hasPrefix("images") && name.lowercased().contains("idx")
      }
    }
    if images.isEmpty { return nil }
    (self.folder, self.images) = (folder, images)
  }

  /// Reads the parts that a split asks for.
  func parts(_ split: ExampleSplit) -> (Int) throws -> [ExamplePart] {
    { classCount in
      let present = ExampleSplit.all.parts.filter { images[$0] != nil }
      let wanted = split.parts.filter { images[$0] != nil }
      guard !wanted.isEmpty else {
        throw GenerativeError.noSuchSplit(
          path: folder, split: split.rawValue, present: present.map(\.rawValue))
      }
      return try wanted.map { try Self.part("\(folder)/\(images[$0]!)", classCount) }
    }
  }

  /// Reads a single file.
  static func parts(file path: String, _ split: ExampleSplit) -> (Int) throws -> [ExamplePart] {
    { classCount in
      try requireSingle(path, split)
      return [try part(path, classCount)]
    }
  }

  /// - Throws: ``GenerativeError/noSuchSplit(path:split:present:)`` where a file without parts is asked
  ///   for one that it is not called: training and testing on the same would go unnoticed.
  static func requireSingle(_ path: String, _ split: ExampleSplit) throws {
    let name = path.split(separator: "/").last ?? ""
    let word = name.prefix { $0.isLetter || $0.isNumber }
    guard split == .all || split == .train || ExampleSplit(word: String(word)) == split else {
      throw GenerativeError.noSuchSplit(path: path, split: split.rawValue, present: [])
    }
  }

  private static func part(_ path: String, _ classCount: Int) throws -> ExamplePart {
    let labels = labelFile(of: path)
    return try ExamplePart(
      IDX.read(path: path), labels: labels.map { try IDX.read(path: $0) }, classCount: classCount)
  }

  /// The file of labels that belongs to a file of examples by its name, nil where there is none.
  static func labelFile(of path: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let name = String(parts[parts.count - 1])
    guard name.contains("images") else { return nil }
    let renamed = name.replacing("images", with: "labels")
      .replacing("idx3", with: "idx1").replacing("idx4", with: "idx1")
    // Either of the two files may be compressed and the other not.
    let plain = renamed.hasSuffix(".gz") ? String(renamed.dropLast(3)) : renamed
    return [renamed, plain, plain + ".gz"].map { ExampleSet.folder(of: path) + "/" + $0 }
      .first { FileManager.default.fileExists(atPath: $0) }
  }
}
