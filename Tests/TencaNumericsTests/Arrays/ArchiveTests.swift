import TencaNumerics
import Testing

@Suite struct ArchiveTests {
  @Test func givesArraysInEitherPrecision() {
    let archive = Archive(
      arrays: ["a": .float(NDArray([1, 2])), "b": .double(NDArray([0.1], shape: [1, 1]))],
      metadata: ["kind": "test"])
    #expect(archive.arrays["a"]?.shape == [2])
    #expect(archive.arrays["a"]?.asDouble == NDArray<Double>([1, 2]))
    #expect(archive.arrays["a"]?.asFloat == NDArray<Float>([1, 2]))
    #expect(archive.arrays["b"]?.asFloat.elements == [Float(0.1)])
    #expect(archive.arrays["b"]?.asDouble.elements == [0.1])
    #expect(archive.arrays["b"]?.shape == [1, 1])
  }

  @Test func equalsOnlyTheSameContents() {
    let array = NDArray<Float>([1])
    let archive = Archive(arrays: ["a": .float(array)])
    #expect(archive == Archive(arrays: ["a": .float(array)]))
    #expect(archive != Archive(arrays: ["a": .double(array.converted())]))
    #expect(archive != Archive(arrays: ["a": .float(array)], metadata: ["kind": "test"]))
  }
}
