// Foundation for `Bundle`, which finds the golden values beside the tests.
import Foundation
import TencaFormats
import TencaNumerics
import Testing

@testable import TencaNeural

/// One network's training step as PyTorch took it: see Goldens/README.md.
struct StepGolden {
  let arrays: [String: ArchivedArray]
  let variant: Variant

  var precision: Precision { variant == .double ? .double : .single }

  /// Which file is read, and what the step is computed in.
  enum Variant: String, Sendable {
    /// The small network in double precision.
    case double
    /// The small network in single precision.
    case single
    /// The network at its full width in single precision.
    case full
  }

  /// - Throws: `FormatError` where the file is missing or damaged.
  init(_ name: String, _ variant: Variant) throws {
    let folder =
      variant == .full
      ? try #require(Self.fullFolder)
      : Bundle.module.resourceURL!.appending(path: "Goldens").path
    arrays = try SafeTensors.read(path: "\(folder)/\(name).safetensors").arrays
    self.variant = variant
  }

  /// Where networks at their full widths are; nil where nobody made them.
  private static var fullFolder: String? { ProcessInfo.processInfo.environment["TENCA_GOLDENS"] }

  /// The small networks in both precisions, and the large ones where they are.
  static var variants: [Variant] { [.double, .single] + (fullFolder == nil ? [] : [.full]) }

  /// An input or an answer.
  func tensor(_ name: String) throws -> Tensor {
    let array = try #require(arrays[name], "no golden array \(name)")
    return Tensor(array).converted(to: precision)
  }

  /// Pictures of one channel, which lie alike with channels first and last.
  func pictures(_ name: String) throws -> Tensor {
    let x = try tensor(name)
    #expect(x.shape[1] == 1)
    return x.reshaped([x.shape[0], x.shape[2], x.shape[3], 1])
  }

  func labels(_ name: String) throws -> [Int] { try tensor(name).elements.map { Int($0) } }

  /// How many numbers an array has along an axis: the widths of the network.
  func length(_ name: String, _ axis: Int) throws -> Int {
    try #require(arrays[name], "no golden array \(name)").shape[axis]
  }
}
