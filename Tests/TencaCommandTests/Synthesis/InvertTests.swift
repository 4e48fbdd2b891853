import TencaAudio
import TencaFormats
import TencaNumerics
import Testing

@Suite("Inverting spectrograms")
struct InvertTests {
  private static let frames = [
    "--convention", "librosa", "--fft-length", "256", "--frame-length", "256", "--hop", "64",
  ]

  @Test("What tenca features writes becomes sound again", arguments: ["spectrogram", "mel"])
  func matrix(kind: String) throws {
    let folder = try TemporaryFolder()
    try folder.writeTone(900, to: "a.wav")
    try Program.run(["features", kind, "a.wav", "-o", "a.npy"] + Self.frames, in: folder)
    let run = try Program.run(
      ["invert", "a.npy", "-o", "b.wav", "--rate", "8000", "--length", "0.3s", "--json"]
        + Self.frames + (kind == "mel" ? ["--mel"] : []), in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let report = try JSON(run.output)
    let figures = report["inconsistencies"]?.numbers ?? []
    #expect(figures.count == 33 && figures.last! < figures[0])
    let sound = try Waveform.read(path: folder.path + "/b.wav")
    #expect(sound.sampleRate == 8000 && sound.samples.count == 2400)
    #expect(sound.samples.contains { abs($0) > 0.1 })
  }

  @Test("A sound goes there and back, and is compared")
  func sound() throws {
    let folder = try TemporaryFolder()
    try folder.writeTone(900, to: "a.wav")
    let run = try Program.run(
      ["invert", "a.wav", "-o", "b.flac", "--iterations", "8"] + Self.frames, in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("8 iterations") && run.output.contains("log-spectral distance"))
    #expect(try Waveform.read(path: folder.path + "/b.flac").samples.count == 2400)
  }

  @Test("What cannot be sound is said, and nothing is written")
  func bad() throws {
    let folder = try TemporaryFolder()
    var cells = NDArray<Float>(repeating: 1, shape: [4, 129])
    cells[2, 5] = .nan
    try folder.write(NPY.encode(cells), to: "nan.npy")
    cells[2, 5] = -1
    try folder.write(NPY.encode(cells), to: "negative.npy")
    try folder.write(NPY.encode(NDArray<Float>(zeros: [4, 129])), to: "silent.npy")
    try folder.write(NPY.encode(NDArray<Float>(repeating: 1, shape: [4, 64])), to: "narrow.npy")
    for (name, words) in [
      ("nan.npy", "row 2, column 5"), ("negative.npy", "is negative"),
      ("silent.npy", "nothing is heard"), ("narrow.npy", "64 columns, 129 needed"),
    ] {
      let run = try Program.run(
        ["invert", name, "-o", "out.wav", "--rate", "8000"] + Self.frames, in: folder)
      #expect(run.status == 1 && run.errors.contains(words), "\(name): \(run.errors)")
    }
    #expect(try Program.run(["invert", "nan.npy", "-o", "out.wav"], in: folder).status == 64)
    let mels = try Program.run(
      ["invert", "nan.npy", "-o", "out.wav", "--rate", "8000", "--mels", "9"], in: folder)
    #expect(mels.status == 64 && mels.errors.contains("--mel"))
    #expect(!folder.files.contains("out.wav"))
  }
}
