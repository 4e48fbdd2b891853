internal import FoundationEssentials
internal import TencaFormats

/// The files of MNIST and of the sets that are named as it is.
struct IDXFiles {
  /// A file of examples and the one of their labels, if there is one.
  private struct Pair {
    var examples: String
    var labels: String?
  }

  private let source: String
  /// The files of each part that is there.
  private let pairs: [ExampleSplit: Pair]

  /// The files in a folder, nil where none has such a name.
  init?(folder: String) throws {
    let names = try FolderListing.names(in: folder)
    var pairs: [ExampleSplit: Pair] = [:]
    for part in ExampleSplit.all.parts {
      // Sorted, a plain file comes before the same one compressed, and stays mapped.
      let name = names.first { name in
        let words = name.lowercased().split(separator: "-")
        return words.count >= 2 && part.words.contains(String(words[0]))
          && words[1].hasPrefix("images") && name.lowercased().contains("idx")
      }
      guard let name else { continue }
      let path = "\(folder)/\(name)"
      pairs[part] = Pair(examples: path, labels: Self.labelFile(of: path))
    }
    if pairs.isEmpty { return nil }
    (source, self.pairs) = (folder, pairs)
  }

  /// The files that a CSV file lists in its columns `path`, `labels` and `split`, as those of the
  /// corpora do; nil for one without the column `labels`, which lists pictures.
  init?(manifest path: String) throws {
    let table = try CSVTable(path: path)
    guard table.columns.contains("labels") else { return nil }
    let columns = try ["path", "labels", "split"].map(table.column)
    let folder = ExampleSet.folder(of: path)
    var pairs: [ExampleSplit: Pair] = [:]
    for row in table.rows.indices {
      let (examples, labels) = (columns[0][row], columns[1][row])
      guard let part = ExampleSplit(word: columns[2][row]), pairs[part] == nil else {
        throw FormatError.badRecord(
          path: path, line: table.lines[row],
          problem: "the split is '\(columns[2][row])', but it must be train, validation or test, "
            + "each of them once")
      }
      pairs[part] = Pair(
        examples: "\(folder)/\(examples)", labels: labels.isEmpty ? nil : "\(folder)/\(labels)")
    }
    (source, self.pairs) = (path, pairs)
  }

  /// Reads the parts that a split asks for.
  func parts(_ split: ExampleSplit) -> (Int) throws -> [ExamplePart] {
    { classCount in
      let wanted = split.parts.compactMap { pairs[$0] }
      guard !wanted.isEmpty else {
        let present = ExampleSplit.all.parts.filter { pairs[$0] != nil }
        throw GenerativeError.noSuchSplit(
          path: source, split: split.rawValue, present: present.map(\.rawValue))
      }
      return try wanted.map { try Self.part($0, classCount) }
    }
  }

  /// Reads a single file.
  static func parts(file path: String, _ split: ExampleSplit) -> (Int) throws -> [ExamplePart] {
    { classCount in
      try requireSingle(path, split)
      return [try part(Pair(examples: path, labels: labelFile(of: path)), classCount)]
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

  private static func part(_ pair: Pair, _ classCount: Int) throws -> ExamplePart {
    try ExamplePart(
      IDX.read(path: pair.examples), labels: pair.labels.map { try IDX.read(path: $0) },
      classCount: classCount)
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
