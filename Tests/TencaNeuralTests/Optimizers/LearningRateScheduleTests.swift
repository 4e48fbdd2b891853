import Testing

@testable import TencaNeural

@Suite("learning rate schedules")
struct LearningRateScheduleTests {
  @Test("a constant rate, and a warm-up in equal steps")
  func warmUp() throws {
    let constant = try LearningRateSchedule(rate: 0.3)
    #expect([0, 1, 1000].allSatisfy { constant.rate(at: $0) == 0.3 })
    let warm = try LearningRateSchedule(rate: 2, warmUp: 4)
    #expect((0..<6).map { warm.rate(at: $0) } == [0.5, 1, 1.5, 2, 2, 2])
  }

  @Test("half a cosine from the full rate to the final one")
  func cosine() throws {
    let schedule = try LearningRateSchedule(
      rate: 2, warmUp: 2, course: .cosine(steps: 6, final: 0.1))
    // cos 0, π/3, π/2, 2π/3 and π are 1, 1/2, 0, -1/2 and -1.
    let expected = [
      (0, 1.0), (1, 2.0), (2, 2.0), (4, 1.55), (5, 1.1), (6, 0.65), (8, 0.2), (99, 0.2),
    ]
    for (step, rate) in expected { #expect(abs(schedule.rate(at: step) - rate) < 1e-12) }
  }

  @Test("a factor after every interval")
  func steps() throws {
    let schedule = try LearningRateSchedule(
      rate: 8, course: .step(interval: 3, factor: 0.5))
    #expect((0..<8).map { schedule.rate(at: $0) } == [8, 8, 8, 4, 4, 4, 2, 2])
  }

  @Test("options out of range are named")
  func invalid() {
    func name(_ body: () throws -> LearningRateSchedule) -> String? {
      do {
        _ = try body()
        return nil
      } catch NeuralError.invalidOption(let name, _, _) {
        return name
      } catch { return "\(error)" }
    }
    #expect(name { try LearningRateSchedule(rate: 0) } == "rate")
    #expect(name { try LearningRateSchedule(rate: .nan) } == "rate")
    #expect(name { try LearningRateSchedule(rate: 1, warmUp: -1) } == "warm-up")
    #expect(
      name { try LearningRateSchedule(rate: 1, course: .cosine(steps: 0)) } == "cosine steps")
    #expect(
      name { try LearningRateSchedule(rate: 1, course: .cosine(steps: 1, final: 2)) }
        == "final rate")
    #expect(
      name { try LearningRateSchedule(rate: 1, course: .step(interval: 0, factor: 1)) }
        == "interval")
    #expect(
      name { try LearningRateSchedule(rate: 1, course: .step(interval: 1, factor: 0)) }
        == "factor")
  }
}
