import FoundationEssentials
import TencaNumerics
import Testing

@testable import TencaGenerative

@Suite("Example scaling")
struct ExampleScalingTests {
  private func apply(_ scaling: ExampleScaling, _ values: [Float]) -> [Float] {
    var values = values
    values.withUnsafeMutableBufferPointer { scaling.apply(to: $0) }
    return values
  }

  private func invert(_ scaling: ExampleScaling, _ values: [Float]) -> [Float] {
    var values = values
    values.withUnsafeMutableBufferPointer { scaling.invert($0) }
    return values
  }

  private func set(_ values: [Float]) throws -> ExampleSet {
    try ExampleSet(NDArray(values, shape: [values.count, 1, 1, 1]))
  }

  @Test("The training data's lowest and highest become the ends of the range")
  func ends() throws {
    let train = try set([-2, 6, 0])
    #expect(
      apply(ExampleScaling(fitting: train, to: .unit), [-2, 0, 2, 6, 14]) == [0, 0.25, 0.5, 1, 2])
    let symmetric = ExampleScaling(fitting: train, to: .symmetric)
    #expect(apply(symmetric, [-2, 0, 2, 6, 14]) == [-1, -0.5, 0, 1, 3])
    #expect(invert(symmetric, [-1, -0.5, 0, 1, 3]) == [-2, 0, 2, 6, 14])
  }

  @Test("Bytes are scaled from black to white, whatever occurs")
  func bytes() throws {
    let folder = try TemporaryFolder()
    let path = try folder.writeIDX([51, 102], shape: [2, 1, 1], to: "a")
    let scaling = ExampleScaling(fitting: try ExampleSet.read(path), to: .symmetric)
    #expect(scaling.lowest == 0 && scaling.highest == 1)
  }

  @Test("One number throughout becomes the lower end, and comes back")
  func constant() throws {
    let scaling = ExampleScaling(fitting: try set([7, 7]), to: .symmetric)
    #expect(apply(scaling, [7, 8]) == [-1, 1] && invert(scaling, [-1, 1]) == [7, 8])
  }

  @Test("The widest range there is does not overflow")
  func wide() throws {
    let limit = Float.greatestFiniteMagnitude
    let scaling = ExampleScaling(fitting: try set([-limit, limit]), to: .unit)
    #expect(apply(scaling, [-limit, 0, limit]) == [0, 0.5, 1])
  }

  @Test("It is saved and loaded")
  func coding() throws {
    let scaling = try ExampleScaling(lowest: -0.1, highest: 3.25, to: .symmetric)
    let data = try JSONEncoder().encode(scaling)
    #expect(try JSONDecoder().decode(ExampleScaling.self, from: data) == scaling)
    #expect(throws: GenerativeError.self) {
      try ExampleScaling(lowest: 1, highest: 0, to: .unit)
    }
    #expect(throws: GenerativeError.self) {
      try ExampleScaling(lowest: .nan, highest: 0, to: .unit)
    }
  }
}
