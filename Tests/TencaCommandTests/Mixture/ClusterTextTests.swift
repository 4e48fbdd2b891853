import TencaFormats
import Testing

@Suite("Clustering documents")
struct ClusterTextTests {
  @Test("Documents about one thing come together, under its words")
  func clusters() throws {
    let folder = try TemporaryFolder()
    try folder.writeDocuments(to: "posts.csv")
    let run = try Program.run(
      [
        "cluster-text", "posts.csv", "--text", "text", "--label", "class", "-k", "2",
        "--dimensions", "4", "--json", "--picture", "posts.png",
      ], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let report = try JSON(run.output)
    #expect(report["agreement"]?["accuracy"] == .number(1))
    let words = try #require(report["clusters"]).list.map { cluster in
      Set((cluster["topTerms"]?.list ?? []).compactMap { $0["term"]?.text })
    }
    #expect(words.contains { $0.contains("otter") && !$0.contains("chisel") })
    #expect(words.contains { $0.contains("chisel") && !$0.contains("otter") })
    #expect(folder.bytes("posts.png").count > 1000)
  }

  @Test("One line a document as CSV")
  func csv() throws {
    let folder = try TemporaryFolder()
    try folder.writeDocuments(to: "posts.csv")
    let run = try Program.run(
      ["cluster-text", "posts.csv", "--text", "text", "-k", "2", "--dimensions", "4", "--csv"],
      in: folder)
    let table = try run.table()
    #expect(table.rows.count == 40)
  }

  @Test("A missing column is named, and documents without words are refused")
  func badInput() throws {
    let folder = try TemporaryFolder()
    try folder.writeDocuments(to: "posts.csv")
    let column = try Program.run(["cluster-text", "posts.csv", "--text", "body"], in: folder)
    #expect(column.status == 1)
    #expect(column.errors.contains("no column 'body'"))
    try folder.write("text\n\"1 2\"\n\"3 4\"\n", to: "numbers.csv")
    let words = try Program.run(["cluster-text", "numbers.csv", "--text", "text"], in: folder)
    #expect(words.status == 1)
    #expect(words.output == "")
  }
}
