import ArgumentParser
internal import TencaRecognition

/// Where features go.
enum FeatureDestination: Equatable {
  /// Standard output.
  case standardOutput(FeatureFormat)
  /// One file of one sound; with `--channel each`, one a channel.
  case file(path: String, FeatureFormat)
  /// One file of all sounds.
  case container(path: String, FeatureFormat)
  /// A folder with one file a sound, laid out as the inputs are.
  case folder(path: String, FeatureFormat)

  /// Decides by what was asked for.
  ///
  /// - Parameters:
  ///   - output: The argument of `-o`; nil and `-` are standard output.
  ///   - format: The argument of `--format`.
  ///   - isSingle: Whether there is one input, not a folder.
  /// - Throws: `ValidationError` where the inputs do not fit into the output.
  init(output: String?, format: FeatureFormat?, isSingle: Bool) throws {
    guard let output, output != "-" else {
      self = .standardOutput(format ?? .csv)
      if isSingle || format == .ark { return }
      throw ValidationError(
        "standard output takes one sound. For more, give a folder with -o, or --format ark.")
    }
    let isFolder = output.hasSuffix("/") || SoundFiles.isFolder(output)
    if !isFolder, let named = FeatureFormat(path: output) {
      self = try Self.file(output, format: named, asked: format, isSingle: isSingle)
      return
    }
    let format = format ?? .npy
    let path = output.hasSuffix("/") ? String(output.dropLast()) : output
    if format.holdsMany {
      throw ValidationError(
        "--format \(format.rawValue) makes one file: give -o a name with .\(format.rawValue).")
    }
    if !isFolder, isSingle, path.split(separator: "/").last?.contains(".") == true {
      throw ValidationError(
        "the extension of \(output) is none of "
          + FeatureFormat.allCases.map { "." + $0.rawValue }.joined(separator: ", ")
          + ". For a folder, end the name with /.")
    }
    self = .folder(path: path, format)
  }

  private static func file(
    _ path: String, format: FeatureFormat, asked: FeatureFormat?, isSingle: Bool
  ) throws -> Self {
    if let asked, asked != format {
      throw ValidationError("--format \(asked.rawValue) contradicts the extension of \(path).")
    }
    if format.holdsMany { return .container(path: path, format) }
    if isSingle { return .file(path: path, format) }
    throw ValidationError(
      "\(path) takes one sound. For more, give a folder, or an .npz or .ark file.")
  }

  /// Checks that there can be files at all.
  ///
  /// - Throws: ``CommandError/unwritable(path:reason:)``.
  func checkWritable() throws {
    switch self {
    case .standardOutput: return
    case .file(let path, _), .container(let path, _): try OutputPath.check(path)
    case .folder(let path, _): try OutputPath.checkFolder(path, for: path)
    }
  }
}
