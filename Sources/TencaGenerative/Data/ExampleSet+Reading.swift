internal import FoundationEssentials
internal import TencaFormats
public import TencaNumerics

extension ExampleSet {
  /// Reads a data set.
  ///
  /// Understood are
  /// - a folder with files named as MNIST's and Fashion-MNIST's are (`train-images-idx3-ubyte`,
  ///   `train-labels-idx1-ubyte`, `t10k-…` or `test-…`, `val-…`), plain or `.gz`;
  /// - a single IDX or NPY file of examples × height × width, with channels behind them or not, or
  ///   of examples × numbers; with labels beside it where its name has "images" in it and a file of
  ///   the same name with "labels" is there;
  /// - an NPZ file with arrays `images`, `x` or `data` and `labels`, `y` or `target`, for parts with
  ///   their name before or behind (`x_train`, `test_labels`);
  /// - a folder of PNG and JPEG pictures: one folder a class, or none, the whole within folders
  ///   called train and test, or not;
  /// - a CSV file, or a folder with a `manifest.csv`, with the column `path` (relative to it) and, if
  ///   known, `label` and `split`; or one that lists IDX files by `path`, `labels` and `split`.
  ///
  /// The names of classes in pictures are those of folders or labels, in alphabetical order. Array
  /// files count their classes; see ``classNames``: a `classes.txt` beside them names them, one a
  /// line, also where folders or manifests do. Without one they are Fashion-MNIST's where the path
  /// has "fashion" in it, else "0" to "9".
  ///
  /// Where sizes differ, areas are averaged as a side shrinks and interpolated linearly as it grows,
  /// on the values as encoded; sides are stretched independently. What is transparent lies on white.
  /// A picture that cannot be read does not stop the others: it is listed in ``failures``.
  ///
  /// - Parameters:
  ///   - path: The file or folder.
  ///   - split: The part wanted. A data set that knows no parts is all ``ExampleSplit/train``.
  ///   - size: The rows and columns that all examples are brought to; by default their own, which
  ///     must be the same. Rows of numbers (examples × numbers) are cut into pictures of that size.
  ///   - channels: 1 for grey, 3 for colour; by default what is there, colour where pictures are
  ///     mixed.
  ///   - execution: Pictures are read on its threads.
  /// - Throws: ``GenerativeError``, `FormatError`, `CancellationError`.
  /// - Complexity: O(numbers). Plain IDX and NPY files, and NPZ files that are not compressed, stay on
  ///   disk; of others a byte stays a byte in memory.
  public static func read(
    _ path: String, split: ExampleSplit = .all, size: (height: Int, width: Int)? = nil,
    channels: Int? = nil, execution: Execution = .serial
  ) throws -> ExampleSet {
    let wanted = try WantedShape(size: size, channels: channels)
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw GenerativeError.missing(path: path)
    }
    if isFolder {
      if let files = try IDXFiles(folder: path) {
        return try read(files.parts(split), path, folder: path, as: wanted, execution)
      }
      let manifest = "\(path)/manifest.csv"
      let files =
        try FileManager.default.fileExists(atPath: manifest)
        ? PictureFiles(manifest: manifest) : PictureFiles(folder: path)
      return try read(files, split, as: wanted, execution)
    }
    let folder = folder(of: path)
    switch try ExampleFileKind(path: path) {
    case .idx:
      return try read(
        IDXFiles.parts(file: path, split), path, folder: folder, as: wanted, execution)
    case .npy:
      return try read(
        NumPyFiles.parts(npy: path, split), path, folder: folder, as: wanted, execution)
    case .npz:
      return try read(
        NumPyFiles.parts(npz: path, split), path, folder: folder, as: wanted, execution)
    case .manifest:
      if let files = try IDXFiles(manifest: path) {
        return try read(files.parts(split), path, folder: folder, as: wanted, execution)
      }
      return try read(PictureFiles(manifest: path), split, as: wanted, execution)
    case .other(let name):
      throw GenerativeError.noExamples(
        path: path,
        wanted: "an IDX, NPY or NPZ file, a CSV manifest or a folder of pictures, not \(name)")
    }
  }

  /// The folder that a file lies in.
  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  }
}

/// The size and channels that a caller asks for.
struct WantedShape: Sendable {
  var size: (height: Int, width: Int)?
  var channels: Int?

  init(size: (height: Int, width: Int)?, channels: Int?) throws {
    if let size {
      try GenerativeError.require(
        size.height >= 1 && size.width >= 1, "size", "\(size.height) × \(size.width)",
        "at least 1 × 1")
    }
    if let channels {
      try GenerativeError.require(channels >= 1, "channels", channels, "at least 1")
    }
    (self.size, self.channels) = (size, channels)
  }
}

/// What a file is, by its first bytes, a manifest by its name.
private enum ExampleFileKind {
  case idx, npy, npz, manifest
  case other(String)

  init(path: String) throws {
    let first = try FileBytes(path: path).withBytes { $0.withUnsafeBytes { Array($0.prefix(2)) } }
    let name = path.split(separator: "/").last?.lowercased() ?? ""
    switch first {
    case [0x93, 0x4E]: self = .npy
    case [0x50, 0x4B]: self = .npz
    case [0, 0], [0x1F, 0x8B]: self = .idx
    case [0x89, 0x50], [0xFF, 0xD8]: self = .other("a single picture")
    case _ where name.hasSuffix(".csv"): self = .manifest
    // A file that should be one is read as one, to say at which byte it is not.
    case _ where name.contains("idx"): self = .idx
    default: self = .other("a file of another kind")
    }
  }
}
