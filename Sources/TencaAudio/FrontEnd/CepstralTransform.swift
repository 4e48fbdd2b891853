#if canImport(Glibc)
  internal import Glibc
#endif

/// The cosine transform and lifter that turn log-mel energies into cepstral coefficients, as one
/// matrix.
struct CepstralTransform: Sendable {
  let outputs: Int
  private let inputs: Int
  private let vectors: Int
  /// Inputs × outputs, each input's row padded to whole vectors.
  private let matrix: [SIMD8<Float>]

  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  init(_ options: CepstrumOptions, inputs: Int) throws {
    let order = try Self.coefficientOrder(options, inputs: inputs)
    self.inputs = inputs
    outputs = order.count
    vectors = (order.count + 7) / 8
    var matrix = [SIMD8<Float>](repeating: .zero, count: inputs * vectors)
    for (column, coefficient) in order.enumerated() {
      let lifter = Self.lifterWeight(options, coefficient)
      for input in 0..<inputs {
        let weight = lifter * Self.cosine(options, coefficient, input, inputs: inputs)
        matrix[input * vectors + column / 8][column % 8] = Float(weight)
      }
    }
    self.matrix = matrix
  }

  /// Which coefficients come out, in which order.
  private static func coefficientOrder(_ options: CepstrumOptions, inputs: Int) throws -> [Int] {
    let type = options.transformType
    guard (1...3).contains(type), type != 1 || inputs > 1, type == 2 || options.scaling != .htk
    else {
      throw AudioError.invalidOption(
        name: "dct-type", value: "\(type) with scaling \(options.scaling.rawValue)",
        rule: "1 (of two filters or more), 2 or 3; HTK's scaling is of type 2.")
    }
    let limit = options.zeroth == .omitted ? inputs - 1 : inputs
    guard (1...max(limit, 1)).contains(options.count), limit > 0 else {
      throw AudioError.invalidOption(
        name: "cepstra", value: "\(options.count)",
        rule: "between 1 and \(limit): \(inputs) mel filters give no more.")
    }
    switch options.zeroth {
    case .first: return Array(0..<options.count)
    case .last: return Array(1..<options.count) + [0]
    case .omitted: return Array(1...options.count)
    }
  }

  private static func lifterWeight(_ options: CepstrumOptions, _ coefficient: Int) -> Double {
    if options.lifter == 0 { return 1 }
    let position = Double(coefficient + (options.liftersZeroth ? 1 : 0))
    return 1 + options.lifter / 2 * sin(.pi * position / options.lifter)
  }

  /// One entry of the cosine transform (Makhoul 1980; scalings as SciPy's and HTK's).
  private static func cosine(
    _ options: CepstrumOptions, _ k: Int, _ n: Int, inputs: Int
  ) -> Double {
    let size = Double(inputs)
    let orthonormal = options.scaling == .orthonormal
    switch options.transformType {
    case 1:
      let ends = n == 0 || n == inputs - 1
      let angle = Double.pi * Double(k * n) / (size - 1)
      if !orthonormal { return (ends ? 1 : 2) * cos(angle) }
      let outer = k == 0 || k == inputs - 1
      return (2 / (size - 1)).squareRoot() * (ends ? 0.5.squareRoot() : 1)
        * (outer ? 0.5.squareRoot() : 1) * cos(angle)
    case 3:
      let angle = Double.pi * Double(n) * (Double(k) + 0.5) / size
      if !orthonormal { return (n == 0 ? 1 : 2) * cos(angle) }
      return n == 0 ? (1 / size).squareRoot() : (2 / size).squareRoot() * cos(angle)
    default:
      let value = cos(.pi * Double(k) * (Double(n) + 0.5) / size)
      switch options.scaling {
      case .none: return 2 * value
      case .htk: return (2 / size).squareRoot() * value
      case .orthonormal: return (k == 0 ? 1 / size : 2 / size).squareRoot() * value
      }
    }
  }

  /// Transforms one row. `output` has room for ``outputs`` values.
  func apply(_ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>) {
    matrix.withUnsafeBufferPointer { matrix in
      for vector in 0..<vectors {
        var sum = SIMD8<Float>(repeating: 0)
        for index in 0..<inputs { sum += matrix[index * vectors + vector] * input[index] }
        for lane in 0..<min(8, outputs - vector * 8) { output[vector * 8 + lane] = sum[lane] }
      }
    }
  }
}
