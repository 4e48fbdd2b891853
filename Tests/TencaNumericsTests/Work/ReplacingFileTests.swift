import FoundationEssentials
import TencaNumerics
import Testing

/// A folder of its own for each test, removed with it.
private final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/tenca-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func contents() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  func bytes(_ name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: path + "/" + name).map { Array($0) }
  }
}

@Suite struct ReplacingFileTests {
  private struct Failure: Error {}

  @Test func writesAndReplaces() throws {
    let folder = try TemporaryFolder()
    try ReplacingFile.write([1, 2, 3], to: folder.path + "/a.bin")
    #expect(folder.bytes("a.bin") == [1, 2, 3])
    try ReplacingFile.write([9], to: folder.path + "/a.bin")
    #expect(folder.bytes("a.bin") == [9])
    #expect(try folder.contents() == ["a.bin"])
  }

  @Test func makesMissingFoldersAndKeepsTheExtension() throws {
    let folder = try TemporaryFolder()
    let seen = try ReplacingFile.write(to: folder.path + "/x/y/sound.wav") { temporary in
      #expect(FileManager.default.fileExists(atPath: temporary))
      return temporary
    }
    #expect(seen.hasSuffix("sound.wav") && seen.hasPrefix(folder.path + "/x/y/"))
    #expect(!FileManager.default.fileExists(atPath: seen))
    #expect(folder.bytes("x/y/sound.wav") == [])
  }

  @Test func keepsTheOldFileWhenWritingFails() throws {
    let folder = try TemporaryFolder()
    try ReplacingFile.write([1, 2, 3], to: folder.path + "/a.bin")
    #expect(throws: Failure.self) {
      try ReplacingFile.write(to: folder.path + "/a.bin") { temporary in
        try Data([7]).write(to: URL(filePath: temporary))
        throw Failure()
      }
    }
    #expect(folder.bytes("a.bin") == [1, 2, 3])
    #expect(try folder.contents() == ["a.bin"])
  }

  @Test func namesAPlaceThatCannotBeWritten() throws {
    let folder = try TemporaryFolder()
    // A folder in the destination's place: the rename fails, and leaves nothing behind.
    let occupied = folder.path + "/occupied"
    try FileManager.default.createDirectory(atPath: occupied, withIntermediateDirectories: true)
    try Data([1]).write(to: URL(filePath: occupied + "/inside"))
    let first = #expect(throws: ReplacingFileError.self) {
      try ReplacingFile.write([1], to: occupied)
    }
    #expect(first?.path == occupied)
    #expect(try folder.contents() == ["occupied"])
    // A file where a folder would have to be.
    try ReplacingFile.write([1], to: folder.path + "/file")
    let second = #expect(throws: ReplacingFileError.self) {
      try ReplacingFile.write([1], to: folder.path + "/file/below.bin")
    }
    #expect(second?.description.contains(folder.path + "/file") == true)
    #expect(folder.bytes("file") == [1])
  }

  @Test func keepsLinks() throws {
    let folder = try TemporaryFolder()
    try ReplacingFile.write([1], to: folder.path + "/real/file.bin")
    let link = folder.path + "/link.bin"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: folder.path + "/real/file.bin")
    try ReplacingFile.write([2], to: link)
    #expect(folder.bytes("real/file.bin") == [2])
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link).hasSuffix("file.bin"))
    #expect(try folder.contents() == ["link.bin", "real"])
  }

  @Test func writesIntoDevices() throws {
    try ReplacingFile.write([1, 2, 3], to: "/dev/null")
    let type = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type]
    #expect(type as? FileAttributeType == .typeCharacterSpecial)
    let error = #expect(throws: ReplacingFileError.self) {
      try ReplacingFile.write([1], to: "/dev/full")
    }
    #expect(error?.path == "/dev/full")
  }

  @Test func refusesAnUnwritableFolder() {
    // Nobody may make files there, not even an administrator.
    let error = #expect(throws: ReplacingFileError.self) {
      try ReplacingFile.write([1], to: "/proc/tenca.bin")
    }
    #expect(error?.path == "/proc/tenca.bin")
    #expect(error?.description.isEmpty == false)
  }
}
