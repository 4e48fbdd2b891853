// A conformance of a public type is public, and so must be the imports that it needs.
public import ArgumentParser
public import TencaAudio
public import TencaMixture
public import TencaRecognition

// The options structs' enumerations, as words on the command line.
extension ClassifierOptions.Priors: ExpressibleByArgument {}
extension CovarianceKind: ExpressibleByArgument {}
extension Convention: ExpressibleByArgument {}
extension ChannelPolicy: ExpressibleByArgument {}
extension WindowFunction: ExpressibleByArgument {}
extension FrameEdges: ExpressibleByArgument {}
extension SpectrumOptions.Normalization: ExpressibleByArgument {}
extension MelScale: ExpressibleByArgument {}
extension MelOptions.Rule: ExpressibleByArgument {}
extension CepstrumOptions.Scaling: ExpressibleByArgument {}
extension CepstrumOptions.Zeroth: ExpressibleByArgument {}
extension CepstrumOptions.Energy: ExpressibleByArgument {}
extension DeltaOptions.Method: ExpressibleByArgument {}
extension NormalizationOptions.Scope: ExpressibleByArgument {}

extension SampleExtent: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}

extension MelOptions.Normalization: ExpressibleByArgument {
  public init?(argument: String) {
    switch argument {
    case "none": self = .none
    case "slaney": self = .slaney
    case "inf": self = .unit(p: .infinity)
    default:
      guard let p = Double(argument), p > 0 else { return nil }
      self = .unit(p: p)
    }
  }
}

/// The kinds of logarithm, whose parameters are options of their own.
enum LogarithmKind: String, ExpressibleByArgument, CaseIterable {
  case none, natural, offset, decibels
}

/// A number of decibels, or `none`.
struct DecibelLimit: ExpressibleByArgument {
  let value: Float?

  init?(argument: String) {
    if argument == "none" {
      value = nil
    } else if let number = Float(argument), number > 0 {
      value = number
    } else {
      return nil
    }
  }
}
