import Glibc
import Testing

@Suite("Ctrl-C")
struct InterruptionTests {
  private let words = "Interrupted: finished files are kept, and none is half-written.\n"

  /// One sound under very many names: more work than a test lasts.
  private func longBatch(in folder: TemporaryFolder, classes: [String] = ["x"]) throws {
    try folder.writeTone(440, to: "sound.wav", seconds: 2)
    for label in classes {
      try folder.write("", to: "in/\(label)/placeholder.txt")
      for index in 0..<4000 {
        link("\(folder.path)/sound.wav", "\(folder.path)/in/\(label)/\(index).wav")
      }
    }
  }

  @Test("A long batch stops; what is finished is whole", arguments: [SIGINT, SIGTERM])
  func batch(signal: Int32) throws {
    let folder = try TemporaryFolder()
    try longBatch(in: folder)
    try Program.run(["features", "mfcc", "sound.wav", "-o", "one.npy"], in: folder)
    let whole = folder.bytes("one.npy")
    let child = try Child(
      Program.path, ["features", "mfcc", "in", "-o", "out", "--threads", "2"], folder: folder)
    // Until some files are finished.
    while folder.count(in: "out/x") < 5 { usleep(1000) }
    child.send(signal)
    let run = try child.wait()
    #expect(run.status == 128 + signal)
    #expect(run.errors == words)
    let made = folder.files.filter { $0.hasPrefix("out/") }
    #expect((1..<4000).contains(made.count))
    #expect(made.allSatisfy { $0.hasSuffix(".npy") && !$0.contains("/.") })
    #expect(made.allSatisfy { folder.bytes($0) == whole })
  }

  @Test(
    "What makes a single file leaves the old one",
    arguments: [
      ["features", "mfcc", "in", "-o", "old.npz"], ["features", "mfcc", "in", "-o", "old.ark"],
      ["train", "classifier", "in", "-o", "old.tenca"],
      ["evaluate", "--cross-validate", "3", "in", "--picture", "old.png"],
    ])
  func single(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    try longBatch(in: folder, classes: ["x", "y"])
    let name = arguments.last!
    try folder.write("old", to: name)
    let child = try Child(Program.path, arguments, folder: folder)
    try child.waitUntilItListens()
    child.send(SIGINT)
    let run = try child.wait()
    #expect(run.status == 130)
    #expect(run.errors == words)
    #expect(run.output == "")
    #expect(folder.text(name) == "old")
    #expect(folder.files.filter { !$0.hasPrefix("in/") } == [name, "sound.wav"])
  }

  @Test("One long sound stops in its middle", arguments: [[], ["--window", "0.5"]])
  func longSound(windows: [String]) throws {
    let folder = try TemporaryFolder()
    try Trained.copy(to: folder)
    // An hour of silence, and sparse on disk.
    var wav = WAV()
    wav.promised = 8000 * 3600 * 2
    try folder.write(wav.bytes, to: "hour.wav")
    truncate(folder.path + "/hour.wav", 44 + 8000 * 3600 * 2)
    let child = try Child(
      Program.path, ["classify", "model.tenca", "hour.wav"] + windows, folder: folder)
    try child.waitUntilItListens()
    child.send(SIGINT)
    let run = try child.wait()
    #expect(run.status == 130)
    #expect(run.errors == words)
    #expect(run.output == "")
  }

  @Test("Waiting for standard input ends too")
  func waiting() throws {
    let folder = try TemporaryFolder()
    let pipe = folder.path + "/pipe"
    mkfifo(pipe, 0o600)
    // Open for writing too, so that no end comes.
    let keeper = open(pipe, O_RDWR)
    defer { close(keeper) }
    let child = try Child(
      Program.path, ["features", "mfcc", "-"], folder: folder, inputPath: pipe)
    try child.waitUntilItListens()
    usleep(50_000)
    child.send(SIGINT)
    let run = try child.wait()
    #expect(run.status == 130)
    #expect(run.errors == words)
  }
}
