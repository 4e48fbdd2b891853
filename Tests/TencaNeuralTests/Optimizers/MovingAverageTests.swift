import TencaNumerics
import Testing

@testable import TencaNeural

@Suite("moving averages of weights")
struct MovingAverageTests {
  @Test("after n steps towards the same weights decayⁿ of the distance is left")
  func constantTarget() {
    var random = RandomStream(seed: 1)
    let target = Linear(3, 2, &random)
    let start = Linear(3, 2, &random)
    var average = start
    for _ in 0..<10 { average.move(towards: target, decay: 0.9) }
    let left = (0..<10).reduce(1.0) { left, _ in left * 0.9 }
    for (found, (a, b)) in zip(average.parameters, zip(start.parameters, target.parameters)) {
      #expect(isNear(found, zip(a.elements, b.elements).map { $1 + left * ($0 - $1) }))
    }
  }

  @Test("statistics are taken over, and the other network stays what it is")
  func statistics() {
    var random = RandomStream(seed: 2)
    var target = BatchNormalization(2, &random)
    target.runningMean = Tensor([3, 4])
    var average = BatchNormalization(2, &random)
    average.scale = Tensor([5, 5])
    average.move(towards: target, decay: 0.5)
    #expect(average.runningMean.elements == [3, 4])
    #expect(average.scale.elements == [3, 3])
    #expect(target.scale.elements == [1, 1])
  }

  @Test("the decay rises to its height")
  func decay() {
    #expect(Linear.movingAverageDecay(0.999, after: 0) == 0.1)
    #expect(Linear.movingAverageDecay(0.999, after: 8) == 0.5)
    #expect(Linear.movingAverageDecay(0.999, after: 1_000_000) == 0.999)
  }
}
