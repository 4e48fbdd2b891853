import ArgumentParser
internal import TencaRecognition

/// A file format for features.
enum FeatureFormat: String, ExpressibleByArgument, CaseIterable {
  case npy, npz, csv, htk, ark, png, svg, pdf

  /// Whether one file holds the features of many sounds.
  var holdsMany: Bool { self == .npz || self == .ark }
  /// Whether it is a picture.
  var isPicture: Bool { self == .png || self == .svg || self == .pdf }

  /// The format that a path's extension names.
  init?(path: String) {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
    self.init(rawValue: name[name.index(after: dot)...].lowercased())
  }
}

/// Where features go.
enum FeatureDestination: Equatable {
  /// Standard output.
  case standardOutput(FeatureFormat)
  /// One file of one sound, or of several channels of it.
  case file(path: String, FeatureFormat)
  /// One file of all sounds.
  case container(path: String, FeatureFormat)
  /// A folder with one file a sound, laid out as the inputs are.
  case folder(path: String, FeatureFormat)

  /// Decides by what was asked for.
  ///
  /// - Throws: `ValidationError` when the inputs do not fit into the output.
  init(output: String?, format: FeatureFormat?, arguments: [String], inputs: Int) throws {
    let hasFolder = arguments.contains { $0 != "-" && SoundFiles.isFolder($0) }
    let isSingle = inputs == 1 && !hasFolder
    guard let output, output != "-" else {
      let format = format ?? .csv
      guard isSingle || format == .ark else {
        throw ValidationError(
          "\(inputs) inputs do not fit into one \(format.rawValue) on standard output. Give a "
            + "folder with -o, or --format ark.")
      }
      self = .standardOutput(format)
      return
    }
    let named = FeatureFormat(path: output)
    if let named, !output.hasSuffix("/"), !SoundFiles.isFolder(output) {
      if let format, format != named {
        throw ValidationError(
          "--format \(format.rawValue) contradicts the extension of \(output).")
      }
      if named.holdsMany {
        self = .container(path: output, named)
      } else if isSingle {
        self = .file(path: output, named)
      } else {
        throw ValidationError(
          "\(inputs) inputs do not fit into \(output). Give a folder, or an .npz or .ark file.")
      }
      return
    }
    let format = format ?? .npy
    if format.holdsMany {
      throw ValidationError("give \(output) the extension .\(format.rawValue): it is one file.")
    }
    let name = output.split(separator: "/").last ?? ""
    if !SoundFiles.isFolder(output), !output.hasSuffix("/"), name.contains("."), isSingle {
      throw ValidationError(
        "\(output): the extension is none of "
          + FeatureFormat.allCases.map { "." + $0.rawValue }.joined(separator: ", ")
          + ". For a folder, end the name with /.")
    }
    self = .folder(path: output.hasSuffix("/") ? String(output.dropLast()) : output, format)
  }
}
