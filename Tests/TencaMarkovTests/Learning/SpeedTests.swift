import FoundationEssentials
import TencaMarkov
import TencaMixture
import TencaNumerics
import Testing

/// Where larger corpora lie, if anybody said.
private let corpora = ProcessInfo.processInfo.environment["TENCA_DATA"]

/// Response times in a task of speed or accuracy (I. Visser, M. Speekenbrink, "depmixS4", 2010): two
/// states, in one series or in the three that were recorded, and depmixS4's likelihoods.
@Suite(.enabled(if: corpora != nil, "needs TENCA_DATA, a folder of corpora"))
struct SpeedTests {
  private func times() throws -> NDArray<Double> {
    let path = "\(corpora!)/psychology_speed/speed.csv"
    let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline)
    let column = try #require(lines[0].split(separator: ",").firstIndex(of: "rt"))
    return NDArray(
      rows: try lines.dropFirst().map {
        [try #require(Double($0.split(separator: ",", omittingEmptySubsequences: false)[column]))]
      })
  }

  @Test(arguments: [([439], -88.730584), ([168, 134, 137], -84.341714)])
  func likelihoods(_ lengths: [Int], _ expected: Double) throws {
    let fit = try HiddenMarkovModel.fit(
      GaussianEmission(states: 2, columns: 1), to: times(), lengths: lengths,
      options: HiddenMarkovOptions(iterations: 10_000, tolerance: 1e-10, restarts: 10, seed: 1))
    #expect(abs(fit.logLikelihood - expected) < 1e-4, "\(fit.logLikelihood)")
    // Slow and accurate, fast and guessing.
    let means = fit.model.emission.means.elements
    #expect(abs(means[0] - 5.52) < 0.05 && abs(means[1] - 6.39) < 0.05, "\(means)")
  }
}
