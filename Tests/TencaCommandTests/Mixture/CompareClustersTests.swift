import TencaFormats
import Testing

@Suite("Comparing clusters")
struct CompareClustersTests {
  @Test("On clouds that lie apart, both agree with the classes and each other")
  func agreement() throws {
    let folder = try TemporaryFolder()
    try folder.writeBlobs(150, to: "rows.csv", label: "kind")
    let run = try Program.run(
      [
        "compare-clusters", "rows.csv", "-k", "3", "--label", "kind", "--standardize", "--json",
        "--picture", "both.png",
      ], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let report = try JSON(run.output)
    for way in ["kMeans", "mixture"] {
      let agreement = try #require(report[way]?["agreement"])
      #expect(agreement["adjustedRandIndex"] == .number(1))
      #expect(agreement["accuracy"] == .number(1))
    }
    #expect(report["differences"]?.list.isEmpty == true)
    #expect(folder.bytes("both.png").count > 1000)
  }

  @Test("One line a row as CSV")
  func csv() throws {
    let folder = try TemporaryFolder()
    try folder.writeBlobs(30, to: "rows.csv", label: "kind")
    let run = try Program.run(
      ["compare-clusters", "rows.csv", "-k", "3", "--label", "kind", "--csv"], in: folder)
    let table = try run.table()
    #expect(table.columns == ["row", "kMeans", "mixture", "probability", "differs", "label"])
    #expect(table.rows.count == 30)
    #expect(try table.column("label")[4] == "b")
  }

  @Test("A missing column is named, and nothing is drawn")
  func badInput() throws {
    let folder = try TemporaryFolder()
    try folder.writeBlobs(30, to: "rows.csv", label: "kind")
    let run = try Program.run(
      ["compare-clusters", "rows.csv", "--label", "sort", "--picture", "a.png"], in: folder)
    #expect(run.status == 1)
    #expect(run.errors.contains("no column 'sort'"))
    let picture = try Program.run(
      ["compare-clusters", "rows.csv", "--label", "kind", "--picture", "rows.csv/a.png"],
      in: folder)
    #expect(picture.status == 1)
    #expect(picture.output == "")
    #expect(folder.files == ["rows.csv"])
  }
}
