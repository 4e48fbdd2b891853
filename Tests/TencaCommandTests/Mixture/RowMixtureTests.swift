import TencaFormats
import TencaNumerics
import Testing

@Suite("Mixtures of rows")
struct RowMixtureTests {
  /// A folder with a table of three clouds and a mixture of it.
  private func trained(_ arguments: [String] = []) throws -> (TemporaryFolder, JSON) {
    let folder = try TemporaryFolder()
    try folder.writeBlobs(300, to: "rows.csv", label: "kind")
    let run = try Program.run(
      ["train", "mixture", "rows.csv", "-k", "3", "--label", "kind", "-o", "m.tenca", "--json"]
        + arguments, in: folder)
    #expect(run.status == 0, "\(run.errors)")
    return (folder, try JSON(run.output))
  }

  @Test("Components lie where the clouds are")
  func training() throws {
    let (_, report) = try trained()
    #expect(report["columns"]?.texts == ["x", "y"])
    #expect(report["rows"] == .number(300))
    let means = try #require(report["components"]).list.compactMap { $0["mean"]?.numbers }
    for center in [[0.0, 0], [12, 0], [0, 12]] {
      let isNear = means.contains { abs($0[0] - center[0]) < 0.4 && abs($0[1] - center[1]) < 0.4 }
      #expect(isNear, "no mean near \(center) among \(means)")
    }
    // 3 · (2 means + 3 covariances) + 2 free weights.
    #expect(report["parameters"] == .number(17))
  }

  @Test("Rows are given to components, with probabilities that sum to one")
  func clustering() throws {
    let (folder, _) = try trained()
    let run = try Program.run(["cluster", "m.tenca", "rows.csv", "--probabilities"], in: folder)
    #expect(run.status == 0)
    let table = try run.table()
    #expect(table.columns == ["row", "component", "probability", "p0", "p1", "p2"])
    let components = try table.column("component")
    #expect(components.count == 300)
    for cloud in 0..<3 {
      let own = stride(from: cloud, to: 300, by: 3).map { components[$0] }
      #expect(Set(own).count == 1)
    }
    let shares = try table.matrix(["p0", "p1", "p2"])
    for row in 0..<300 {
      #expect(abs(shares.row(row).elements.reduce(0, +) - 1) < 1e-6)
    }
  }

  @Test("An odd row scores low, and is listed among the anomalies alone")
  func scoring() throws {
    let (folder, _) = try trained()
    try folder.write("x,y\n0,0\n60,60\n12,0.5\n", to: "new.csv")
    let run = try Program.run(["score", "m.tenca", "new.csv", "--anomalies", "0.01"], in: folder)
    #expect(run.status == 0)
    #expect(run.errors.contains("3 rows, log-likelihood"))
    let table = try run.table()
    #expect(try table.column("row") == ["2"])
    let all = try Program.run(["score", "m.tenca", "new.csv"], in: folder)
    let shares = try all.table().matrix(["share"]).elements
    #expect(shares[1] == 0)
    #expect(shares[0] > 0.3 && shares[2] > 0.1)
  }

  @Test("What is drawn from a mixture looks like what it learned from")
  func sampling() throws {
    let (folder, _) = try trained()
    let arguments = ["sample", "m.tenca", "-n", "600", "--seed", "7", "-o"]
    for name in ["s.csv", "t.csv"] {
      let run = try Program.run(arguments + [name], in: folder)
      #expect(run.status == 0)
    }
    #expect(folder.bytes("s.csv") == folder.bytes("t.csv"))
    let run = try Program.run(["cluster", "m.tenca", "s.csv"], in: folder)
    let components = try run.table().column("component")
    let counts = Dictionary(grouping: components) { $0 }.mapValues(\.count)
    #expect(counts.count == 3)
    #expect(counts.values.allSatisfy { 150...250 ~= $0 })
  }

  @Test("An NPY file gives the numbers that a table does, and any columns of it")
  func npy() throws {
    let (folder, _) = try trained()
    let rows = try CSVTable(path: folder.path + "/rows.csv").matrix(["x", "y"])
    let wide = NDArray.concatenated([rows, rows], axis: 1)
    try NPY.write(wide, to: folder.path + "/rows.npy")
    let run = try Program.run(
      ["train", "mixture", "rows.npy", "-k", "3", "--columns", "2,3", "-o", "n.tenca", "--json"],
      in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let table = try Program.run(["inspect", "m.tenca", "--json"], in: folder)
    #expect(
      try JSON(run.output)["components"] == JSON(table.output)["components"])
    let strange = try Program.run(
      ["train", "mixture", "rows.npy", "-k", "3", "--columns", "9", "-o", "x.tenca"], in: folder)
    #expect(strange.status == 64)
    #expect(strange.errors.contains("no column '9'; columns are counted from 0 to 3"))
  }

