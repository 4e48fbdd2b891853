internal import TencaNeural
internal import TencaNumerics

/// Training steps, and what they make of a processor whose best is a large matrix product.
struct NetworkMeasurement: Encodable {
  let measurement: Measurement
  /// Floating-point operations of a pass, in products and convolutions.
  let operations: Int
  /// The product of two matrices of 1024 × 1024 in the same process: the best before and after.
  let product: (wall: Double, cpu: Double)

  /// Times `passes` runs of `work`, and large products before and after them.
  static func of(
    _ name: String, threads: Int, passes: Int, size: [String: Double], _ work: () throws -> Void
  ) rethrows -> NetworkMeasurement {
    var random = RandomStream(seed: 2)
    let (a, b) = (
      Tensor(normal: [side, side], from: &random), Tensor(normal: [side, side], from: &random)
    )
    func product() -> Measurement {
      Measurement.of("product", threads: threads, passes: 15, size: [:]) {
        _ = Tensor.product(a, b)
      }
    }
    let before = product()
    let start = OperationCount.total
    let measurement = try Measurement.of(
      name, threads: threads, passes: passes, size: size, work)
    let operations = (OperationCount.total - start) / (passes + 1)
    let after = product()
    return NetworkMeasurement(
      measurement: measurement, operations: operations,
      product: (min(before.wall, after.wall), min(before.cpu, after.cpu)))
  }

  private static let side = 1024
  private static var productOperations: Double { 2 * Double(side * side * side) }

  private enum Keys: String, CodingKey {
    case operations, gflops, sgemmGflops, fractionOfPeak, fractionOfPeakByProcessor
  }

  /// Rates are of the best pass by the clock; the second fraction compares processor time, which other
  /// work on the machine disturbs less, but which does not show how long one thread waits for another.
  func encode(to encoder: any Encoder) throws {
    try measurement.encode(to: encoder)
    let work = Double(operations)
    let best = Self.productOperations
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(operations, forKey: .operations)
    try container.encode(work / measurement.wall / 1e9, forKey: .gflops)
    try container.encode(best / product.wall / 1e9, forKey: .sgemmGflops)
    try container.encode(
      work / measurement.wall * product.wall / best, forKey: .fractionOfPeak)
    try container.encode(
      work / measurement.cpu * product.cpu / best, forKey: .fractionOfPeakByProcessor)
  }
}
