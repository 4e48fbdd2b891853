import TencaMixture
import TencaNumerics
import Testing

@Suite struct RowMixtureTests {
  private let data: NDArray<Double> = clusteredData(rows: 200, columns: 3, clusters: 2, seed: 5)
    .converted()

  private func options(_ components: Int) -> GaussianMixtureOptions {
    GaussianMixtureOptions(components: components, covariance: .full, seed: 3)
  }

  @Test func standardisationChangesTheScaleAndNotTheAnswer() throws {
    // Columns of unlike units: millimetres and tonnes.
    let scales = [1000.0, 1, 1e-3]
    let scaled = NDArray<Double>(shape: data.shape) { target in
      for index in 0..<data.count {
        target[index] = data.elements[index] * scales[index % 3] + scales[index % 3]
      }
    }
    let names = ["a", "b", "c"]
    let plain = try RowMixture.fit(
      scaled, columns: names, standardizes: false, options: options(2), source: "memory")
    let standardized = try RowMixture.fit(
      scaled, columns: names, standardizes: true, options: options(2), source: "memory")
    #expect(plain.standardization == nil && standardized.standardization != nil)
    // A full covariance follows any scale, so the density on the columns' own scale is the same.
    let (own, other) = (plain.training.logLikelihood, standardized.training.logLikelihood)
    #expect(abs(own - other) < 1e-3 * abs(own))
    let densities = try plain.logDensities(scaled)
    for (first, second) in zip(densities, try standardized.logDensities(scaled)) {
      #expect(abs(first - second) < 1e-2)
    }
    #expect(abs(densities.reduce(0, +) - own) < 1e-3 * abs(own))
    var random = RandomStream(seed: 1)
    let sample = standardized.sample(4000, using: &random)
    for column in 0..<3 {
      func mean(_ rows: NDArray<Double>) -> Double {
        (0..<rows.rows).reduce(0) { $0 + rows[$1, column] } / Double(rows.rows)
      }
      let deviation = try ColumnStandardization(of: scaled).deviations[column]
      #expect(abs(mean(sample) - mean(scaled)) < 0.15 * deviation)
    }
  }

  @Test func columnsAreMeasuredWithoutTheirGaps() throws {
    let rows = NDArray<Double>(rows: [[1, .nan, 7], [3, 4, 7], [5, 8, 7]])
    let measured = try ColumnStandardization(of: rows)
    #expect(measured.means == [3, 6, 7])
    #expect(abs(measured.deviations[0] - (8.0 / 3).squareRoot()) < 1e-15)
    #expect(measured.deviations[1...] == [2, 1])
    let common = try measured.applied(to: rows).block(0..<3)
    #expect(common[1, 0] == 0 && common[2, 1] == 1 && common[0, 2] == 0 && common[0, 1].isNaN)
    let back = measured.undo(common)
    #expect(back[2, 0] == 5 && back[2, 1] == 8 && back[2, 2] == 7)
    #expect(throws: MixtureError.self) {
      try ColumnStandardization(of: NDArray<Double>(rows: [[.infinity], [1]]))
    }
  }

  @Test func theCurveIsOnTheColumnsOwnScale() throws {
    let names = ["a", "b", "c"]
    let (model, selection) = try RowMixture.select(
      data, columns: names, standardizes: true, components: [1, 2, 3],
      covariances: [.diagonal, .full], criterion: .bic, options: options(1), source: "memory")
    #expect(selection.candidates.count == 6)
    let best = selection.candidates[selection.best]
    #expect(best.components == 2)
    #expect(best.score == best.criteria.bic)
    #expect(abs(best.criteria.logLikelihood - model.training.logLikelihood) < 1e-6)
    #expect(abs(model.criteria.bic - best.score) < 1e-6)
    #expect(selection.candidates.allSatisfy { $0.score >= best.score })
  }

  @Test func aSavedModelAnswersAsBefore() throws {
    let model = try RowMixture.fit(
      data, columns: ["a", "b", "c"], standardizes: true, options: options(2), source: "memory")
    let copy = try RowMixture(archive: try model.archive())
    #expect(copy == model)
    #expect(try copy.responsibilities(data) == model.responsibilities(data))
    var damaged = try model.archive()
    damaged.metadata["tenca.format"] = "2"
    #expect(throws: MixtureError.self) { try RowMixture(archive: damaged) }
  }
}
