import ArgumentParser
internal import TencaPlot

/// A file format for features.
enum FeatureFormat: String, ExpressibleByArgument, CaseIterable {
  case npy, npz, csv, htk, ark, png, svg, pdf

  /// Whether one file holds the features of many sounds.
  var holdsMany: Bool { self == .npz || self == .ark }

  /// The same format as pictures know it; nil for numbers.
  var picture: PictureFormat? { PictureFormat(rawValue: rawValue) }

  /// The format that a path's extension names.
  init?(path: String) {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
    self.init(rawValue: name[name.index(after: dot)...].lowercased())
  }
}
