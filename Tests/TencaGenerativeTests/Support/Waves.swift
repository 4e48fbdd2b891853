import TencaNumerics

// glibc's sine, as numpy takes it, so that the same features can be made in both.
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Features that numpy makes as well:
/// `scale * np.sin(speed * np.arange(1, n + 1)[:, None] * np.arange(1, d + 1) + phase) + offset`.
func waves(
  _ samples: Int, _ features: Int = 4, speed: Double, phase: Double = 0, scale: Double = 1,
  offset: Double = 0
) -> NDArray<Double> {
  var result = NDArray<Double>(zeros: [samples, features])
  for i in 0..<samples {
    for j in 0..<features {
      result[i, j] = scale * sin(speed * Double((i + 1) * (j + 1)) + phase) + offset
    }
  }
  return result
}

/// Normal numbers of a mean and standard deviation.
func normals(
  _ shape: [Int], mean: Double = 0, deviation: Double = 1, seed: UInt64
) -> NDArray<Double> {
  var random = RandomStream(seed: seed)
  return NDArray(
    (0..<shape.reduce(1, *)).map { _ in mean + deviation * random.normal() }, shape: shape)
}

/// The generated and the real features that the numbers of scipy are of.
let (generatedWaves, realWaves) = (
  waves(40, speed: 0.37), waves(50, speed: 0.53, phase: 0.5, scale: 1.5, offset: 0.4)
)
