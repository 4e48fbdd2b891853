// Foundation for `Bundle`, which finds the golden values beside the tests.
import Foundation
import TencaAudio
import TencaFormats
import TencaNumerics
import Testing

/// One case of Goldens/cases.json: a feature, a peer's options, and the name of its answer.
struct GoldenCase: Decodable, Sendable, CustomTestStringConvertible {
  enum Convention: String, Decodable {
    case kaldi, librosa, torchaudio, htk
  }

  enum Feature: String, Decodable {
    case spectrogram, mel, mfcc, bank, delta, cmvn, vad, descriptors, yin, pyin
  }

  let name: String
  let convention: Convention
  let feature: Feature
  /// The sound that is analysed, where one is.
  let signal: String?
  /// The tensor that the feature is made of, where it is made of other features.
  let input: String?
  let options: [String: PeerValue]
  let tensor: String
  let peerDtype: String

  var testDescription: String { name }

  /// The peer's answer.
  var expected: NDArray<Double> { get throws { try Goldens.array(tensor) } }

  /// Calls `body` with the options, and fails if it did not read all of them.
  func reading<Result>(_ body: (inout PeerOptions) throws -> Result) rethrows -> Result {
    var options = PeerOptions(options)
    let result = try body(&options)
    #expect(options.unread.isEmpty, "\(name): options that nothing of ours answers to")
    return result
  }
}

/// The files of the folder Goldens.
enum Goldens {
  static let cases: [GoldenCase] = {
    // A missing or damaged list must not pass as an empty one.
    try! JSONDecoder().decode(
      [GoldenCase].self, from: Data(contentsOf: folder.appending(path: "cases.json")))
  }()

  static func array(_ name: String) throws -> NDArray<Double> {
    try #require(archive.get().arrays[name], "no golden array \(name)").asDouble
  }

  static func signal(_ name: String) throws -> Waveform {
    try Waveform.read(path: folder.appending(path: "signals/\(name).wav").path)
  }

  private static let folder = Bundle.module.resourceURL!.appending(path: "Goldens")
  private static let archive = Result {
    try SafeTensors.read(path: folder.appending(path: "goldens.safetensors").path)
  }
}
