import ArgumentParser
internal import TencaAudio
internal import TencaFormats
internal import TencaNumerics
internal import TencaRecognition

/// Times what Tenca is used for; one JSON object a line, for Scripts/bench to set beside the peers.
@main
struct TencaBenchmarks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tenca-benchmarks", abstract: "Time Tenca's work; JSON, one object a line.",
    subcommands: [
      FeatureBenchmark.self, MarkovBenchmark.self, MixtureBenchmark.self,
      NetworkBenchmark.self, RegimeBenchmark.self,
    ])
}

/// MFCC of a folder of sound files, reading included.
struct FeatureBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "features", abstract: "MFCC of every sound file of a folder, reading included.")

  @Argument(help: "The folder.") var folder: String
  @Option(help: "Threads.") var threads = 1
  @Option(help: "Passes, after one that is not counted.") var passes = 5

  func run() throws {
    let files = try SoundFiles.find(in: folder).map { "\(folder)/\($0)" }
    var seconds = 0.0
    for file in files {
      let reader = try SoundReader(path: file)
      seconds += Double(reader.frameCount) / Double(reader.sampleRate)
    }
    let size = ["files": Double(files.count), "audioSeconds": seconds]
    for (name, options) in Self.frontEnds {
      let measurement = try Measurement.of(
        name, threads: threads, passes: passes, size: size
      ) { try Self.extractAll(files, options, threads: threads) }
      print(try JSONText.encodeLine(measurement))
    }
  }

  /// The settings of the peers: Kaldi's defaults, and librosa with 13 coefficients of 40 bands on
  /// frames of 512 samples, a hundred a second.
  private static var frontEnds: [(String, FrontEndOptions)] {
    var librosa = FrontEndOptions(.librosa)
    librosa.cepstrum.count = 13
    librosa.mel.count = 40
    librosa.frames.windowLength = .samples(512)
    librosa.frames.fftLength = .samples(512)
    librosa.frames.hopLength = .milliseconds(10)
    return [("mfcc-kaldi", FrontEndOptions(.kaldi)), ("mfcc-librosa", librosa)]
  }

  private static func extractAll(
    _ files: [String], _ options: FrontEndOptions, threads: Int
  ) throws {
    let frames = try Execution(threads: threads).map(files.count) { index in
      let sound = try Waveform.read(path: files[index])
      // Made anew for each file, as the peers do; plans and tables are cheap.
      return try FeatureExtractor(options, sampleRate: sound.sampleRate)
        .extract(sound).frameCount
    }
    precondition(frames.allSatisfy { $0 > 0 }, "a file without frames")
  }
}