  @Test("Choosing finds the clouds, says the whole curve, and draws it")
  func selection() throws {
    let folder = try TemporaryFolder()
    try folder.writeBlobs(240, to: "rows.csv")
    let run = try Program.run(
      [
        "train", "mixture", "rows.csv", "--select", "1...5", "--covariance", "spherical,full", "-o",
        "m.tenca", "--picture", "curve.png", "--json",
      ], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let report = try JSON(run.output)
    #expect(report["covariance"] == .text("spherical"))
    #expect(report["components"]?.list.count == 3)
    let curve = try #require(report["selection"]).list
    #expect(curve.count == 10)
    let least = curve.compactMap { $0["bic"]?.number }.min()
    #expect(report["bic"]?.number.map { abs($0 - least!) < 1e-6 } == true)
    #expect(folder.bytes("curve.png").starts(with: [0x89, 0x50, 0x4e, 0x47]))
  }

  @Test("Empty cells are refused with their place, or integrated out")
  func missingCells() throws {
    let folder = try TemporaryFolder()
    try folder.writeBlobs(90, to: "rows.csv")
    try folder.write(folder.text("rows.csv") + "12,\n", to: "rows.csv")
    let arguments = ["train", "mixture", "rows.csv", "-k", "3", "-o", "m.tenca"]
    let refused = try Program.run(arguments, in: folder)
    #expect(refused.status == 1)
    #expect(refused.errors.contains("rows.csv, line 92: column 'y' holds ''"))
    #expect(!folder.files.contains("m.tenca"))
    #expect(try Program.run(arguments + ["--missing"], in: folder).status == 0)
    let run = try Program.run(["cluster", "m.tenca", "rows.csv", "--missing"], in: folder)
    let table = try run.table()
    // The row without y can be told by its x alone, and joins the cloud at (12, 0).
    #expect(try table.column("component")[90] == table.column("component")[1])
  }

  @Test(
    "Tables that nothing can be learned from are refused with their place",
    arguments: [
      ("x,y\n1,2\n3,word\n", "rows.csv, line 3: column 'y' holds 'word'"),
      ("x,y\n1,2\n3\n", "rows.csv, line 3: 1 fields, where the first line has 2"),
      ("x,y\n1,2\n3,inf\n", "rows.csv, line 3: column 'y' holds 'inf'"),
      ("x,y\n", "it has columns but no rows"),
      ("", "rows.csv is empty"),
      ("kind\na\n", "no column of numbers is left"),
    ])
  func badTable(text: String, problem: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "rows.csv")
    let label = text.hasPrefix("kind") ? ["--label", "kind"] : []
    let run = try Program.run(
      ["train", "mixture", "rows.csv", "-k", "2", "-o", "m.tenca"] + label, in: folder)
    #expect(run.status != 0)
    #expect(run.errors.contains(problem), "\(run.errors)")
    #expect(folder.files == ["rows.csv"])
  }

  @Test(
    "Impossible options are usage errors",
    arguments: [
      [], ["-k", "0"], ["-k", "2", "--select", "1...3"], ["--select", "3...1"],
      ["--select", "1,x"], ["-k", "2", "--covariance", "round"],
      ["-k", "2", "--covariance", "full,tied"], ["-k", "2", "--picture", "a.png"],
      ["-k", "2", "--restarts", "0"],
    ])
  func impossible(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.writeBlobs(9, to: "rows.csv")
    let run = try Program.run(
      ["train", "mixture", "rows.csv", "-o", "m.tenca"] + arguments, in: folder)
    #expect(run.status == 64, "\(run.errors)")
    #expect(folder.files == ["rows.csv"])
  }

  @Test("Tables of other columns, and models of other kinds, are named")
  func mismatches() throws {
    let (folder, _) = try trained()
    try folder.write("x,z\n1,2\n", to: "other.csv")
    let columns = try Program.run(["score", "m.tenca", "other.csv"], in: folder)
    #expect(columns.status == 1)
    #expect(columns.errors.contains("other.csv has no column 'y'. Its columns are: x, z."))
    try Trained.copy(to: folder)
    let kind = try Program.run(["cluster", "model.tenca", "rows.csv"], in: folder)
    #expect(kind.status == 1)
    #expect(kind.errors.contains("model.tenca: is no mixture"))
    let mixture = try Program.run(["classify", "m.tenca", "rows.csv"], in: folder)
    #expect(mixture.status == 1)
    #expect(
      mixture.errors.contains(
        "m.tenca: is a model of groups or hidden states, which knows no classes"))
  }
}
