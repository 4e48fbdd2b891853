import TencaFormats
import TencaNumerics
import Testing

@Suite("Autoencoders")
struct AutoencoderCommandTests {
  private let arguments = TemporaryFolder.smallTraining

  @Test("A model is trained, told of, measured, and makes pictures, codes and ways")
  func whole() throws {
    let folder = try TemporaryFolder.withColumns()
    let run = try Program.run(
      arguments + ["--epochs", "4", "-o", "m.tenca", "--metrics", "m.csv"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("epoch 4 of 4") && folder.text("m.csv").contains("negativeElbo"))
    let about = try JSON(try Program.run(["inspect", "m.tenca", "--json"], in: folder).output)
    #expect(about["kind"] == .text("autoencoder"))
    let measured = try JSON(
      try Program.run(["evaluate", "m.tenca", "p.npy", "--iwae", "5", "--json"], in: folder).output)
    #expect(measured["count"] == .number(100))
    #expect(measured["negativeElbo"]!.number! > measured["kl"]!.number!)
    for (command, file) in [
      (["generate", "m.tenca", "-n", "9", "-o", "g.png"], "g.png"),
      (["generate", "m.tenca", "-n", "9", "-o", "g.npy"], "g.npy"),
      (["reconstruct", "m.tenca", "p.npy", "--limit", "20", "-o", "r.png"], "r.png"),
      (["encode", "m.tenca", "p.npy", "-o", "e.npy", "--picture", "e.svg"], "e.svg"),
      (["interpolate", "m.tenca", "p.npy", "-o", "i.png"], "i.png"),
      (["interpolate", "m.tenca", "-o", "j.npy", "--path", "straight"], "j.npy"),
      (["traverse", "m.tenca", "-o", "t.npy", "--steps", "5"], "t.npy"),
    ] {
      let run = try Program.run(command, in: folder)
      #expect(run.status == 0 && !folder.bytes(file).isEmpty, "\(command): \(run.errors)")
    }
    func shape(_ name: String) throws -> [Int] {
      try NPY.decode(folder.bytes(name).span.bytes, path: name).shape
    }
    #expect(try shape("g.npy") == [9, 8, 8, 1])
    #expect(try shape("e.npy") == [100, 2])
    #expect(try shape("j.npy") == [10, 8, 8, 1])
    #expect(try shape("t.npy") == [10, 8, 8, 1])
  }

  @Test("Samples are measured by frozen features; a run is logged, drawn and steadied")
  func samples() throws {
    let folder = try TemporaryFolder()
    let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let glyphs = root + "/corpora/glyphs"
    let features = try Program.run(
      ["train", "features", glyphs, "-o", "f.tenca", "--epochs", "2", "--batch", "32"], in: folder)
    #expect(features.status == 0 && features.errors.contains("hash"), "\(features.errors)")
    let extractor = try JSON(try Program.run(["inspect", "f.tenca", "--json"], in: folder).output)
    #expect(extractor["kind"] == .text("feature-extractor") && extractor["features"] == .number(64))
    #expect(extractor["source"] == .text(glyphs) && extractor["shape"]?["height"] == .number(28))
    let about = try Program.run(["inspect", "f.tenca"], in: folder).output
    let hash = try #require(extractor["hash"]?.text)
    #expect(about.contains("hash        \(hash);") && about.contains("parameters  "))
    #expect(features.errors.contains(hash))
    let run = try Program.run(
      [
        "train", "vae", glyphs, "-o", "v.tenca", "--conditional", "--epochs", "2", "--width", "64",
        "--schedule", "cosine", "--warm-up", "5", "--clip-gradients", "100", "--average", "0.99",
        "--tensorboard", "log", "--sheets", "sheets", "--binarize",
      ], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(!folder.bytes("sheets/epoch-0002.png").isEmpty)
    let log = try Program.shell("cat log/*tfevents* | strings", in: folder)
    #expect(log.output.contains("train/negativeElbo") && log.output.contains("samples"))
    let measured = try JSON(
      try Program.run(
        ["evaluate", "v.tenca", glyphs, "--split", "test", "--features", "f.tenca", "--json"],
        in: folder
      ).output)
    let samples = try #require(measured["samples"])
    #expect(samples["comparedCount"] == .number(250))
    let distance = try #require(samples["frechetDistance"])
    #expect(distance["generated"]!.number! > distance["real"]!.number!)
    #expect(samples["labelAgreement"] != nil && samples["copyDistance"] != nil)
    for (command, words) in [
      (
        ["evaluate", "v.tenca", glyphs, "--features", "v.tenca"],
        "v.tenca: it is 'autoencoder', not 'feature-extractor'"
      ),
      (
        ["train", "features", root + "/corpora/glyphs/PROVENANCE.md", "-o", "x.tenca"], "PROVENANCE"
      ),
    ] {
      let run = try Program.run(command, in: folder)
      #expect(run.status == 1 && run.errors.contains(words), "\(command): \(run.errors)")
    }
    for options in [["--samples", "9"], ["--features", "f.tenca", "--samples", "3"]] {
      #expect(
        try Program.run(["evaluate", "v.tenca", glyphs] + options, in: folder).status == 64)
    }
  }

  @Test("A run in bfloat16 is repeated to the byte, and goes on in nothing else")
  func bfloat16() throws {
    let folder = try TemporaryFolder.withColumns()
    let rounded = arguments + ["--epochs", "2", "--precision", "bfloat16"]
    for name in ["a.tenca", "b.tenca"] {
      let run = try Program.run(rounded + ["-o", name], in: folder)
      #expect(run.status == 0, "\(run.errors)")
    }
    #expect(folder.bytes("a.tenca") == folder.bytes("b.tenca"))
    _ = try Program.run(arguments + ["--epochs", "2", "-o", "c.tenca"], in: folder)
    #expect(folder.bytes("a.tenca") != folder.bytes("c.tenca"))
    let other = try Program.run(
      arguments + ["--epochs", "4", "-o", "a.tenca", "--resume"], in: folder)
    #expect(other.status == 1 && other.errors.contains("other options"), "\(other.errors)")
    let unknown = try Program.run(
      arguments + ["-o", "d.tenca", "--precision", "half"], in: folder)
    #expect(unknown.status == 64)
  }

  @Test("What is wrong is said: sizes, data, kinds and classes")
  func refusals() throws {
    let folder = try TemporaryFolder.withColumns()
    _ = try Program.run(arguments + ["--epochs", "4", "-o", "m.tenca"], in: folder)
    _ = try Program.run(
      arguments + ["--plain", "--epochs", "1", "-o", "plain.tenca"], in: folder)
    let asked = ["generate", "plain.tenca", "--codes", "prior", "-o", "plain.npy"]
    #expect(try Program.run(asked, in: folder).status == 0)
    try folder.write(NPY.encode(NDArray<Float>(zeros: [5, 4, 4])), to: "small.npy")
    var bad = NDArray<Float>(zeros: [5, 64])
    bad[3, 10] = .nan
    try folder.write(NPY.encode(bad.reshaped([5, 8, 8])), to: "bad.npy")
    try folder.write(NPY.encode(NDArray<Float>(zeros: [1, 8, 8])), to: "one.npy")
    for (command, words) in [
      (["evaluate", "m.tenca", "small.npy"], "where the model takes"),
      (["train", "vae", "bad.npy", "-o", "x.tenca"], "example 3, row 1, column 2"),
      (["train", "vae", "one.npy", "-o", "x.tenca"], "at least 2"),
      (["train", "vae", "nothing.npy", "-o", "x.tenca"], "nothing.npy"),
      (
        ["train", "vae", "p.npy", "-o", "x.tenca", "--learning-rate", "1e30"],
        "NaN or infinite in step 2, first in what the layer 'encoder."
      ),
      (["generate", "m.tenca", "--class", "shoe", "-o", "x.png"], "knows no classes"),
      (["generate", "p.npy", "-o", "x.png"], "not a model"),
      (["generate", "plain.tenca", "-o", "x.png"], "--codes prior"),
      (["classify", "m.tenca", "p.npy"], "knows no classes"),
    ] {
      let run = try Program.run(command, in: folder)
      #expect(run.status == 1 && run.errors.contains(words), "\(command): \(run.errors)")
    }
    for command in [
      ["train", "vae", "p.npy", "-o", "x.tenca", "--epochs", "0"],
      ["train", "vae", "p.npy", "-o", "x.tenca", "--architecture", "deep"],
      ["train", "vae", "p.npy", "-o", "x.tenca", "--conditional"],
      ["generate", "m.tenca", "-n", "0", "-o", "x.png"],
      ["generate", "m.tenca", "-o", "x/", "--format", "wav"],
    ] {
      #expect(try Program.run(command, in: folder).status == 64, "\(command)")
    }
    #expect(folder.bytes("x.tenca").isEmpty)
  }
}
