import Foundation
import TencaGenerative
import TencaNeural
import Testing

@Suite("losses of a game")
struct AdversarialLossTests {
  private let real = Tensor([2, -1, 0.5], precision: .double)
  private let fake = Tensor([-3, 1, 0.25], precision: .double)

  private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
  private func mean(_ tensor: Tensor, _ body: (Double) -> Double) -> Double {
    tensor.elements.map(body).reduce(0, +) / Double(tensor.count)
  }

  @Test("every loss is what its paper writes")
  func values() {
    func discriminator(_ loss: AdversarialLoss, smoothing: Double = 0) -> Double {
      loss.ofDiscriminator(real: real, fake: fake, smoothing: smoothing).scalar
    }
    func generator(_ loss: AdversarialLoss) -> Double { loss.ofGenerator(fake: fake).scalar }
    func close(_ a: Double, _ b: Double) -> Bool { abs(a - b) < 1e-12 }
    let entropy =
      -mean(real) { log(sigmoid($0)) } - mean(fake) { log(1 - sigmoid($0)) }
    #expect(close(discriminator(.minimax), entropy))
    #expect(close(discriminator(.nonSaturating), entropy))
    let smoothed =
      -mean(real) { 0.9 * log(sigmoid($0)) + 0.1 * log(1 - sigmoid($0)) }
      - mean(fake) { log(1 - sigmoid($0)) }
    #expect(close(discriminator(.nonSaturating, smoothing: 0.1), smoothed))
    #expect(close(generator(.minimax), mean(fake) { log(1 - sigmoid($0)) }))
    #expect(close(generator(.nonSaturating), -mean(fake) { log(sigmoid($0)) }))
    #expect(
      close(
        discriminator(.leastSquares),
        (mean(real) { ($0 - 1) * ($0 - 1) } + mean(fake) { $0 * $0 }) / 2))
    #expect(close(generator(.leastSquares), mean(fake) { ($0 - 1) * ($0 - 1) } / 2))
    #expect(
      close(discriminator(.hinge), mean(real) { max(0, 1 - $0) } + mean(fake) { max(0, 1 + $0) }))
    for loss in [AdversarialLoss.wassersteinClipping, .wassersteinPenalty] {
      #expect(close(discriminator(loss), mean(fake) { $0 } - mean(real) { $0 }))
    }
    for loss in [AdversarialLoss.hinge, .wassersteinClipping, .wassersteinPenalty] {
      #expect(close(generator(loss), -mean(fake) { $0 }))
    }
  }

  @Test("where the discriminator is sure, only minimax leaves the generator without a gradient")
  func vanishing() {
    func slope(_ loss: AdversarialLoss) -> Double {
      let sure = Tensor([-20], precision: .double).watched()
      return gradients(of: loss.ofGenerator(fake: sure), withRespectTo: [sure])[0].scalar
    }
    #expect(abs(slope(.minimax)) < 1e-8)
    #expect(abs(slope(.nonSaturating) + 1) < 1e-8)
    #expect(slope(.wassersteinPenalty) == -1)
  }
}

@Suite("remedies")
struct AdversarialRemediesTests {
  @Test("they are read as they are written")
  func reading() throws {
    let text = "minibatch,deviation,unrolled:5,discriminators:3,pack:2,spectral"
    let remedies = try AdversarialRemedies(names: text)
    #expect(remedies.description == text)
    #expect(remedies.comparesBatch && remedies.unrolledSteps == 5 && remedies.packSize == 2)
    #expect(try AdversarialRemedies(names: "").description == "none")
  }

  @Test(
    "what is unknown, lacks its number or has one too many is named",
    arguments: [
      "unroled:5", "unrolled", "unrolled:0", "pack:x", "minibatch:2", "discriminators:99",
    ])
  func wrong(_ text: String) {
    let error = #expect(throws: GenerativeError.self) { try AdversarialRemedies(names: text) }
    #expect("\(error!)".contains(text))
  }
}
