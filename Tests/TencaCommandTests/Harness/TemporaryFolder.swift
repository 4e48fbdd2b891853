import FoundationEssentials
import TencaAudio

/// A folder that is there while a test runs, and a place beside it for standard streams.
final class TemporaryFolder {
  let path: String
  let streams: String

  init() throws {
    let name = "tenca-\(UInt64.random(in: 0...UInt64.max))"
    path = FileManager.default.temporaryDirectory.path + "/" + name
    streams = path + "-streams"
    for folder in [path, streams] {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
  }

  private var protected: [String] = []

  deinit {
    for name in protected {
      try? FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: "\(path)/\(name)")
    }
    try? FileManager.default.removeItem(atPath: path)
    try? FileManager.default.removeItem(atPath: streams)
  }

  /// All files in the folder and below it, hidden ones too.
  var files: [String] {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? []
    return names.filter { name in
      var isFolder = false
      _ = FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
      return !isFolder
    }.sorted()
  }

  /// The bytes of a file; empty where there is none.
  func bytes(_ name: String) -> [UInt8] {
    FileManager.default.contents(atPath: "\(path)/\(name)").map { Array($0) } ?? []
  }

  /// The text of a file; empty where there is none.
  func text(_ name: String) -> String { String(decoding: bytes(name), as: UTF8.self) }

  /// How many files lie in a folder.
  func count(in name: String) -> Int {
    (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(name)").count) ?? 0
  }

  /// The text of a file anywhere.
  func text(at path: String) -> String {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Takes or gives permissions; they are given back before the folder is removed.
  func protect(_ name: String, mode: Int) throws {
    try FileManager.default.setAttributes(
      [.posixPermissions: mode], ofItemAtPath: "\(path)/\(name)")
    protected.append(name)
  }

  /// Writes a file, making the folders on the way.
  func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
    try Data(Array(bytes)).write(to: URL(filePath: try place(name)))
  }

  /// Writes a text file.
  func write(_ text: String, to name: String) throws { try write(text.utf8, to: name) }

  /// Writes a sound: a tone in seeded noise.
  func writeTone(
    _ hertz: Double, to name: String, seconds: Double = 0.3, rate: Int = 8000, seed: Int = 1
  ) throws {
    let samples = Tone.samples(hertz, count: Int(seconds * Double(rate)), rate: rate, seed: seed)
    try SoundWriter.write(
      [Waveform(samples: samples, sampleRate: rate)], to: try place(name))
  }

  /// Three classes of tones, one folder a class.
  func writeTones(takes: Range<Int>, in folder: String = "tones") throws {
    for (label, hertz) in Tone.classes {
      for take in takes {
        try writeTone(
          hertz * (1 + 0.01 * Double(take % 3)), to: "\(folder)/\(label)/\(take).wav",
          seed: take * 31 + label.utf8.count)
      }
    }
  }

  func writeStream(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: URL(filePath: "\(streams)/\(name)"))
  }

  func stream(_ name: String) -> [UInt8] {
    FileManager.default.contents(atPath: "\(streams)/\(name)").map { Array($0) } ?? []
  }

  private func place(_ name: String) throws -> String {
    let file = "\(path)/\(name)"
    try FileManager.default.createDirectory(
      atPath: String(file[..<file.lastIndex(of: "/")!]), withIntermediateDirectories: true)
    return file
  }
}
