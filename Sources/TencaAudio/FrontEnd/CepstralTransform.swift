internal import CKernels

#if canImport(Glibc)
  internal import Glibc
#endif

/// The cosine transform and lifter that turn log-mel energies into cepstral coefficients, as one
/// matrix.
struct CepstralTransform: Sendable {
  let outputs: Int
  private let inputs: Int
  /// Inputs × outputs, each row padded as the kernel wants it.
  private let matrix: [Float]

  /// - Throws: ``AudioError/invalidOption(name:value:rule:)``.
  init(_ options: CepstrumOptions, inputs: Int) throws {
    let order = try Self.coefficientOrder(options, inputs: inputs)
    let lanes = Int(TENCA_MATRIX_LANES)
    let width = (order.count + lanes - 1) / lanes * lanes
    let cosines = CosineTable(options, inputs: inputs)
    var matrix = [Float](repeating: 0, count: inputs * width)
    for (column, coefficient) in order.enumerated() {
      let lifter = Self.lifterWeight(options, coefficient)
      for input in 0..<inputs {
        matrix[input * width + column] = Float(lifter * cosines[coefficient, input])
      }
    }
    self.inputs = inputs
    self.matrix = matrix
    outputs = order.count
  }

  /// Transforms one row. `output` has room for ``outputs`` values.
  func apply(_ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>) {
    tenca_combine(input, matrix, output, inputs, outputs)
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
}

/// The entries of a cosine transform (Makhoul 1980; scalings as SciPy's and HTK's).
///
/// All angles are multiples of one, so their cosines are computed once.
private struct CosineTable {
  private let options: CepstrumOptions
  private let inputs: Int
  /// The cosines of a whole circle.
  private let circle: [Double]

  init(_ options: CepstrumOptions, inputs: Int) {
    self.options = options
    self.inputs = inputs
    let steps = options.transformType == 1 ? 2 * (inputs - 1) : 4 * inputs
    circle = (0..<steps).map { cos(2 * .pi * Double($0) / Double(steps)) }
  }

  /// The weight of input `n` in coefficient `k`.
  subscript(k: Int, n: Int) -> Double {
    let size = Double(inputs)
    let orthonormal = options.scaling == .orthonormal
    switch options.transformType {
    case 1:
      // cos(π k n / (P - 1))
      let value = circle[k * n % circle.count]
      let ends = n == 0 || n == inputs - 1
      if !orthonormal { return (ends ? 1 : 2) * value }
      let outer = k == 0 || k == inputs - 1
      return (2 / (size - 1)).squareRoot() * (ends ? 0.5.squareRoot() : 1)
        * (outer ? 0.5.squareRoot() : 1) * value
    case 3:
      // cos(π n (k + ½) / P)
      let value = circle[n * (2 * k + 1) % circle.count]
      if !orthonormal { return (n == 0 ? 1 : 2) * value }
      return n == 0 ? (1 / size).squareRoot() : (2 / size).squareRoot() * value
    default:
      // cos(π k (n + ½) / P)
      let value = circle[k * (2 * n + 1) % circle.count]
      switch options.scaling {
      case .none: return 2 * value
      case .htk: return (2 / size).squareRoot() * value
      case .orthonormal: return (k == 0 ? 1 / size : 2 / size).squareRoot() * value
      }
    }
  }
}
