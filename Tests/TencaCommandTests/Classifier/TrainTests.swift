import Testing

@Suite("tenca train classifier")
struct TrainTests {
  @Test("Folders, a manifest and names teach the same")
  func sources() throws {
    let folder = try TemporaryFolder()
    try folder.writeTones(takes: 0..<4)
    var manifest = ["path,label,split"]
    for (label, _) in Tone.classes {
      for take in 0..<4 {
        let sound = folder.bytes("tones/\(label)/\(take).wav")
        manifest.append("tones/\(label)/\(take).wav,\(label),\(take < 3 ? "train" : "test")")
        try folder.write(sound, to: "named/\(label)_anna_\(take).wav")
      }
    }
    try folder.write(manifest.joined(separator: "\n") + "\n", to: "manifest.csv")
    var models: [JSON] = []
    for data in [
      ["tones"], ["manifest.csv"], ["named", "--labels-from", "{label}_{speaker}_{take}"], ["."],
    ] {
      let run = try Program.run(
        ["train", "classifier", "--json", "-o", "m.tenca", "--components", "2"] + data, in: folder)
      #expect(run.status == 0)
      let report = try JSON(run.output)
      #expect(report["kind"] == .text("classifier"))
      #expect(report["file"] == .text("m.tenca"))
      #expect(report["source"] == .text(data[0]))
      models.append(try #require(report["classes"]))
    }
    #expect(models[0].list.map { $0["label"]?.text } == ["high", "low", "middle"])
    #expect(models[0].list.map { $0["recordings"]?.number } == [4, 4, 4])
    #expect(models.allSatisfy { $0 == models[0] })

    let part = try Program.run(
      ["train", "classifier", "manifest.csv", "--split", "train", "--json", "-o", "part.tenca"],
      in: folder)
    #expect(try JSON(part.output)["classes"]?.list.map { $0["recordings"]?.number } == [3, 3, 3])
  }

  @Test("The same seed gives the same bytes on any number of threads; another seed, others")
  func determinism() throws {
    let folder = try TemporaryFolder()
    try folder.writeTones(takes: 0..<5)
    for (name, arguments) in [
      ("a", ["--threads", "1"]), ("b", ["--threads", "2"]), ("c", ["--threads", "7"]),
      ("d", ["--seed", "2"]),
    ] {
      let run = try Program.run(
        ["train", "classifier", "tones", "-o", "\(name).tenca", "--components", "4"] + arguments,
        in: folder)
      #expect(run.status == 0)
      #expect(run.output == "")
      #expect(run.errors.contains("\(name).tenca: 3 classes, 15 recordings, "))
    }
    #expect(folder.bytes("a.tenca").count > 1000)
    #expect(folder.bytes("a.tenca") == folder.bytes("b.tenca"))
    #expect(folder.bytes("a.tenca") == folder.bytes("c.tenca"))
    #expect(folder.bytes("a.tenca") != folder.bytes("d.tenca"))
  }

  @Test("Options arrive in the model")
  func options() throws {
    let folder = try TemporaryFolder()
    try folder.writeTones(takes: 0..<3)
    let run = try Program.run(
      [
        "train", "classifier", "tones", "-o", "m.tenca", "--json", "--model", "gmm",
        "--components", "3", "--iterations", "7", "--restarts", "2", "--priors", "empirical",
        "--seed", "9", "--rate", "4000", "--channel", "first", "--convention", "htk", "--deltas",
        "1", "--cepstra", "9",
      ], in: folder)
    #expect(run.status == 0)
    #expect(run.errors.contains("9 recordings resampled from 8000 to 4000 Hz"))
    let report = try JSON(run.output)
    let options = try #require(report["options"])
    #expect(options["components"] == .number(3))
    #expect(options["iterations"] == .number(7))
    #expect(options["restarts"] == .number(2))
    #expect(options["priors"] == .text("empirical"))
    #expect(options["seed"] == .number(9))
    #expect(options["channel"] == .text("first"))
    #expect(options["frontEnd"]?["deltas"]?["order"] == .number(1))
    #expect(options["frontEnd"]?["frames"]?["window"] == .text("hamming"))
    #expect(report["sampleRate"] == .number(4000))
    #expect(report["columns"] == .number(18))
    #expect(report["classes"]?[0]?["components"] == .number(3))
  }

  @Test("A bad recording is listed, the model made of the others, and the status 1")
  func badRecording() throws {
    let folder = try TemporaryFolder()
    try folder.writeTones(takes: 0..<3)
    try folder.write("not sound", to: "tones/low/bad.wav")
    let run = try Program.run(["train", "classifier", "tones", "-o", "m.tenca"], in: folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("1 of 10 failed:\n  tones/low/bad.wav: cannot be read as sound"))
    let report = try Program.run(["inspect", "m.tenca"], in: folder)
    #expect(report.output.contains("1 recording failed"))
  }

  @Test("A class with one recording is learned, and that is said")
  func singleRecording() throws {
    let folder = try TemporaryFolder()
    try folder.writeTones(takes: 0..<3)
    try folder.writeTone(1500, to: "tones/rare/1.wav")
    let run = try Program.run(["train", "classifier", "tones", "-o", "m.tenca"], in: folder)
    #expect(run.status == 0)
    #expect(run.errors.contains("warning: class 'rare': learned from a single recording"))
    #expect(
      try Program.run(["inspect", "m.tenca"], in: folder).output
        .contains("warning: class 'rare': learned from a single recording"))
  }

