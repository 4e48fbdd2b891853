import TencaMixture
import TencaNumerics
import Testing

@testable import TencaRecognition

#if canImport(Glibc)
  import Glibc
#endif

@Suite("Classifiers of rows")
struct RowClassifierTests {
  /// Two elongated clouds that cross, twice as many rows in the first.
  private func crossing(_ count: Int, seed: UInt64) -> LabelledRows {
    var random = RandomStream(seed: seed)
    var rows: [[Double]] = []
    var labels: [String] = []
    for index in 0..<count {
      let isFirst = index % 3 != 2
      let (long, short) = (3 * random.normal(), 0.5 * random.normal())
      rows.append(isFirst ? [long, short] : [short, long])
      labels.append(isFirst ? "flat" : "steep")
    }
    return LabelledRows(
      columns: ["x", "y"], values: NDArray(rows: rows), labels: labels, source: "memory")
  }

  private let options = GaussianMixtureOptions(components: 1, covariance: .full)

  @Test("One Gaussian a class is quadratic discriminant analysis, number by number")
  func discriminantAnalysis() throws {
    let rows = crossing(90, seed: 1)
    let model = try RowClassifier.train(rows, labelColumn: "kind", options: options)
    // By hand: means, covariances with divisor n, and Bayes' rule.
    func score(_ x: Double, _ y: Double, _ label: String) -> Double {
      let own = rows.labels.indices.filter { rows.labels[$0] == label }
      let n = Double(own.count)
      let mean = (0..<2).map { column in own.reduce(0) { $0 + rows.values[$1, column] } / n }
      func covariance(_ i: Int, _ j: Int) -> Double {
        own.reduce(0) {
          $0 + (rows.values[$1, i] - mean[i]) * (rows.values[$1, j] - mean[j])
        } / n
      }
      let (a, b, d) = (covariance(0, 0), covariance(0, 1), covariance(1, 1))
      let determinant = a * d - b * b
      let (u, v) = (x - mean[0], y - mean[1])
      let distance = (d * u * u - 2 * b * u * v + a * v * v) / determinant
      return log(n / 90) - 0.5 * (distance + log(determinant))
    }
    let new = crossing(30, seed: 2)
    for (row, verdict) in try model.classify(new.values).enumerated() {
      let (x, y) = (new.values[row, 0], new.values[row, 1])
      let (flat, steep) = (score(x, y, "flat"), score(x, y, "steep"))
      let expected = 1 / (1 + exp(steep - flat))
      let found = verdict.ranking.first { $0.label == "flat" }!.probability
      #expect(abs(found - expected) < 1e-4)
      #expect(verdict.label == (expected >= 0.5 ? "flat" : "steep"))
    }
  }

  @Test("A missing cell is integrated out: its row is judged by the other alone")
  func missingCell() throws {
    let model = try RowClassifier.train(
      crossing(90, seed: 1), labelColumn: "kind", options: options)
    let verdicts = try model.classify(NDArray(rows: [[6, .nan], [.nan, 6], [.nan, .nan]]))
    #expect(verdicts.map(\.label) == ["flat", "steep", "flat"])
    // Where nothing is known, what was believed beforehand stands.
    #expect(abs(verdicts[2].confidence - 2.0 / 3) < 1e-9)
  }

  @Test("Saving changes nothing, and damage is named")
  func archive() throws {
    let rows = crossing(90, seed: 1)
    let model = try RowClassifier.train(
      rows, labelColumn: "kind", options: options, priors: .uniform)
    let copy = try RowClassifier(archive: try model.archive(), path: "memory")
    #expect(try copy.classify(rows.values) == model.classify(rows.values))
    #expect(copy.labelColumn == "kind" && copy.priors.allSatisfy { abs($0 - 0.5) < 1e-12 })
    var newer = try model.archive()
    newer.metadata["tenca.format"] = "9"
    #expect(throws: RecognitionError.newerFormat(path: "a", found: 9, newest: 1)) {
      try RowClassifier(archive: newer, path: "a")
    }
    var damaged = try model.archive()
    damaged.metadata["tenca.row-classifier"] =
      damaged.metadata["tenca.row-classifier"]?.replacing("\"steep\"", with: "\"flat\"")
    #expect(throws: RecognitionError.self) { try RowClassifier(archive: damaged, path: "a") }
  }

  @Test("Parts hold every row once, and what cannot be parted is refused")
  func crossValidation() throws {
    let rows = crossing(91, seed: 3)
    let evaluation = try RowClassifier.crossValidate(rows, folds: 7, options: options)
    #expect(evaluation.confusion.total == 91)
    #expect(Set(evaluation.verdicts.map(\.name)).count == 91)
    #expect(evaluation.confusion.accuracy > 0.8)
    for (index, verdict) in evaluation.verdicts.enumerated() where index % 9 == 0 {
      let row = Int(verdict.name.dropFirst(4))! - 1
      #expect(verdict.actual == rows.labels[row])
    }
    #expect(throws: RecognitionError.self) {
      try RowClassifier.crossValidate(rows, folds: 1, options: options)
    }
    let single = LabelledRows(
      columns: ["x"], values: NDArray(rows: [[1], [2], [3]]), labels: ["a", "a", "b"],
      source: "memory")
    #expect(throws: RecognitionError.self) {
      try RowClassifier.crossValidate(single, folds: 2, options: options)
    }
    #expect(throws: RecognitionError.tooFewClasses(labels: ["a"])) {
      try RowClassifier.train(single.subset([0, 1]), labelColumn: "kind", options: options)
    }
    #expect(throws: RecognitionError.self) {
      try RowClassifier.train(rows, labelColumn: "kind", options: options).evaluate(single)
    }
  }
}
