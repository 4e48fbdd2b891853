import Testing

@Suite("Generators and discriminators")
struct AdversarialCommandTests {
  private let arguments = [
    "train", "gan", "p.npy", "--batch", "20", "--width", "4", "--noise", "3",
    "--checkpoint-every", "2",
  ]

  private let glyphs =
    "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/corpora/glyphs"

  @Test("A generator is trained, told of, measured and compared, and makes pictures and ways")
  func whole() throws {
    let folder = try TemporaryFolder()
    for command in [
      ["train", "features", glyphs, "-o", "f.tenca", "--epochs", "2", "--batch", "32"],
      [
        "train", "vae", glyphs, "-o", "v.tenca", "--epochs", "1", "--width", "32", "--metrics",
        "v.csv",
      ],
    ] { #expect(try Program.run(command, in: folder).status == 0) }
    let run = try Program.run(
      [
        "train", "gan", glyphs, "-o", "g.tenca", "--conditional", "--epochs", "2", "--width", "4",
        "--remedy", "deviation,pack:2", "--label-smoothing", "0.1", "--features", "f.tenca",
        "--samples", "200", "--metrics", "g.csv", "--film", "film.png", "--sheets", "sheets",
        "--report-every", "5", "--average", "0.9",
      ], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    for words in ["realAccuracy", "generatorGradient", "fid", "labelAgreement", "coveredClasses"] {
      #expect(run.errors.contains(words) && folder.text("g.csv").contains(words), "\(words)")
    }
    #expect(!folder.bytes("film.png").isEmpty && !folder.bytes("sheets/step-0000005.png").isEmpty)
    let about = try JSON(try Program.run(["inspect", "g.tenca", "--json"], in: folder).output)
    #expect(about["kind"] == .text("generator"))
    #expect(about["options"]!["loss"] == .text("non-saturating"))
    let measured = try JSON(
      try Program.run(
        [
          "evaluate", "g.tenca", glyphs, "--split", "test", "--features", "f.tenca", "--json",
        ], in: folder
      ).output)
    #expect(measured["samples"]!["frechetDistance"]!["generated"]!.number! > 0)
    let compared = try Program.run(
      [
        "compare", "v.tenca", "g.tenca", glyphs, "--features", "f.tenca", "--picture", "both.png",
        "--metrics", "v.csv", "--metrics", "g.csv", "--samples", "300",
      ], in: folder)
    #expect(compared.status == 0, "\(compared.errors)")
    for words in ["sharpness", "Fréchet distance", "swing of training", "of fid", "g.tenca"] {
      #expect(compared.output.contains(words), "\(words)")
    }
    #expect(!folder.bytes("both.png").isEmpty)
    for command in [
      ["generate", "g.tenca", "-n", "9", "--class", "circle", "-o", "g.png"],
      ["interpolate", "g.tenca", "-o", "i.png", "--class", "1"],
      ["traverse", "g.tenca", "-o", "t.npy", "--steps", "3", "--numbers", "2"],
    ] {
      let run = try Program.run(command, in: folder)
      #expect(run.status == 0, "\(command): \(run.errors)")
    }
  }

  @Test("A run that was killed goes on to the bytes of one that was not")
  func killed() throws {
    let folder = try TemporaryFolder.withColumns()
    let long = arguments + ["--epochs", "12", "--remedy", "discriminators:2", "--average", "0.9"]
    _ = try Program.run(long + ["-o", "whole.tenca"], in: folder)
    _ = try Program.shell(
      """
      tenca \((long + ["-o", "cut.tenca"]).joined(separator: " ")) &
      until [ -e cut.tenca.checkpoint ]; do sleep 0.01; done; kill -9 $!; wait; true
      """, in: folder)
    #expect(folder.bytes("cut.tenca").isEmpty)
    let rest = try Program.run(long + ["-o", "cut.tenca", "--resume"], in: folder)
    #expect(rest.status == 0 && rest.errors.contains("going on after step"), "\(rest.errors)")
    #expect(folder.bytes("cut.tenca") == folder.bytes("whole.tenca"))
    #expect(!folder.bytes("whole.tenca").isEmpty)
  }

  @Test("What cannot be is said, with what can")
  func wrong() throws {
    let folder = try TemporaryFolder.withColumns()
    #expect(
      try Program.run(arguments + ["--epochs", "1", "-o", "g.tenca"], in: folder).status == 0)
    let odd = try TemporaryFolder.withColumns(side: 9)
    _ = try Program.shell("cp \(odd.path)/p.npy odd.npy", in: folder)
    for (status, command, words) in [
      (64, arguments + ["-o", "x.tenca", "--conditional"], "has no labels"),
      (1, ["train", "gan", "odd.npy", "-o", "x.tenca"], "size is 9x9"),
      (64, arguments + ["-o", "x.tenca", "--remedy", "pack"], "pack:N with N from 2 to 16"),
      (64, arguments + ["-o", "x.tenca", "--loss", "wgan"], "wasserstein-gp"),
      (1, arguments + ["-o", "x.tenca", "--label-smoothing", "0.7"], "label-smoothing is 0.7"),
      (1, ["generate", "g.tenca", "--class", "7", "-o", "x.png"], "the model knows no classes"),
      (1, ["encode", "g.tenca", "p.npy", "-o", "x.npy"], "no codes of examples"),
      (1, ["interpolate", "g.tenca", "p.npy", "-o", "x.png"], "no codes of examples"),
      (64, ["evaluate", "g.tenca", "p.npy"], "Give --features"),
      (64, ["compare", "g.tenca", "--features", "g.tenca"], "behind them, data"),
      (1, ["classify", "g.tenca", "p.npy"], "knows no classes"),
      (64, ["toy", "square"], "ring, grid, spirals"),
      (64, ["toy", "ring", "--play", "gan"], "gan"),
      (64, ["toy", "ring", "--clip-weights", "0.1"], "add --play wasserstein-clipping"),
      (64, ["toy", "grid", "--gradient-penalty", "1"], "add --play wasserstein-gp"),
      (64, ["toy", "ring", "--rate-spread", "2"], "discriminators:3"),
      (1, arguments + ["-o", "x.tenca", "--rate-spread", "2"], "--remedy discriminators:3"),
    ] as [(Int, [String], String)] {
      let run = try Program.run(command, in: folder)
      #expect(run.status == status && run.errors.contains(words), "\(command): \(run.errors)")
      #expect(folder.bytes("x.tenca").isEmpty)
    }
    let diverged = try Program.run(
      arguments + ["-o", "x.tenca", "--epochs", "30", "--learning-rate", "1e30"], in: folder)
    #expect(diverged.status == 1 && diverged.errors.contains("in step"), "\(diverged.errors)")
    #expect(diverged.errors.contains("discriminator0.") || diverged.errors.contains("generator."))
  }

  @Test("Points in the plane are played, drawn and counted")
  func toys() throws {
    let folder = try TemporaryFolder()
    let run = try Program.run(
      [
        "toy", "ring", "--play", "hinge+spectral", "--play", "wasserstein-gp", "--seeds", "2",
        "--steps", "10", "--width", "8", "--critic-steps", "2", "-o", "out", "--csv",
      ], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.split(separator: "\n").count == 5)
    #expect(!folder.bytes("out/ring-hinge-spectral-2.png").isEmpty)
    let told = try JSON(
      try Program.run(
        [
          "toy", "ring", "--play", "wasserstein-gp", "--play", "wasserstein-clipping",
          "--steps", "2", "--width", "8", "--critic-steps", "3", "--instance-noise", "0.25",
          "--clip-weights", "0.5", "--json",
        ], in: folder
      ).output)
    let options = try #require(told["settings"]?.list.compactMap { $0["options"] })
    #expect(options.allSatisfy { $0["discriminatorSteps"]!.number == 3 })
    #expect(options.allSatisfy { $0["instanceNoise"]!.number == 0.25 })
    #expect(options.map { $0["weightLimit"]!.number } == [0, 0.5])
    let gradients = try JSON(
      try Program.run(
        ["toy", "grid", "--steps", "20", "--gradients", "v.png", "--json"], in: folder
      ).output)
    #expect(gradients["courses"]!.list.count == 3 && !folder.bytes("v.png").isEmpty)
  }

  @Test("Grey pictures are stacked in threes, played for and counted, or refused in words")
  func stacks() throws {
    let folder = try TemporaryFolder.withColumns()
    #expect(
      try Program.run(
        ["train", "features", glyphs, "-o", "f.tenca", "--epochs", "2", "--batch", "32"], in: folder
      ).status == 0)
    let run = try Program.run(
      [
        "toy", "stacked", glyphs, "--features", "f.tenca", "--play", "non-saturating+pack:2",
        "--steps", "2", "--stacks", "64", "--samples", "200", "--width", "4", "--limit", "100",
        "-o",
        "out",
      ], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    for words in ["true stacks", "non-saturating+pack:2", "of 1000", "KL"] {
      #expect(run.output.contains(words), "\(words)")
    }
    #expect(!folder.bytes("out/stacked-non-saturating-pack-2-1.png").isEmpty)
    for (status, command, words) in [
      (1, ["p.npy", "--features", "f.tenca"], "no label"),
      (1, [glyphs, "--features", "f.tenca", "--size", "16x16"], "examples of 16 × 16 × 1"),
      (1, [glyphs, "--features", "none.tenca"], "none.tenca"),
      (64, [glyphs, "--features", "f.tenca", "--samples", "0"], "--samples 0"),
      (64, [glyphs], "--features"),
    ] as [(Int, [String], String)] {
      let run = try Program.run(["toy", "stacked"] + command, in: folder)
      #expect(run.status == status && run.errors.contains(words), "\(command): \(run.errors)")
    }
  }
}
