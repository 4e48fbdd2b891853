internal import FoundationEssentials
internal import TencaFormats

/// A sound file and what is known of it.
public struct Recording: Sendable, Equatable {
  /// Where the file is.
  public var path: String
  /// The path as the data set gives it: what results are listed under.
  public var name: String
  /// The class it belongs to; nil where that is not known.
  public var label: String?
  /// Everything else that is known: speaker, take, split, fold.
  public var attributes: [String: String]

  /// Makes a recording.
  public init(path: String, name: String, label: String?, attributes: [String: String] = [:]) {
    self.path = path
    self.name = name
    self.label = label
    self.attributes = attributes
  }
}

/// Labelled recordings, as people keep them: a manifest, a folder a class, or names that tell.
public struct Dataset: Sendable, Equatable {
  /// Where it came from.
  public let source: String
  /// The recordings, in a fixed order.
  public var recordings: [Recording]

  /// Makes a data set of recordings already known.
  public init(source: String, recordings: [Recording]) {
    self.source = source
    self.recordings = recordings
  }

  /// Reads a data set.
  ///
  /// - Parameters:
  ///   - path: A CSV file with the columns `path` and `label` and any others (paths are relative to
  ///     it); a folder that holds a `manifest.csv`; a folder with one folder a class; or, with
  ///     `pattern`, a folder of files whose names carry labels.
  ///   - pattern: How labels are read from names.
  ///   - labelColumn: The manifest's column of labels; of transcripts, `text`.
  /// - Throws: ``RecognitionError``, `FormatError`.
  public init(
    path: String, pattern: FileNamePattern? = nil, labelColumn: String = "label"
  ) throws {
    source = path
    guard FileManager.default.fileExists(atPath: path) else {
      throw RecognitionError.missing(path: path)
    }
    guard SoundFiles.isFolder(path) else {
      recordings = try Self.readManifest(path, labelColumn)
      return
    }
    if let pattern {
      recordings = try SoundFiles.find(in: path).map { file in
        var fields = try pattern.fields(of: file)
        let label = fields.removeValue(forKey: "label")
        return Recording(path: "\(path)/\(file)", name: file, label: label, attributes: fields)
      }
    } else if FileManager.default.fileExists(atPath: "\(path)/manifest.csv") {
      recordings = try Self.readManifest("\(path)/manifest.csv", labelColumn)
    } else {
      recordings = try Self.readFolders(path)
    }
  }

  private static func readFolders(_ folder: String) throws -> [Recording] {
    let recordings = try SoundFiles.find(in: folder).map { file in
      let parts = file.split(separator: "/")
      return Recording(
        path: "\(folder)/\(file)", name: file, label: parts.count > 1 ? String(parts[0]) : nil)
    }
    if recordings.contains(where: { $0.label == nil }) {
      throw RecognitionError.unlabelled(path: folder)
    }
    return recordings
  }

  private static func readManifest(
    _ path: String, _ labelColumn: String
  ) throws -> [Recording] {
    let table = try CSVTable(path: path)
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    for needed in ["path", labelColumn] where !table.columns.contains(needed) {
      throw RecognitionError.missingColumn(
        path: path, column: needed, present: table.columns)
    }
    return try table.rows.enumerated().map { index, row in
      var fields = Dictionary(
        uniqueKeysWithValues: zip(table.columns, row.map { String($0) }))
      let name = fields.removeValue(forKey: "path") ?? ""
      let label = fields.removeValue(forKey: labelColumn) ?? ""
      // Row 1 is the header.
      if name.isEmpty {
        throw RecognitionError.emptyCell(path: path, row: index + 2, column: "path")
      }
      if label.isEmpty {
        throw RecognitionError.emptyCell(path: path, row: index + 2, column: labelColumn)
      }
      return Recording(
        path: name.hasPrefix("/") ? name : "\(folder)/\(name)", name: name, label: label,
        attributes: fields)
    }
  }

  /// The classes, in alphabetical order.
  public var labels: [String] { Set(recordings.compactMap(\.label)).sorted() }

  /// The values of a column, in alphabetical order; where all are numbers, by their size.
  ///
  /// - Throws: ``RecognitionError/missingColumn(path:column:present:)``.
  public func values(of column: String) throws -> [String] {
    let values = recordings.compactMap { value(column, of: $0) }
    guard values.count == recordings.count else {
      throw RecognitionError.missingColumn(path: source, column: column, present: columnNames)
    }
    let different = Set(values)
    let numbers = different.compactMap { text in
      Double(text).flatMap { $0.isFinite ? (size: $0, text: text) : nil }
    }
    if numbers.count < different.count { return different.sorted() }
    return numbers.sorted(by: <).map(\.text)
  }

  /// The recordings with `value` in `column`.
  ///
  /// - Throws: ``RecognitionError/missingColumn(path:column:present:)``,
  ///   ``RecognitionError/unknownValue(column:value:present:)``.
  public func filtered(column: String, value wanted: String) throws -> Dataset {
    let present = try values(of: column)
    guard present.contains(wanted) else {
      throw RecognitionError.unknownValue(column: column, value: wanted, present: present)
    }
    return Dataset(
      source: source, recordings: recordings.filter { value(column, of: $0) == wanted })
  }

  /// The names of all columns but the path.
  public var columnNames: [String] {
    ["label"] + (recordings.first?.attributes.keys.sorted() ?? [])
  }

  func value(_ column: String, of recording: Recording) -> String? {
    column == "label" ? recording.label : recording.attributes[column]
  }
}
