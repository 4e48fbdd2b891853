import TencaNumerics
import Testing

@testable import TencaGenerative

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Sharpness")
struct SharpnessTests {
  // r, c = np.arange(6)[:, None], np.arange(5)
  // im = (np.sin(0.9 * r * r + 1.7 * c) / 2 + .5).astype(np.float32).astype(float)
  // scipy.signal.correlate2d(im, [[0, 1, 0], [1, -4, 1], [0, 1, 0]], mode="valid").var()
  private let picture = (0..<30).map { i in
    let (row, column) = (Double(i / 5), Double(i % 5))
    return Float(sin(0.9 * row * row + 1.7 * column) / 2 + 0.5)
  }

  @Test("As scipy has it")
  func scipy() throws {
    let value = try sharpness(NDArray(picture, shape: [1, 6, 5, 1]))
    #expect(abs(value - 1.8930425410626919) < 1e-6)
  }

  @Test("The mean over pictures and channels; flat ones and slopes are not sharp")
  func mean() throws {
    let one = try sharpness(NDArray(picture, shape: [1, 6, 5, 1]))
    // The second channel rises evenly, the second picture is flat.
    let first = picture.enumerated().flatMap { [$1, Float($0 % 5) / 4] }
    let images = NDArray(first + [Float](repeating: 0.5, count: 60), shape: [2, 6, 5, 2])
    #expect(abs(try sharpness(images) - one / 4) < 1e-6)
  }

  @Test("Other shapes and numbers that are none are refused")
  func refused() {
    #expect(throws: GenerativeError.self) { try sharpness(NDArray(zeros: [1, 2, 5, 1])) }
    #expect(throws: GenerativeError.self) { try sharpness(NDArray(zeros: [6, 5])) }
    #expect(throws: GenerativeError.self) { try sharpness(NDArray(zeros: [0, 6, 5, 1])) }
    var bad = NDArray<Float>(zeros: [2, 3, 3, 1])
    bad[[1, 0, 2, 0]] = .infinity
    #expect(
      throws: GenerativeError.featureNotFinite(
        set: "pictures", sample: 1, feature: 2, value: "inf")
    ) { try sharpness(bad) }
  }
}
