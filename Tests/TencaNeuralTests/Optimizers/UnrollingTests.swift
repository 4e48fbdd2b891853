import TencaNumerics
import Testing

@testable import TencaNeural

@Suite("steps that can be differentiated")
struct UnrollingTests {
  private static let rules: [OptimizerRule] = [
    .sgd(), .sgd(momentum: 0.9), .rmsProp(), .adam(beta1: 0.5),
  ]

  private func network() -> Linear {
    var random = RandomStream(seed: 1)
    return Linear(3, 2, &random).converted(to: .double)
  }

  /// A loss of the network that depends on `inputs`, curved in both.
  private func loss(_ network: Linear, _ inputs: Tensor) -> Tensor {
    var pass = ForwardPass.inference
    let y = network(inputs, &pass)
    return (y.tanh().squared() + y * 0.3).mean()
  }

  @Test("a step that is looked ahead is the step that is taken", arguments: rules)
  func sameStep(_ rule: OptimizerRule) throws {
    let inputs = Tensor([1, -2, 0.5, 0.3, 0.7, -1], shape: [2, 3], precision: .double)
    var taken = network()
    var ahead = taken.watched()
    var takes = Optimizer(rule, rate: 0.01)
    var looks = UnrolledOptimizer(takes)
    for _ in 0..<3 {
      let (_, slopes) = try taken.lossAndGradients { loss($0, inputs) }
      takes.update(&taken, slopes)
      looks.update(
        &ahead,
        gradients(
          of: loss(ahead, inputs), withRespectTo: ahead.parameters, differentiable: true))
    }
    for (a, b) in zip(taken.parameters, ahead.parameters) {
      // ε beneath the root instead of beside it moves small gradients' steps a little.
      for (x, y) in zip(a.elements, b.elements) { #expect(abs(x - y) < 1e-5) }
    }
  }

  @Test("one looks ahead from where the optimiser is", arguments: rules)
  func goesOn(_ rule: OptimizerRule) throws {
    let inputs = Tensor([1, -2, 0.5, 0.3, 0.7, -1], shape: [2, 3], precision: .double)
    var taken = network()
    var takes = Optimizer(rule, rate: 0.01)
    func slopes(_ network: Linear) throws -> [Tensor] {
      var network = network
      return try network.lossAndGradients { loss($0, inputs) }.gradients
    }
    for _ in 0..<2 { takes.update(&taken, try slopes(taken)) }
    var ahead = taken
    var looks = UnrolledOptimizer(takes)
    looks.update(&ahead, try slopes(ahead))
    takes.update(&taken, try slopes(taken))
    for (a, b) in zip(taken.parameters, ahead.parameters) {
      for (x, y) in zip(a.elements, b.elements) { #expect(abs(x - y) < 1e-5) }
    }
  }

  @Test("the gradient through three steps is that of finite differences", arguments: rules)
  func gradient(_ rule: OptimizerRule) {
    let start = Tensor([1, -2, 0.5, 0.3, 0.7, -1], shape: [2, 3], precision: .double)
    func outer(_ inputs: Tensor) -> Tensor {
      var ahead = network().watched()
      var optimizer = UnrolledOptimizer(Optimizer(rule, rate: 0.05))
      for _ in 0..<3 {
        optimizer.update(
          &ahead,
          gradients(
            of: loss(ahead, inputs), withRespectTo: ahead.parameters, differentiable: true))
      }
      return loss(ahead, inputs.detached())
    }
    let watched = start.watched()
    let exact = gradients(of: outer(watched), withRespectTo: [watched])[0].elements
    #expect(exact.contains { abs($0) > 1e-4 }, "the outer loss depends on what steps were made of")
    for place in 0..<6 {
      func moved(_ by: Double) -> Double {
        var elements = start.elements
        elements[place] += by
        // The same outer inputs as before: only the inner steps see the change.
        var ahead = network().watched()
        var optimizer = UnrolledOptimizer(Optimizer(rule, rate: 0.05))
        let inputs = Tensor(elements, shape: [2, 3], precision: .double)
        for _ in 0..<3 {
          optimizer.update(
            &ahead,
            gradients(
              of: loss(ahead, inputs), withRespectTo: ahead.parameters, differentiable: true))
        }
        return loss(ahead, start).scalar
      }
      let numeric = (moved(1e-5) - moved(-1e-5)) / 2e-5
      #expect(abs(numeric - exact[place]) < 1e-6 * max(1, abs(numeric)))
    }
  }
}
