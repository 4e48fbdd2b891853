import ArgumentParser
internal import TencaGenerative

/// A loss with remedies, written `non-saturating+unrolled:5,pack:2`.
struct ToyPlay: ExpressibleByArgument {
  let loss: AdversarialLoss
  let remedies: AdversarialRemedies

  init?(argument: String) {
    let halves = argument.split(separator: "+", maxSplits: 1).map(String.init)
    guard let name = halves.first, let loss = AdversarialLoss(rawValue: name),
      let remedies = try? AdversarialRemedies(names: halves.count == 2 ? halves[1] : "")
    else { return nil }
    (self.loss, self.remedies) = (loss, remedies)
  }

  /// As it is written.
  var name: String {
    remedies == .init() ? loss.rawValue : "\(loss.rawValue)+\(remedies)"
  }

  var fileName: String {
    String(name.map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "-" })
  }
}

/// The names of losses, with commas between them.
let lossNames = AdversarialLoss.allCases.map(\.rawValue).joined(separator: ", ")
