/// The derivatives of a number by tensors that it was made from: reverse-mode differentiation.
///
/// - Parameters:
///   - output: What is differentiated; where it holds more than one number, their sum is, or the sum
///     weighted by `seed`.
///   - inputs: Watched tensors, or tensors made from watched ones.
///   - seed: The gradient of whatever follows by `output`, of its shape.
///   - differentiable: Whether the derivatives are recorded, so that they can be differentiated again.
/// - Returns: One tensor an input, of its shape; zeros where `output` does not depend on it.
/// - Complexity: About twice the work of computing `output`; only what lies between `output` and
///   `inputs` is passed through.
///
/// Source: Griewank & Walther, Evaluating Derivatives, 2nd ed. (2008), chapter 3.
public func gradients(
  of output: Tensor, withRespectTo inputs: [Tensor], seed: Tensor? = nil,
  differentiable: Bool = false
) -> [Tensor] {
  precondition(
    inputs.allSatisfy { $0.node != nil }, "a gradient by a tensor that is not watched is asked for")
  guard let root = output.node else { return inputs.map(\.zerosLike) }
  let targets = Set(inputs.map { $0.node!.number })
  let path = nodes(from: root, to: targets)
  var gathered: [Int: Tensor] = [
    root.number: seed ?? Tensor(ones: output.shape, precision: output.precision)
  ]
  Recording.$isOn.withValue(differentiable) {
    for node in path.ordered.reversed() {
      guard let rule = node.rule, let gradient = gathered[node.number] else { continue }
      if !targets.contains(node.number) { gathered[node.number] = nil }
      let wants = node.operands.map { $0.map { path.numbers.contains($0.number) } ?? false }
      let parts = rule(BackwardStep(gradient: gradient, node: node, wants: wants))
      for (index, part) in parts.enumerated() where wants[index] {
        guard let part, let operand = node.operands[index] else { continue }
        // Taken out while it is added to, so that it may be changed in place.
        var sum = gathered.removeValue(forKey: operand.number)
        if sum == nil { sum = part } else { sum!.gather(part) }
        gathered[operand.number] = sum
      }
    }
  }
  return inputs.map { gathered[$0.node!.number] ?? $0.zerosLike }
}

/// The nodes on a way from `root` to one of the `targets`, in the order in which they were made.
private func nodes(
  from root: GraphNode, to targets: Set<Int>
) -> (ordered: [GraphNode], numbers: Set<Int>) {
  // Whatever was made before all targets does not depend on them.
  let oldest = targets.min() ?? 0
  var reached: [Int: GraphNode] = [root.number: root]
  var open = [root]
  while let node = open.popLast() {
    for case let operand? in node.operands
    where operand.number >= oldest
      && reached.updateValue(operand, forKey: operand.number) == nil
    {
      open.append(operand)
    }
  }
  var numbers: Set<Int> = []
  var ordered: [GraphNode] = []
  for node in reached.values.sorted(by: { $0.number < $1.number })
  where targets.contains(node.number)
    || node.operands.contains(where: { $0.map { numbers.contains($0.number) } ?? false })
  {
    numbers.insert(node.number)
    ordered.append(node)
  }
  return (ordered, numbers)
}

extension Tensor {
  /// Zeros of the same shape and precision.
  var zerosLike: Tensor { Tensor(zeros: shape, precision: precision) }

  /// Adds one more part of a gradient, in place where nobody else holds this one.
  fileprivate mutating func gather(_ part: Tensor) {
    precondition(part.shape == shape, "a gradient of shape \(part.shape) for \(shape)")
    if Recording.isOn || !isKnownUniquelyReferenced(&storage) { return self = self + part }
    add(part, scale: 1)
  }
}
