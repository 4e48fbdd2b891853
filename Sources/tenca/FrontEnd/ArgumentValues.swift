// A conformance of a public type is public, and so must be the imports that it needs.
public import ArgumentParser
public import TencaAudio
public import TencaMixture
public import TencaRecognition

// The options structs' enumerations, as words on the command line.
extension ClassifierOptions.Priors: ExpressibleByArgument {}
extension StateTopology: ExpressibleByArgument {}
extension RecognizerOptions.UnitKind: ExpressibleByArgument {}
extension RecognizerOptions.SpeakerNormalization: ExpressibleByArgument {}
extension CovarianceKind: ExpressibleByArgument {}
extension Convention: ExpressibleByArgument {}
extension ChannelPolicy: ExpressibleByArgument {}
extension WindowFunction: ExpressibleByArgument {}
extension FrameEdges: ExpressibleByArgument {}
extension SpectrumOptions.Normalization: ExpressibleByArgument {}
extension TeagerOperator: ExpressibleByArgument {}
extension PitchMethod: ExpressibleByArgument {}
extension MelScale: ExpressibleByArgument {}
extension MelOptions.Rule: ExpressibleByArgument {}
extension CepstrumOptions.Scaling: ExpressibleByArgument {}
extension CepstrumOptions.Zeroth: ExpressibleByArgument {}
extension CepstrumOptions.Energy: ExpressibleByArgument {}
extension DeltaOptions.Method: ExpressibleByArgument {}
extension DeltaOptions.Edges: ExpressibleByArgument {}
extension NormalizationOptions.Scope: ExpressibleByArgument {}

extension SampleExtent: ExpressibleByArgument {
  /// Reads `25ms`, `0.025s` or `400`.
  public init?(argument: String) { self.init(argument) }
}

extension MelOptions.Normalization: ExpressibleByArgument {
  /// Reads `none`, `slaney` or the p of a norm.
  public init?(argument: String) { self.init(argument) }
}

extension FrameOptions.FFTLength: ExpressibleByArgument {
  /// Reads `next-power-of-two`, `frame` or a number of samples.
  public init?(argument: String) {
    switch argument {
    case "next-power-of-two": self = .nextPowerOfTwo
    case "frame": self = .windowLength
    default:
      guard let count = Int(argument), count > 0 else { return nil }
      self = .samples(count)
    }
  }
}

extension Compression.Decibels.Reference: ExpressibleByArgument {
  /// Reads `peak` or a power.
  public init?(argument: String) {
    if argument == "peak" {
      self = .peak
    } else if let power = Float(argument) {
      self = .power(power)
    } else {
      return nil
    }
  }
}

/// A number of decibels, or `none`.
struct DecibelLimit: ExpressibleByArgument {
  let value: Float?

  init?(argument: String) {
    guard let number = Float(argument) else {
      if argument != "none" { return nil }
      value = nil
      return
    }
    value = number
  }
}
