import TencaFormats
import Testing

@Suite("Features of many sounds")
struct FeatureBatchTests {
  private func tree() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.writeTone(300, to: "in/a.wav")
    try folder.writeTone(500, to: "in/deep/er/b.wav")
    try folder.writeTone(700, to: "in/deep/c.flac")
    try folder.write("words", to: "in/notes.txt")
    return folder
  }

  @Test("A folder's tree is kept", arguments: ["npy", "csv", "htk", "svg"])
  func tree(format: String) throws {
    let folder = try tree()
    let before = folder.files
    let run = try Program.run(
      ["features", "mel", "in", "-o", "out", "--format", format], in: folder)
    #expect(run.status == 0 && run.output == "" && run.errors == "")
    #expect(
      folder.files
        == before + ["out/a.\(format)", "out/deep/c.\(format)", "out/deep/er/b.\(format)"])
    // A picture's title has the name in the tree; numbers are what a file alone gives.
    if format == "svg" { return }
    try Program.run(["features", "mel", "in/deep/er/b.wav", "-o", "b.\(format)"], in: folder)
    #expect(folder.bytes("b.\(format)") == folder.bytes("out/deep/er/b.\(format)"))
  }

  @Test("Containers hold all sounds by name, in order")
  func containers() throws {
    let folder = try tree()
    #expect(try Program.run(["features", "mfcc", "in/", "-o", "all.npz"], in: folder).status == 0)
    let archive = try NPZ.read(path: folder.path + "/all.npz")
    #expect(archive.map(\.name) == ["a", "deep/c", "deep/er/b"])
    #expect(
      try Program.run(
        ["features", "mfcc", "in/deep/c.flac", "in/a.wav", "-o", "two.ark"], in: folder
      ).status == 0)
    #expect(try KaldiArchive.read(path: folder.path + "/two.ark").map(\.key) == ["c", "a"])
    let printed = try Program.run(
      ["features", "mfcc", "in", "--format", "ark", "-o", "-"], in: folder)
    #expect(printed.status == 0)
    try folder.write(printed.outputBytes, to: "printed.ark")
    let entries = try KaldiArchive.read(path: folder.path + "/printed.ark")
    #expect(entries.map(\.key) == ["a", "deep/c", "deep/er/b"])
    for (entry, member) in zip(entries, archive) {
      #expect(entry.array == member.array, "\(entry.key)")
    }
  }

  @Test(
    "One thread and several write the same bytes",
    arguments: [["-o", "out/"], ["-o", "out/", "--format", "png"], ["-o", "all.npz"]])
  func threads(output: [String]) throws {
    var results: [[String: [UInt8]]] = []
    for threads in ["1", "2", "5"] {
      let folder = try TemporaryFolder()
      for index in 0..<23 { try folder.writeTone(200 + 50 * Double(index), to: "in/\(index).wav") }
      let run = try Program.run(
        ["features", "mfcc", "in", "--threads", threads] + output, in: folder)
      #expect(run.status == 0)
      results.append(
        Dictionary(uniqueKeysWithValues: folder.files.map { ($0, folder.bytes($0)) }))
    }
    #expect(results[0].count >= 24)
    #expect(results[0] == results[1] && results[1] == results[2])
  }

  @Test("Standard input is a sound like any other")
  func standardInput() throws {
    let folder = try tree()
    let sound = folder.bytes("in/a.wav")
    try Program.run(["features", "mfcc", "in/a.wav", "-o", "a.npy"], in: folder)
    for output in [["-o", "piped.npy"], ["--format", "npy"]] {
      let run = try Program.run(["features", "mfcc", "-"] + output, in: folder, input: sound)
      #expect(run.status == 0 && run.errors == "")
      let bytes = output[0] == "-o" ? folder.bytes("piped.npy") : run.outputBytes
      #expect(bytes == folder.bytes("a.npy"))
    }
    // A true pipe, which cannot be wound back.
    let piped = try Program.shell(
      "cat in/a.wav | tenca features mfcc - --format npy | cat", in: folder)
    #expect(piped.outputBytes == folder.bytes("a.npy"))
    let twice = try Program.run(["features", "mfcc", "-", "-", "-o", "x.npz"], in: folder)
    #expect(twice.status == 64 && twice.errors.contains("standard input can be read once"))
  }

  @Test("A batch goes on past bad files, lists them all at the end, and exits 1")
  func failures() throws {
    let folder = try tree()
    try folder.write("this is not sound", to: "in/bad.wav")
    try folder.write("", to: "in/deep/empty.wav")
    for (output, made) in [
      ("out/", ["out/a.npy", "out/deep/c.npy", "out/deep/er/b.npy"]), ("all.npz", ["all.npz"]),
      ("all.ark", ["all.ark"]),
    ] {
      let before = folder.files
      let run = try Program.run(
        ["features", "mel", "in", "missing.wav", "-o", output], in: folder)
      #expect(run.status == 1)
      #expect(run.errors.hasPrefix("3 of 6 failed:\n"))
      for name in ["in/bad.wav", "in/deep/empty.wav", "missing.wav"] {
        #expect(run.errors.contains("  \(name): "), "\(name) is not listed")
      }
      #expect(Set(folder.files).subtracting(before) == Set(made))
    }
    #expect(try NPZ.read(path: folder.path + "/all.npz").count == 3)
  }

  @Test("Where everything fails there is no output at all", arguments: ["out/", "a.npz", "a.ark"])
  func nothingLeft(output: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("this is not sound", to: "bad.wav")
    let run = try Program.run(["features", "mel", "bad.wav", "-o", output], in: folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("bad.wav"))
    #expect(folder.files == ["bad.wav"])
  }

  @Test("A folder without sound is a failure among others")
  func emptyFolder() throws {
    let folder = try tree()
    try folder.write("words", to: "text/notes.txt")
    let alone = try Program.run(["features", "mel", "text"], in: folder)
    #expect(alone.status == 1)
    #expect(alone.errors.contains("text: no sound file in this folder"))
    #expect(alone.errors.contains("wav, flac"))
    let run = try Program.run(["features", "mel", "text", "in", "-o", "out/"], in: folder)
    #expect(run.status == 1)
    #expect(run.errors.hasPrefix("1 of 4 failed:\n"))
    #expect(folder.bytes("out/a.npy").count > 0)
  }

  @Test("Two sounds that would be written to one place are refused beforehand")
  func collisions() throws {
    let folder = try tree()
    try folder.writeTone(900, to: "in/a.flac")
    let before = folder.files
    for output in ["out/", "all.npz", "all.ark"] {
      let run = try Program.run(["features", "mel", "in", "-o", output], in: folder)
      #expect(run.status == 1)
      #expect(run.errors.contains("in/a.flac and in/a.wav would both be written as 'a'"))
      #expect(folder.files == before)
    }
  }
}
