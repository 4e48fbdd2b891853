import TencaAudio
import TencaFormats
import Testing

@Suite("tenca classify")
struct ClassifyTests {
  /// A folder with the model, and sounds that it has not learned from.
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try Trained.copy(to: folder)
    try folder.writeTone(306, to: "new/a.wav", seed: 500)
    try folder.writeTone(905, to: "new/deep/b.wav", seed: 501)
    try folder.writeTone(2090, to: "c.flac", seed: 502)
    return folder
  }

  @Test("Files, folders and standard input are named in a table")
  func table() throws {
    let folder = try folder()
    let run = try Program.run(
      ["classify", "model.tenca", "new", "c.flac", "-"], in: folder, input: folder.bytes("c.flac"))
    #expect(run.status == 0 && run.errors == "")
    let rows = run.outputLines.map { $0.split(separator: " ").map(String.init) }
    #expect(rows[0] == ["file", "class", "probability"])
    #expect(rows.dropFirst().map { $0[0] } == ["new/a.wav", "new/deep/b.wav", "c.flac", "-"])
    #expect(rows.dropFirst().map { $0[1] } == ["low", "middle", "high", "high"])
    // The columns stand under their headings.
    let column = run.outputLines[0].distance(
      from: run.outputLines[0].startIndex, to: run.outputLines[0].firstIndex(of: "c")!)
    #expect(run.outputLines.dropFirst().allSatisfy { $0.dropFirst(column - 2).hasPrefix("  ") })
  }

  @Test("JSON has every class's probability and likelihood; they add up")
  func json() throws {
    let folder = try folder()
    let run = try Program.run(
      ["classify", "model.tenca", "new", "--json", "--top", "3"], in: folder)
    #expect(run.status == 0)
    let reports = try JSON(run.output)
    #expect(reports.list.count == 2)
    for report in reports.list {
      #expect(report.keys == ["file", "frames", "label", "probability", "top"])
      // 0.3 s in frames of 25 ms every 10 ms.
      #expect(report["frames"] == .number(28))
      let top = try #require(report["top"]).list
      #expect(top.count == 3)
      #expect(abs(top.reduce(0) { $0 + ($1["probability"]?.number ?? .nan) } - 1) < 1e-9)
      #expect(top[0]["label"] == report["label"])
      #expect(top[0]["probability"] == report["probability"])
      let likelihoods = top.compactMap { $0["logLikelihood"]?.number }
      #expect(likelihoods == likelihoods.sorted(by: >))
    }
  }

  @Test("CSV has a row a sound, with the next best and what failed")
  func csv() throws {
    let folder = try folder()
    try folder.write("not sound", to: "new/bad, really.wav")
    let run = try Program.run(
      ["classify", "model.tenca", "new", "--csv", "--top", "2"], in: folder)
    #expect(run.status == 1)
    try folder.write(run.outputBytes, to: "out.csv")
    let table = try CSVTable(path: folder.path + "/out.csv")
    #expect(
      table.columns == ["file", "label", "probability", "label2", "probability2", "error"])
    #expect(try table.column("file") == ["new/a.wav", "new/bad, really.wav", "new/deep/b.wav"])
    #expect(try table.column("label") == ["low", "", "middle"])
    #expect(try table.column("error").map(\.isEmpty) == [true, false, true])
    let first = try table.numbers("probability", missing: 0)
    let second = try table.numbers("probability2", missing: 0)
    #expect(first[0] > second[0] && first[0] + second[0] <= 1)
  }

  @Test("Below a threshold there is no verdict")
  func rejection() throws {
    let folder = try folder()
    try Trained.copyDoubter(to: folder)
    let arguments = ["classify", "doubter.tenca", "c.flac"]
    let report = try JSON(try Program.run(arguments + ["--json"], in: folder).output)
    #expect(report[0]?["label"] == .text("high"))
    let probability = try #require(report[0]?["probability"]?.number)
    #expect((0.33..<0.9).contains(probability))
    for (format, expected) in [
      (["--json"], "\"label\" : null"), (["--csv"], "c.flac,,"), ([], "(none)"),
    ] {
      let run = try Program.run(arguments + ["--reject-below", "0.9"] + format, in: folder)
      #expect(run.status == 0)
      #expect(run.output.contains(expected))
    }
  }

  @Test("Windows give a time line", arguments: ["1", "2"])
  func windows(threads: String) throws {
    let folder = try folder()
    let parts = ["new/a.wav", "c.flac", "new/deep/b.wav"]
    let samples = try parts.flatMap { try Waveform.read(path: "\(folder.path)/\($0)").samples }
    try SoundWriter.write(
      [Waveform(samples: samples, sampleRate: 8000)], to: folder.path + "/long.wav")
    let arguments = [
      "classify", "model.tenca", "long.wav", "--window", "0.3", "--threads", threads,
    ]
    let run = try Program.run(
      arguments + ["--hop", "0.3", "--json", "--picture", "line.svg"], in: folder)
    #expect(run.status == 0 && run.errors == "")
    let windows = try #require(try JSON(run.output)[0]?["windows"]).list
    #expect(windows.map { $0["label"]?.text } == ["low", "high", "middle"])
    #expect(windows.compactMap { $0["start"]?.number } == [0, 0.3, 0.6])
    #expect(windows.compactMap { $0["end"]?.number } == [0.3, 0.6, 0.9])
    #expect(folder.text("line.svg").contains("</svg>"))
    // A window is judged as a recording of its own.
    let alone = try JSON(
      try Program.run(["classify", "model.tenca", "c.flac", "--json"], in: folder).output)
    #expect(windows[1]["probability"] == alone[0]?["probability"])
    // The step is half a window where none is given.
    let halves = try Program.run(arguments + ["--csv"], in: folder)
    #expect(halves.outputLines[0] == "file,start,end,label,probability,error")
    #expect(halves.outputLines.count == 1 + 5)
    let table = try Program.run(arguments + ["--hop", "0.3"], in: folder)
    #expect(table.outputLines[2].hasPrefix("long.wav   0.30  0.60  high"))
  }

  @Test("One sound's probabilities become bars")
  func bars() throws {
    let folder = try folder()
    let run = try Program.run(
      ["classify", "model.tenca", "c.flac", "--top", "3", "--picture", "bars.png"], in: folder)
    #expect(run.status == 0)
    #expect(folder.bytes("bars.png").starts(with: [0x89, 0x50]))
    let many = try Program.run(
      ["classify", "model.tenca", "new", "--picture", "bars.png"], in: folder)
    #expect(many.status == 64)
    #expect(many.errors.contains("--picture draws one sound; there are 2"))
  }

  @Test("Another rate is resampled aloud, or refused")
  func rates() throws {
    let folder = try folder()
    try folder.writeTone(306, to: "fast.wav", rate: 22050, seed: 500)
    for windows in [[], ["--window", "0.2"]] {
      let aloud = try Program.run(["classify", "model.tenca", "fast.wav"] + windows, in: folder)
      #expect(aloud.status == 0)
      #expect(aloud.errors == "fast.wav: resampled from 22050 to 8000 Hz\n")
      #expect(aloud.output.contains("low"))
      let strict = try Program.run(
        ["classify", "model.tenca", "fast.wav", "c.flac", "--strict-rate"] + windows, in: folder)
      #expect(strict.status == 1)
      #expect(strict.errors.contains("1 of 2 failed:"))
      #expect(strict.errors.contains("fast.wav: its rate is 22050 Hz, 8000 Hz is needed"))
      #expect(strict.errors.contains("--strict-rate"))
      #expect(strict.output.contains("c.flac"))
    }
  }

  @Test(
    "Impossible options are usage errors",
    arguments: [
      ["--top", "0"], ["--reject-below", "2"], ["--hop", "1"], ["--window", "0"],
      ["--window", "nan"], ["--window", "1", "--hop", "-1"], ["--json", "--csv"],
      ["--threads", "9999"],
    ])
  func usage(arguments: [String]) throws {
    let run = try Program.run(["classify", "model.tenca", "c.flac"] + arguments, in: try folder())
    #expect(run.status == 64)
    #expect(run.output == "")
    #expect(run.errors.contains("Usage: tenca classify [<options>] <model> <inputs> ..."))
  }

  @Test("Windows that cannot be are refused with the limit", arguments: ["0.01", "1e-9", "1e300"])
  func impossibleWindows(length: String) throws {
    let run = try Program.run(
      ["classify", "model.tenca", "c.flac", "--window", length], in: try folder())
    #expect(run.status == 1)
    #expect(run.errors.contains("c.flac: windows of "))
  }
}
