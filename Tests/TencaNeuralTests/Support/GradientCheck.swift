import TencaNumerics
import Testing

@testable import TencaNeural

/// One operation with operands to try it on.
struct OperationCase: Sendable, CustomTestStringConvertible {
  let name: String
  let operands: [Tensor]
  let function: @Sendable ([Tensor]) -> Tensor
  /// Whether the second derivative is not zero everywhere, so that it can be checked.
  var isCurved = true

  init(
    _ name: String, _ shapes: [[Int]], shift: Double = 0, isCurved: Bool = true,
    _ function: @escaping @Sendable ([Tensor]) -> Tensor
  ) {
    self.name = name
    self.isCurved = isCurved
    var random = RandomStream(seed: 5)
    operands = shapes.map { shape in
      // Away from 0, where kinks are.
      let elements = (0..<shape.reduce(1, *)).map { _ -> Double in
        let x = random.uniform(in: 0.2..<1.5)
        return shift == 0 && random.uniform() < 0.5 ? -x : x + shift
      }
      return Tensor(elements, shape: shape, precision: .double)
    }
    self.function = function
  }

  var testDescription: String { name }
}

/// Compares gradients with finite differences, in double precision.
enum GradientCheck {
  /// A fixed weighting, so that every number of a result matters differently.
  static func weights(_ shape: [Int]) -> Tensor {
    let count = shape.reduce(1, *)
    let elements = (0..<count).map { (index: Int) -> Double in
      let step = (index * 7 + 3) % 11
      return 0.3 + 0.7 * Double(step) / 11
    }
    return Tensor(elements, shape: shape, precision: .double)
  }

  /// The largest error of the first-order gradients, relative to 1 and the gradient.
  static func firstOrderError(
    _ operands: [Tensor], _ function: @escaping ([Tensor]) -> Tensor
  ) -> Double {
    let total: ([Tensor]) -> Tensor = { inputs in
      let y = function(inputs)
      return (y * weights(y.shape)).sum()
    }
    let watched = operands.map { $0.watched() }
    let exact = gradients(of: total(watched), withRespectTo: watched)
    return error(operands, exact) { total($0).scalar }
  }

  /// The same of the gradient of a weighted sum of gradients.
  static func secondOrderError(
    _ operands: [Tensor], _ function: @escaping ([Tensor]) -> Tensor
  ) -> Double {
    let total: ([Tensor]) -> Tensor = { inputs in
      let y = function(inputs)
      let first = gradients(
        of: (y * weights(y.shape)).sum(), withRespectTo: inputs, differentiable: true)
      return first.reduce(Tensor(zeros: [], precision: .double)) { sum, g in
        sum + (g * weights(g.shape)).sum()
      }
    }
    let watched = operands.map { $0.watched() }
    let exact = gradients(of: total(watched), withRespectTo: watched)
    return error(operands, exact) { inputs in total(inputs.map { $0.watched() }).scalar }
  }

  /// The numbers of a result and of its gradients.
  static func valueAndGradients(_ operation: OperationCase, _ precision: Precision) -> [[Double]] {
    let inputs = operation.operands.map {
      Tensor($0.elements, shape: $0.shape, precision: precision).watched()
    }
    let y = operation.function(inputs)
    let total = (y * weights(y.shape).converted(to: precision)).sum()
    return [y.elements] + gradients(of: total, withRespectTo: inputs).map(\.elements)
  }

  private static func error(
    _ operands: [Tensor], _ exact: [Tensor], _ value: ([Tensor]) -> Double
  ) -> Double {
    let step = 1e-5
    var worst = 0.0
    for (index, operand) in operands.enumerated() {
      let elements = operand.elements
      let expected = exact[index].elements
      // Some places of a large operand stand for all.
      for place in stride(from: 0, to: elements.count, by: max(elements.count / 24, 1)) {
        func moved(_ by: Double) -> Double {
          var changed = elements
          changed[place] += by
          var inputs = operands
          inputs[index] = Tensor(changed, shape: operand.shape, precision: .double)
          return value(inputs)
        }
        let numeric = (moved(step) - moved(-step)) / (2 * step)
        let scale = max(1, abs(numeric), abs(expected[place]))
        worst = max(worst, abs(numeric - expected[place]) / scale)
        if !expected[place].isFinite { worst = .infinity }
      }
    }
    return worst
  }
}
