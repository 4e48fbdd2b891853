import TencaNumerics
import Testing

@testable import TencaGenerative

@Suite("Pairwise distance")
struct PairwiseDistanceTests {
  // scipy.spatial.distance.pdist(a).mean()
  @Test("As scipy has it, on any number of threads")
  func scipy() throws {
    #expect(abs(try meanPairwiseDistance(generatedWaves) - 1.938461575218518) < 1e-12)
    let many = normals([300, 2], seed: 1)
    let serial = try meanPairwiseDistance(many)
    #expect(try meanPairwiseDistance(many, execution: Execution(threads: 3)) == serial)
    // Two normal numbers in each of two features differ by √π on the mean.
    #expect(abs(serial - Double.pi.squareRoot()) < 0.15)
  }

  @Test("A collapsed set is at 0")
  func collapsed() throws {
    #expect(
      try meanPairwiseDistance(NDArray(repeating: 0.3, shape: [200, 7])) == 0)
    #expect(try meanPairwiseDistance(NDArray([0, 3, 0, 4], shape: [2, 2]).transposed()) == 5)
  }
}
