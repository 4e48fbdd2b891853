import FoundationEssentials
import TencaAudio
import TencaNumerics
import Testing

@testable import TencaSynthesis

#if canImport(Glibc)
  import Glibc
#endif

@Suite("Sets of patches")
struct PatchSetTests {
  private let options = try! PatchOptions(
    sampleRate: 8000, fftLength: 64, hopLength: 32, representation: .magnitude, height: 16, width: 8
  )

  /// Calls `body` with a folder that is there meanwhile.
  private func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let path =
      FileManager.default.temporaryDirectory.path + "/tenca-\(UInt64.random(in: 0...UInt64.max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
  }

  /// A tone in a file.
  private func source(
    _ hertz: Double, _ label: String?, in folder: String, rate: Int = 8000
  ) throws -> PatchSet.Source {
    let name = "\(Int(hertz))-\(rate).wav"
    let samples = (0..<rate / 20).map {
      Float(0.4 * sin(2 * .pi * hertz * Double($0) / Double(rate)))
    }
    try SoundWriter.write(
      [Waveform(samples: samples, sampleRate: rate)], to: "\(folder)/\(name)")
    return .init(path: "\(folder)/\(name)", name: name, label: label)
  }

  @Test("Files become patches in their order, with the places of their classes")
  func reads() throws {
    try withFolder { folder in
      let sources = [
        try source(1500, "high", in: folder), try source(500, "low", in: folder),
        try source(900, nil, in: folder),
      ]
      let set = try PatchSet(sources, options: options)
      #expect(set.patches.shape == [3, 16, 8] && set.sources == sources && set.failures == [])
      #expect(set.classes == ["high", "low"] && set.classIndices == [0, 1, nil])
      let values = set.patches.elements
      #expect(values.min() == 0 && values.max() == 1)
      // Bins are 125 Hz apart: the loudest row says the tone.
      for (index, row) in [(0, 12), (1, 4), (2, 7)] {
        let rows = (0..<16).map { y in
          (0..<8).map { values[(index * 16 + y) * 8 + $0] }.reduce(0, +)
        }
        #expect(rows.indices.max { rows[$0] < rows[$1] } == row)
      }
    }
  }

  @Test("The patches are the codec's, on any number of threads and with statistics from before")
  func codec() throws {
    try withFolder { folder in
      let sources = try [500.0, 700, 1100].map { try source($0, nil, in: folder) }
      let set = try PatchSet(sources, options: options)
      let sound = try Waveform.read(path: sources[1].path, sampleRate: 8000)
      #expect(try set.codec.patch(of: sound).elements == Array(set.patches.elements[128..<256]))
      let threaded = try PatchSet(sources, options: options, execution: Execution(threads: 3))
      #expect(threaded.patches.elements == set.patches.elements && threaded.codec == set.codec)
      let known = PatchStatistics([NDArray(repeating: 0, shape: [16, 8])], scaling: .range)
      #expect(try PatchSet(sources, options: options, statistics: known).codec.statistics == known)
    }
  }

  @Test("A file of another rate is resampled; a bad one is told of and left out")
  func failures() throws {
    try withFolder { folder in
      let good = try source(500, "low", in: folder, rate: 16_000)
      let bad = PatchSet.Source(path: folder + "/none.wav", name: "none.wav", label: "lost")
      let set = try PatchSet([bad, good], options: options)
      #expect(set.sources == [good] && set.patches.shape == [1, 16, 8] && set.classes == ["low"])
      #expect(set.failures.count == 1 && set.failures[0].source == bad)
      #expect(set.failures[0].message.contains("none.wav"))
      #expect(throws: SynthesisError.noSounds(reason: set.failures[0].message)) {
        try PatchSet([bad], options: options)
      }
      #expect(throws: SynthesisError.noSounds(reason: "none were given")) {
        try PatchSet([], options: options)
      }
    }
  }
}
