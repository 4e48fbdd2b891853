internal import TencaFormats

/// Pictures as people keep them: a manifest, a folder a class, or a folder.
struct PictureFiles: Sendable {
  /// A picture and what is known of it.
  struct Entry: Sendable {
    var path: String
    /// The path as the data set gives it.
    var name: String
    var label: String?
    var split: ExampleSplit?
  }

  /// Where they came from.
  let source: String
  /// The folder in which a `classes.txt` may lie.
  let folder: String
  /// The pictures in a fixed order.
  private(set) var entries: [Entry]

  /// The extensions taken for pictures when a folder is searched. A file that a manifest names is
  /// tried whatever it is called.
  static let extensions = ["png", "jpg", "jpeg"]

  /// The pictures in a folder and below it; hidden ones are left out.
  ///
  /// - Throws: ``GenerativeError/noExamples(path:wanted:)``,
  ///   ``GenerativeError/unlabelled(path:place:)``.
  init(folder: String) throws {
    (source, self.folder) = (folder, folder)
    let found = try FolderListing.paths(below: folder).filter(Self.isPicture)
    guard !found.isEmpty else {
      throw GenerativeError.noExamples(
        path: folder,
        wanted: "files called train-images-idx3-ubyte and so on, a manifest.csv, or pictures "
          + "(\(Self.extensions.joined(separator: ", ")))")
    }
    let folders = found.map { $0.split(separator: "/").dropLast().map(String.init) }
    // Folders called train and test are parts where every picture lies in one of them.
    let isParted = folders.allSatisfy { $0.first.flatMap(ExampleSplit.init(word:)) != nil }
    entries = zip(found, folders).map { name, folders in
      Entry(
        path: "\(folder)/\(name)", name: name, label: folders.dropFirst(isParted ? 1 : 0).first,
        split: isParted ? ExampleSplit(word: folders[0]) : nil)
    }
    if entries.contains(where: { $0.label != nil }),
      let bare = entries.first(where: { $0.label == nil })
    {
      throw GenerativeError.unlabelled(path: folder, place: bare.name)
    }
  }

  /// The pictures that a CSV file lists: the column `path`, relative to the file, and, if known,
  /// `label` and `split`.
  ///
  /// - Throws: `FormatError` naming the line of a part that does not exist;
  ///   ``GenerativeError/unlabelled(path:place:)`` for an empty label.
  init(manifest path: String) throws {
    let table = try CSVTable(path: path)
    let folder = ExampleSet.folder(of: path)
    (source, self.folder) = (path, folder)
    let names = try table.column("path")
    let labels = table.columns.contains("label") ? try table.column("label") : nil
    let splits = table.columns.contains("split") ? try table.column("split") : nil
    entries = try names.indices.map { row in
      func refuse(_ problem: String) -> FormatError {
        .badRecord(path: path, line: table.lines[row], problem: problem)
      }
      if names[row].isEmpty { throw refuse("the path is empty") }
      if labels?[row].isEmpty == true {
        throw GenerativeError.unlabelled(path: path, place: "line \(table.lines[row])")
      }
      let split = try splits.map { splits in
        guard let split = ExampleSplit(word: splits[row]) else {
          throw refuse(
            "the split is '\(splits[row])', but it must be train, validation or test")
        }
        return split
      }
      return Entry(
        path: names[row].hasPrefix("/") ? names[row] : "\(folder)/\(names[row])",
        name: names[row], label: labels?[row], split: split)
    }
    if entries.isEmpty { throw GenerativeError.noExamples(path: path, wanted: "one row a picture") }
  }

  /// The pictures of one part.
  ///
  /// - Throws: ``GenerativeError/noSuchSplit(path:split:present:)``.
  func entries(of split: ExampleSplit) throws -> [Entry] {
    let present = ExampleSplit.all.parts.filter { part in entries.contains { $0.split == part } }
    if split == .all || (present.isEmpty && split == .train) { return entries }
    guard present.contains(split) else {
      throw GenerativeError.noSuchSplit(
        path: source, split: split.rawValue, present: present.map(\.rawValue))
    }
    return entries.filter { $0.split == split }
  }

  /// The classes of all parts: those of a `classes.txt`, else the labels in alphabetical order, or by
  /// their size where all are whole numbers.
  ///
  /// - Throws: `FormatError`; ``GenerativeError/unknownLabel(path:example:label:classCount:)`` for a
  ///   label that `classes.txt` lacks.
  func classNames() throws -> [String] {
    let present = Set(entries.compactMap(\.label))
    if !present.isEmpty, let listed = try ClassNames.listed(in: folder) {
      if let wrong = entries.firstIndex(where: { $0.label.map(listed.contains) == false }) {
        throw GenerativeError.unknownLabel(
          path: source, example: wrong, label: entries[wrong].label!, classCount: listed.count)
      }
      return listed
    }
    let numbers = present.compactMap { text in Int(text).map { (size: $0, text: text) } }
    return numbers.count == present.count
      ? numbers.sorted { $0 < $1 }.map(\.text) : present.sorted()
  }

  private static func isPicture(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    guard !parts.contains(where: { $0.hasPrefix(".") }), let name = parts.last,
      let dot = name.lastIndex(of: ".")
    else { return false }
    return extensions.contains(name[name.index(after: dot)...].lowercased())
  }
}
