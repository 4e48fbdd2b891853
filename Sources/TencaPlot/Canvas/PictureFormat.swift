/// The file formats that pictures are written in.
public enum PictureFormat: String, CaseIterable, Sendable {
  /// Pixels, losslessly compressed.
  case png
  /// Scalable drawing for the web.
  case svg
  /// Scalable drawing for paper.
  case pdf

  /// The format that the extension of `path` names, in capitals or not.
  ///
  /// - Throws: ``PlotError/unknownFormat(path:)``.
  public init(path: String) throws {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."),
      let format = Self(rawValue: name[name.index(after: dot)...].lowercased())
    else { throw PlotError.unknownFormat(path: path) }
    self = format
  }
}
