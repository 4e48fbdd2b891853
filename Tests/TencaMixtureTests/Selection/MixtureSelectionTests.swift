import TencaMixture
import TencaNumerics
import Testing

@Suite struct MixtureSelectionTests {
  /// mclust 6, `Mclust(faithful)` and `Mclust(iris[, 1:4])`: EEE with 3 and VVV with 2 are the best
  /// of the kinds that are here.
  @Test func choosesAsMclustDoes() throws {
    for (data, covariance, components, bic) in [
      (faithful, CovarianceKind.tied, 3, -2314.316), (iris, .full, 2, -574.018),
    ] {
      let selection = try GaussianMixture.select(
        data, components: 1...4, options: GaussianMixtureOptions(components: 1))
      #expect(selection.candidates.count == 16)
      let best = selection.candidates[selection.best]
      #expect(best.covariance == covariance && best.components == components)
      #expect(best.criteria.mclustBIC > bic - 1e-3)
      #expect(selection.candidates.allSatisfy { $0.score >= best.score })
      #expect(selection.fit.model.components == components)
      #expect(selection.fit.model.covarianceKind == covariance)
    }
  }

  @Test(arguments: [SelectionCriterion.bic, .icl, .heldOut(share: 0.3)])
  func findsTheNumberThatMadeTheData(criterion: SelectionCriterion) throws {
    let truth = try GaussianMixture(
      weights: [0.3, 0.4, 0.3], meanVectors: NDArray(rows: [[0, 0], [8, 1], [-3, 9]]),
      variances: NDArray(repeating: 1, shape: [3, 2]))
    var random = RandomStream(seed: 1)
    let data = truth.sample(1200, using: &random)
    let selection = try GaussianMixture.select(
      data, components: [5, 1, 3, 2, 4, 3], covariances: [.diagonal], criterion: criterion,
      options: GaussianMixtureOptions(components: 1))
    #expect(selection.candidates.map(\.components) == [1, 2, 3, 4, 5])
    if case .heldOut = criterion {
      // More components may win by a hair, fewer never.
      #expect(selection.candidates[selection.best].components >= 3)
      #expect(selection.candidates[0].criteria.rows == 840)
      #expect(abs(selection.candidates[2].score - selection.candidates[4].score) < 0.02)
    } else {
      #expect(selection.candidates[selection.best].components == 3)
    }
    #expect(selection.fit.model.components == selection.candidates[selection.best].components)
  }

  @Test func refusesNothingToChooseFrom() {
    let options = GaussianMixtureOptions(components: 1)
    #expect(throws: MixtureError.self) {
      try GaussianMixture.select(faithful, components: [], options: options)
    }
    #expect(throws: MixtureError.self) {
      try GaussianMixture.select(
        faithful, components: [1], covariances: [], options: options)
    }
    for share in [0, 1, -0.1, .nan, 1e-9] {
      #expect(throws: MixtureError.self) {
        try GaussianMixture.select(
          faithful, components: [1], criterion: .heldOut(share: share), options: options)
      }
    }
  }
}