  @Test("Data that nothing can be learned from, each with its words and no model left")
  func refusals() throws {
    let folder = try TemporaryFolder()
    try folder.writeTones(takes: 0..<3)
    try folder.writeTone(300, to: "single/low/1.wav")
    try folder.writeTone(300, to: "loose/1.wav")
    try folder.write("words", to: "text/notes.txt")
    try folder.writeTones(takes: 0..<1, in: "lost")
    try folder.write("not sound", to: "lost/odd/bad.wav")
    try folder.write("not sound", to: "rubbish/a/1.wav")
    try folder.write("not sound", to: "rubbish/b/1.wav")
    try folder.write("path,label,split\ntones/low/1.wav,low,train\n", to: "m.csv")
    try folder.write("path,speaker\ntones/low/1.wav,x\n", to: "unlabelled.csv")
    try folder.write("path,label\ntones/low/1.wav,\n", to: "blank.csv")
    try folder.write("path,label\n", to: "header.csv")
    try folder.write("", to: "empty.csv")
    try folder.writeTone(300, to: "mixed/low/1.wav")
    try folder.writeTone(900, to: "mixed/high/1.wav", rate: 16000)
    let before = folder.files
    for (arguments, words) in [
      (["nowhere"], ["nowhere: no such file or folder", "Check the spelling"]),
      (["single"], ["at least two classes", "'low'"]),
      (["loose"], ["loose: its recordings have no labels", "one folder a class"]),
      (["text"], ["text: no sound file in this folder"]),
      (["lost"], ["class 'odd': no recording of it could be used", "odd/bad.wav"]),
      (["rubbish"], ["none of 2 recordings could be used", "a/1.wav"]),
      (["m.csv", "--split", "dev"], ["no recording has 'dev'", "'split'", "'train'"]),
      (["tones", "--split", "dev"], ["no column 'split'", "'label'"]),
      (["unlabelled.csv"], ["no column 'label'", "'path', 'speaker'"]),
      (["blank.csv"], ["blank.csv, row 2: the cell of column 'label' is empty"]),
      (["header.csv"], ["there is no recording", "Add rows"]),
      (["empty.csv"], ["empty.csv is empty"]),
      (["tones/low/1.wav"], ["tones/low/1.wav"]),
      (["loose", "--labels-from", "{label}_{x}"], ["1.wav: its name does not have the form"]),
      (["loose", "--labels-from", "{x}"], ["it has no field {label}", "Example:"]),
      (["mixed", "--strict-rate"], ["different rates (8000, 16000 Hz)", "--rate"]),
    ] {
      let run = try Program.run(["train", "classifier", "-o", "m.tenca"] + arguments, in: folder)
      #expect(run.status == 1, "\(arguments)")
      for word in words { #expect(run.errors.contains(word), "\(arguments): \(run.errors)") }
      #expect(folder.files == before, "\(arguments)")
    }
  }

  @Test(
    "Impossible options are usage errors",
    arguments: [
      ["--components", "0"], ["--iterations", "0"], ["--restarts", "-1"], ["--rate", "0"],
      ["--channel", "each"], ["--model", "svm"], ["--threads", "0"], ["--top-db", "3"],
    ])
  func usage(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.writeTones(takes: 0..<2)
    let run = try Program.run(
      ["train", "classifier", "tones", "-o", "m.tenca"] + arguments, in: folder)
    #expect(run.status == 64)
    #expect(run.errors.contains(arguments[0]))
    #expect(run.errors.contains("Usage: tenca train classifier"))
    #expect(folder.bytes("m.tenca").isEmpty)
  }
}
