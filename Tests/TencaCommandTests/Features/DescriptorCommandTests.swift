import TencaAudio
import TencaFormats
import TencaNumerics
import Testing

@Suite("Descriptors")
struct DescriptorCommandTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.writeTone(440, to: "a.wav", seconds: 0.5)
    try folder.writeTone(900, to: "b.wav", seconds: 0.5)
    return folder
  }

  private func expected(
    _ name: String, in folder: TemporaryFolder, _ descriptors: [Descriptor] = Descriptor.allCases
  ) throws -> FeatureMatrix {
    var options = DescriptorOptions()
    options.descriptors = descriptors
    let sound = try Waveform.read(path: "\(folder.path)/\(name)")
    return try DescriptorExtractor(options, sampleRate: sound.sampleRate).extract(sound)
  }

  @Test("A table is what the library computes")
  func table() throws {
    let folder = try folder()
    let features = try expected("a.wav", in: folder)
    let run = try Program.run(["features", "descriptors", "a.wav", "--csv"], in: folder)
    #expect(run.status == 0 && run.errors == "")
    let table = try run.table()
    #expect(table.columns == ["time"] + features.columnNames)
    #expect(
      try table.matrix(Array(table.columns.dropFirst())).converted() == features.values)
    // The default is the same.
    #expect(
      try Program.run(["features", "descriptors", "a.wav"], in: folder).output == run.output)
  }

  @Test("Files of many sounds", arguments: ["npz", "ark"])
  func files(format: String) throws {
    let folder = try folder()
    let run = try Program.run(
      ["features", "descriptors", ".", "-o", "all.\(format)", "--only", "rms,centroid"],
      in: folder)
    #expect(run.status == 0)
    let features = try expected("b.wav", in: folder, [.rms, .centroid])
    let path = "\(folder.path)/all.\(format)"
    let found =
      format == "npz"
      ? try NPZ.read(path: path).first { $0.name == "b" }?.array.asFloat
      : try KaldiArchive.read(path: path).first { $0.key == "b" }?.array.asFloat
    #expect(found == features.values)
  }

  @Test("JSON has every frame of every sound")
  func json() throws {
    let folder = try folder()
    let run = try Program.run(
      ["features", "descriptors", "a.wav", "b.wav", "--only", "centroid", "--json"], in: folder)
    #expect(run.status == 0)
    let json = try JSON(run.output)
    #expect(json.list.map { $0["sound"]?.text } == ["a.wav", "b.wav"])
    let features = try expected("b.wav", in: folder, [.centroid])
    #expect(json[1]?["columns"]?.texts == ["centroid"])
    #expect(json[1]?["times"]?.list.count == features.frameCount)
    #expect(json[1]?["rows"]?[2]?.numbers.map(Float.init) == [features.values[2, 0]])
  }

  @Test("A summary is a row a sound")
  func summary() throws {
    let folder = try folder()
    let arguments = ["features", "descriptors", "a.wav", "b.wav", "--summary"]
    let table = try Program.run(arguments + ["--csv"], in: folder).table()
    #expect(table.columns.prefix(4) == ["sound", "frames", "centroid mean", "centroid deviation"])
    let summaries = try expected("b.wav", in: folder).summaries
    let means = try table.matrix(["centroid mean", "rms maximum"])
    #expect(abs(means[1, 0] / summaries[0].mean - 1) < 1e-6)
    let json = try JSON(try Program.run(arguments + ["--json"], in: folder).output)
    #expect(json[1]?["descriptors"]?[0]?["mean"]?.number == summaries[0].mean)
    let text = try Program.run(arguments, in: folder)
    #expect(text.output.contains("a.wav: 8 frames"))
    #expect(text.output.contains("descriptor"))
  }

  @Test("Pictures", arguments: [["--picture", "a.png"], ["-o", "a.svg"]])
  func picture(arguments: [String]) throws {
    let folder = try folder()
    let run = try Program.run(["features", "descriptors", "a.wav"] + arguments, in: folder)
    #expect(run.status == 0 && run.output == "" && run.errors == "")
    #expect(folder.files == (["a.wav", "b.wav"] + [arguments[1]]).sorted())
  }

  @Test("A bad sound does not stop the others")
  func badSound() throws {
    let folder = try folder()
    try folder.write("no sound", to: "c.wav")
    for arguments in [["--summary"], ["--json"], ["-o", "all.npz"]] {
      let run = try Program.run(
        ["features", "descriptors", "a.wav", "c.wav", "b.wav"] + arguments, in: folder)
      #expect(run.status == 1)
      #expect(run.errors.contains("1 of 3 failed:"))
      #expect(run.errors.contains("c.wav"))
    }
    let wrong = try Program.run(
      ["features", "descriptors", "a.wav", "--contrast-octaves", "6"], in: folder)
    #expect(wrong.status == 1)
    #expect(wrong.errors.contains("option contrast-octaves: 6 is not possible: between 1 and 5"))
  }

  @Test(
    "What contradicts itself is a usage error",
    arguments: [
      ["--only", "colour"], ["--summary", "-o", "a.csv"], ["--summary", "--picture", "a.png"],
      ["--json", "-o", "a.csv"], ["--csv", "--json"], ["--csv", "--format", "npy"],
      ["b.wav", "--picture", "a.png"], ["--picture", "a.png", "--channel", "each"],
    ])
  func usage(arguments: [String]) throws {
    let folder = try folder()
    let run = try Program.run(["features", "descriptors", "a.wav"] + arguments, in: folder)
    #expect(run.status == 64)
    #expect(folder.files == ["a.wav", "b.wav"])
  }
}
