import TencaFormats
import Testing

@Suite("Segmenting pictures")
struct SegmentTests {
  @Test("Segments are where the colours are, in every picture that was asked for")
  func segments() throws {
    let folder = try TemporaryFolder()
    try folder.writePhoto(to: "photo.png")
    let run = try Program.run(
      [
        "segment", "photo.png", "-k", "2", "-o", "labels.png", "--boundaries", "edges.png",
        "--mean-colours", "mean.png", "--masks", "masks", "--smooth", "0", "--json",
      ], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let report = try JSON(run.output)
    #expect(report["segments"]?[0]?["pixels"] == .number(400))
    #expect(report["segments"]?[0]?["meanColor"] == .text("#c81e1e"))
    #expect(report["segments"]?[1]?["meanColor"] == .text("#1428b4"))
    let mask = try Picture(path: folder.path + "/masks/segment-1.png")
    #expect((0..<600).allSatisfy { (mask.samples[$0] > 127) == ($0 % 30 >= 20) })
    for name in ["labels.png", "edges.png", "mean.png"] {
      let picture = try Picture(path: "\(folder.path)/\(name)")
      #expect(picture.width == 30 && picture.height == 20)
    }
  }

  @Test(
    "What is no picture, or too large a one, is refused with its name",
    arguments: [
      ("not a picture", [], "photo.png"), ("", [], "photo.png is empty"),
    ] as [(String, [String], String)])
  func badPicture(text: String, arguments: [String], problem: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "photo.png")
    let run = try Program.run(["segment", "photo.png", "-o", "labels.png"], in: folder)
    #expect(run.status == 1)
    #expect(run.errors.contains(problem))
    #expect(folder.files == ["photo.png"])
  }

  @Test("A picture beyond the limit is refused before it is unpacked")
  func tooLarge() throws {
    let folder = try TemporaryFolder()
    try folder.writePhoto(to: "photo.png")
    let run = try Program.run(
      ["segment", "photo.png", "--pixel-limit", "100", "-o", "labels.png"], in: folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("photo.png"))
    #expect(run.errors.contains("30 × 20 pixels, more than the limit of 100"))
  }

  @Test(
    "Impossible options are usage errors",
    arguments: [["-k", "0"], ["-k", "257"], ["--smooth", "-1"], ["-o", "labels.jpg"]])
  func impossible(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.writePhoto(to: "photo.png")
    #expect(try Program.run(["segment", "photo.png"] + arguments, in: folder).status == 64)
  }

  @Test("Places that cannot be written to are found before the work is done")
  func unwritable() throws {
    let folder = try TemporaryFolder()
    try folder.writePhoto(to: "photo.png")
    for option in ["-o", "--boundaries", "--mean-colours"] {
      let run = try Program.run(
        ["segment", "photo.png", option, "photo.png/place.png"], in: folder)
      #expect(run.status == 1)
      #expect(run.output == "")
      #expect(run.errors.contains("photo.png/place.png"))
    }
  }
}
