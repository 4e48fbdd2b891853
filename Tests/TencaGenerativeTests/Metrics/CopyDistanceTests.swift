import TencaNumerics
import Testing

@testable import TencaGenerative

@Suite("Copy distance")
struct CopyDistanceTests {
  // np.median(cdist(a, b).min(1)), np.median(cdist(h, b).min(1))
  // with h = np.sin(0.71 * np.arange(1, 31)[:, None] * np.arange(1, 5) + 0.5)
  @Test("As scipy's distances have it")
  func scipy() throws {
    let heldOut = waves(30, speed: 0.71, phase: 0.5)
    let copy = try CopyDistance(generated: generatedWaves, heldOut: heldOut, training: realWaves)
    #expect(abs(copy.generated - 0.8746768065383757) < 1e-12)
    #expect(abs(copy.heldOut - 0.9274826988294537) < 1e-12)
    #expect(abs(copy.ratio! - 0.8746768065383757 / 0.9274826988294537) < 1e-12)
    #expect(copy.exactCopies == 0)
  }

  @Test("A model that copies is found out, one that draws anew is not")
  func copying() throws {
    let training = normals([400, 4], seed: 1)
    let heldOut = normals([200, 4], seed: 2)
    let copies = training.selectingRows((0..<200).map { 2 * $0 })
    let caught = try CopyDistance(generated: copies, heldOut: heldOut, training: training)
    #expect(caught.ratio == 0 && caught.exactCopies == 200)
    let close = copies + normals([200, 4], deviation: 0.01, seed: 3)
    let near = try CopyDistance(generated: close, heldOut: heldOut, training: training)
    #expect(near.ratio! < 0.1 && near.exactCopies == 0)
    let honest = try CopyDistance(
      generated: normals([200, 4], seed: 4), heldOut: heldOut, training: training)
    #expect((0.8...1.25).contains(honest.ratio!))
    let leaked = try CopyDistance(generated: heldOut, heldOut: copies, training: training)
    #expect(leaked.ratio == nil)
  }
}
