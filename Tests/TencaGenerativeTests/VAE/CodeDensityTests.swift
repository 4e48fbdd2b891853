import TencaNeural
import TencaNumerics
import Testing

@testable import TencaGenerative

@Suite("where codes lie")
struct CodeDensityTests {
  @Test("drawn codes have the mean and covariance of the codes that the encoder draws")
  func moments() throws {
    var options = AutoencoderOptions(shape: ExampleShape(height: 8, width: 8, channels: 1))
    (options.width, options.latentCount, options.classCount) = (6, 2, 2)
    var random = RandomStream(seed: 3)
    let network = try Autoencoder(options, random: &random)
    let labels = (0..<40).map { $0 % 2 }
    let set = try ExampleSet(
      Tensor(uniform: [40, 8, 8, 1], from: &random).floatArray, labels: labels,
      classNames: ["a", "b"])
    let density = try CodeDensity(of: network, on: set, scaling: nil)
    // The oracle: every number by its definition, class by class.
    let codes = network.codes(set.tensor(0..<40), classes: labels)
    let (mean, logVariance) = (codes.mean.elements, try #require(codes.logVariance).elements)
    let drawn = density.codes(
      40_000, classes: (0..<40_000).map { $0 % 2 }, temperature: 1, &random
    ).elements
    for group in 0..<2 {
      func moments(_ values: [Double]) -> (mean: [Double], product: Double, squares: [Double]) {
        let rows = stride(from: group, to: values.count / 2, by: 2).map {
          (values[2 * $0], values[2 * $0 + 1])
        }
        let n = Double(rows.count)
        let m = [rows.reduce(0) { $0 + $1.0 } / n, rows.reduce(0) { $0 + $1.1 } / n]
        return (
          m, rows.reduce(0) { $0 + ($1.0 - m[0]) * ($1.1 - m[1]) } / n,
          [
            rows.reduce(0) { $0 + ($1.0 - m[0]) * ($1.0 - m[0]) } / n,
            rows.reduce(0) { $0 + ($1.1 - m[1]) * ($1.1 - m[1]) } / n,
          ]
        )
      }
      let (wanted, found) = (moments(mean), moments(drawn))
      // Four standard errors of 20,000 draws of about unit deviation.
      let tolerance = 4 / (20_000.0).squareRoot()
      for i in 0..<2 {
        #expect(abs(wanted.mean[i] - found.mean[i]) < tolerance)
        let own = stride(from: group, to: 40, by: 2).reduce(0) { sum, row in
          sum + Tensor([logVariance[2 * row + i]]).exponential().scalar / 20
        }
        #expect(abs(wanted.squares[i] + own - found.squares[i]) < 2 * tolerance)
      }
      #expect(abs(wanted.product - found.product) < 2 * tolerance)
    }
  }

  @Test("a class without examples is named")
  func missingClass() throws {
    var options = AutoencoderOptions(shape: ExampleShape(height: 8, width: 8, channels: 1))
    options.classCount = 2
    var random = RandomStream(seed: 3)
    let network = try Autoencoder(options, random: &random)
    let set = try ExampleSet(
      NDArray(zeros: [4, 8, 8, 1]), labels: [0, 0, 0, 0], classNames: ["a", "b"])
    #expect(
      throws: GenerativeError.tooFewExamples(path: "the examples, class b", count: 0, least: 1)
    ) { try CodeDensity(of: network, on: set, scaling: nil) }
  }
}
