import TencaAudio
import TencaFormats
import TencaNumerics
import Testing

/// What the library computes of a file: the program must write just that.
private func expected(_ path: String, kind: FeatureKind) throws -> FeatureMatrix {
  let sound = try Waveform.read(path: path)
  return try FeatureExtractor(FrontEndOptions(.kaldi, kind: kind), sampleRate: sound.sampleRate)
    .extract(sound)
}

@Suite("Files of features")
struct FeatureFilesTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.writeTone(440, to: "a.wav", seconds: 0.5)
    return folder
  }

  /// The numbers in a file of features.
  private func read(_ name: String, in folder: TemporaryFolder) throws -> NDArray<Float> {
    let path = "\(folder.path)/\(name)"
    switch name.split(separator: ".").last {
    case "npy": return try NPY.read(path: path).asFloat
    case "npz": return try #require(try NPZ.read(path: path).first { $0.name == "a" }).array.asFloat
    case "htk": return try HTKFeatureFile(path: path).frames
    case "ark": return try #require(try KaldiArchive.read(path: path).first).array.asFloat
    default:
      let table = try CSVTable(path: path)
      return try table.matrix(Array(table.columns.dropFirst())).converted()
    }
  }

  @Test(
    "Every kind in every format of numbers is what the library computes",
    arguments: FeatureKind.allCases, ["npy", "npz", "csv", "htk", "ark"])
  func numbers(kind: FeatureKind, format: String) throws {
    let folder = try folder()
    let features = try expected("\(folder.path)/a.wav", kind: kind)
    let run = try Program.run(
      ["features", kind.rawValue, "a.wav", "-o", "out/a.\(format)"], in: folder)
    #expect(run.status == 0)
    #expect(run.output == "" && run.errors == "")
    #expect(folder.files == ["a.wav", "out/a.\(format)"])
    #expect(try read("out/a.\(format)", in: folder) == features.values)
    // The same bytes come out of standard output.
    let printed = try Program.run(
      ["features", kind.rawValue, "a.wav", "--format", format], in: folder)
    #expect(printed.status == 0)
    #expect(printed.outputBytes == folder.bytes("out/a.\(format)"))
  }

  @Test(
    "Every kind becomes a picture", arguments: FeatureKind.allCases,
    [("png", [0x89, 0x50, 0x4E, 0x47]), ("svg", Array("<?xml".utf8)), ("pdf", Array("%PDF".utf8))])
  func pictures(kind: FeatureKind, format: (name: String, start: [UInt8])) throws {
    let folder = try folder()
    let run = try Program.run(
      ["features", kind.rawValue, "a.wav", "-o", "a.\(format.name)"], in: folder)
    #expect(run.status == 0 && run.errors == "")
    #expect(folder.bytes("a.\(format.name)").starts(with: format.start))
    if format.name == "svg" {
      // Axes with units, and the name of the sound.
      let text = folder.text("a.svg")
      #expect(text.contains("<svg"))
      #expect(folder.bytes("a.svg").count > 2000)
    }
  }

  @Test("A table has the middle of each frame in seconds, and names for its columns")
  func table() throws {
    let folder = try folder()
    let run = try Program.run(["features", "mfcc", "a.wav", "--deltas", "1"], in: folder)
    #expect(run.status == 0)
    let lines = run.outputLines
    #expect(lines[0].hasPrefix("time,energy,c1,c2"))
    #expect(lines[0].contains(",Δc1,"))
    #expect(lines[1].hasPrefix("0.0125,"))
    #expect(lines[2].hasPrefix("0.0225,"))
    // 0.5 s in frames of 25 ms every 10 ms.
    #expect(lines.count == 1 + 48)
    let voiced = try Program.run(["features", "mfcc", "a.wav", "--vad"], in: folder)
    #expect(voiced.outputLines[0].hasPrefix("voiced time,"))
  }

  @Test(
    "HTK files say what they hold",
    arguments: [
      (["mfcc", "--convention", "htk"], "MFCC_0"),
      (["mfcc", "--convention", "htk", "--deltas", "2"], "MFCC_D_A_0"),
      (["mfcc", "--convention", "htk", "--deltas", "1", "--normalize", "utterance"], "MFCC_D_Z_0"),
      (["mfcc"], "MFCC_E"), (["mel"], "FBANK"), (["mel", "--log", "none"], "MELSPEC"),
      (["spectrogram"], "USER"),
    ])
  func htkKinds(arguments: [String], name: String) throws {
    let folder = try folder()
    let run = try Program.run(
      ["features"] + arguments.prefix(1) + ["a.wav", "-o", "a.htk"] + arguments.dropFirst(),
      in: folder)
    #expect(run.status == 0)
    let file = try HTKFeatureFile(path: folder.path + "/a.htk")
    #expect(Set("\(file.kind)".split(separator: "_")) == Set(name.split(separator: "_")))
    #expect(file.period == 100_000)
  }

  @Test("Conventions, rates and channels change what is computed as the library says")
  func choices() throws {
    let folder = try TemporaryFolder()
    let left = Tone.samples(440, count: 8000, rate: 16000, seed: 1)
    let right = Tone.samples(1800, count: 8000, rate: 16000, seed: 2)
    try SoundWriter.write(
      [left, right].map { Waveform(samples: $0, sampleRate: 16000) },
      to: folder.path + "/stereo.wav")
    let path = folder.path + "/stereo.wav"
    for channel in [ChannelPolicy.mix, .first, .left, .right] {
      for convention in Convention.allCases {
        let options = FrontEndOptions(convention, kind: .mel)
        let run = try Program.run(
          [
            "features", "mel", "stereo.wav", "--channel", channel.rawValue, "--convention",
            convention.rawValue, "--rate", "8000", "-o", "out.npy",
          ], in: folder)
        #expect(run.status == 0)
        #expect(run.errors == "stereo.wav: resampled from 16000 to 8000 Hz\n")
        let sound = try Waveform.read(path: path, channel: channel).resampled(to: 8000)
        let features = try FeatureExtractor(options, sampleRate: 8000).extract(sound)
        #expect(
          try NPY.read(path: folder.path + "/out.npy").asFloat == features.values,
          "\(channel), \(convention)")
      }
    }
    let quiet = try Program.run(
      ["features", "mel", "stereo.wav", "--rate", "8000", "-o", "out.npy", "--quiet"], in: folder)
    #expect(quiet.status == 0 && quiet.errors == "")
  }

  @Test("Channels kept apart become files, or entries, of their own")
  func eachChannel() throws {
    let folder = try TemporaryFolder()
    let channels = [440.0, 1800].map {
      Waveform(
        samples: Tone.samples($0, count: 4000, rate: 8000, seed: Int($0)), sampleRate: 8000)
    }
    try SoundWriter.write(channels, to: folder.path + "/s.wav")
    for output in ["one.npy", "all.npz", "folder/"] {
      let run = try Program.run(
        ["features", "mfcc", "s.wav", "--channel", "each", "-o", output], in: folder)
      #expect(run.status == 0)
    }
    #expect(
      folder.files == [
        "all.npz", "folder/s-ch1.npy", "folder/s-ch2.npy", "one-ch1.npy", "one-ch2.npy", "s.wav",
      ])
    for (index, policy) in [ChannelPolicy.left, .right].enumerated() {
      let sound = try Waveform.read(path: folder.path + "/s.wav", channel: policy)
      let values = try FeatureExtractor(FrontEndOptions(), sampleRate: 8000).extract(sound).values
      let name = "ch\(index + 1)"
      #expect(try NPY.read(path: folder.path + "/one-\(name).npy").asFloat == values)
      #expect(try NPY.read(path: folder.path + "/folder/s-\(name).npy").asFloat == values)
      let entry = try NPZ.read(path: folder.path + "/all.npz").first { $0.name == "s-\(name)" }
      #expect(entry?.array.asFloat == values)
    }
  }
}
