internal import Foundation
public import TencaNeural
public import TencaNumerics

extension Autoencoder {
  /// The pixels that a decoded parameter stands for: probabilities, or means within 0...1.
  func pixels(_ parameters: Tensor) -> Tensor {
    switch options.likelihood {
    case .bernoulli: parameters.sigmoid()
    case .gaussian: parameters
    case .logistic: parameters.clamped(to: 0...1)
    }
  }

  /// Examples for codes.
  ///
  /// - Parameters:
  ///   - codes: examples × code numbers.
  ///   - classes: The class of each; nil for a model without classes.
  /// - Returns: examples × height × width × channels.
  public func decoded(_ codes: Tensor, classes: [Int]? = nil) -> Tensor {
    var network = self
    var pass = ForwardPass.inference
    return withoutRecording {
      pixels(network.decode(codes, classes: oneHot(classes), &pass))
    }
  }

  /// The mean codes of examples: examples × code numbers.
  public func codes(_ x: Tensor, classes: [Int]? = nil) -> (mean: Tensor, logVariance: Tensor?) {
    var network = self
    var pass = ForwardPass.inference
    return withoutRecording { network.encode(x, classes: oneHot(classes), &pass) }
  }

  /// Examples through the code and back.
  public func reconstructed(_ x: Tensor, classes: [Int]? = nil) -> Tensor {
    decoded(codes(x, classes: classes).mean, classes: classes)
  }

  /// New examples: codes drawn from the standard normal, decoded.
  ///
  /// - Parameter temperature: The deviation of the codes; below 1 for more usual examples.
  public func sampled(
    _ count: Int, classes: [Int]? = nil, temperature: Double = 1, _ random: inout RandomStream
  ) -> Tensor {
    decoded(
      Tensor(normal: [count, options.latentCount], deviation: temperature, from: &random),
      classes: classes)
  }

  private func oneHot(_ classes: [Int]?) -> Tensor? {
    guard options.classCount > 0, let classes else { return nil }
    return Tensor.oneHot(classes, classes: options.classCount)
  }
}

/// A way from one code to another.
public enum CodePath: String, Sendable, CaseIterable, Codable {
  /// Along the line between them.
  case straight
  /// Along the great circle, which keeps to lengths that codes usually have (Shoemake 1985).
  case spherical

  /// `steps` codes from `a` to `b`, both included: steps × code numbers.
  public func codes(from a: [Double], to b: [Double], steps: Int) -> Tensor {
    let rows = (0..<steps).flatMap { step -> [Double] in
      let t = steps == 1 ? 0 : Double(step) / Double(steps - 1)
      return between(a, b, t)
    }
    return Tensor(rows, shape: [steps, a.count])
  }

  private func between(_ a: [Double], _ b: [Double], _ t: Double) -> [Double] {
    func norm(_ v: [Double]) -> Double { v.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    var weights = (1 - t, t)
    if self == .spherical {
      let cosine = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / max(norm(a) * norm(b), 1e-300)
      let angle = acos(min(max(cosine, -1), 1))
      // Nearly parallel codes have no great circle of their own; the line is the same there.
      if sin(angle) > 1e-6 {
        weights = (
          sin((1 - t) * angle) / sin(angle), sin(t * angle) / sin(angle)
        )
      }
    }
    return zip(a, b).map { weights.0 * $0 + weights.1 * $1 }
  }
}
