import ArgumentParser
import TencaAudio
import Testing

@testable import tenca

@Suite("Options of the front end")
struct FrontEndArgumentsTests {
  /// What is typed, and the place in the options that it must change, with the value that it takes.
  static let changes: [(arguments: [String], place: String, value: String)] = [
    (["--frame-length", "20ms"], "frames.windowLength", "20ms"),
    (["--hop", "64"], "frames.hopLength", "64"),
    (["--fft-length", "frame"], "frames.fftLength", "windowLength"),
    (["--fft-length", "1024"], "frames.fftLength", "samples(1024)"),
    (["--window-shape", "sine"], "frames.window", "sine"),
    (["--periodic-window"], "frames.periodicWindow", "true"),
    (["--center-window"], "frames.centersWindow", "true"),
    (["--blackman-coefficient", "0.5"], "frames.blackmanCoefficient", "0.5"),
    (["--edges", "center-edge"], "frames.edges", "centerEdge"),
    (["--padding", "3"], "frames.paddingSamples", "3"),
    (["--input-scale", "2"], "frames.inputScale", "2.0"),
    (["--dither", "0.25"], "frames.dither", "0.25"),
    (["--dither-seed", "8"], "frames.ditherSeed", "8"),
    (["--no-remove-mean"], "frames.removesMean", "false"),
    (["--pre-emphasis", "0.5"], "frames.preEmphasis", "0.5"),
    (["--no-raw-energy"], "frames.usesRawEnergy", "false"),
    (["--energy-floor", "3"], "frames.energyFloor", "3.0"),
    (["--exponent", "1"], "spectrum.exponent", "1.0"),
    (["--spectrum-norm", "frame-length"], "spectrum.normalization", "frameLength"),
    (["--mels", "40"], "mel.count", "40"),
    (["--low-frequency", "30"], "mel.lowFrequency", "30.0"),
    (["--high-frequency", "-100"], "mel.highFrequency", "-100.0"),
    (["--mel-scale", "slaney"], "mel.scale", "slaney"),
    (["--mel-rule", "htk"], "mel.rule", "htk"),
    (["--mel-norm", "inf"], "mel.normalization", "inf"),
    (["--warp", "1.1"], "mel.warp", "1.1"),
    (["--warp-low", "90"], "mel.warpLow", "90.0"),
    (["--warp-high", "-300"], "mel.warpHigh", "-300.0"),
    (["--log", "none"], "compression", "none"),
    (["--log", "offset"], "compression", "offsetLog(offset: 1e-06)"),
    (["--log-floor", "2"], "compression", "naturalLog(floor: 2.0)"),
    (["--cepstra", "7"], "cepstrum.count", "7"),
    (["--dct-type", "3"], "cepstrum.transformType", "3"),
    (["--dct-scaling", "none"], "cepstrum.scaling", "none"),
    (["--lifter", "0"], "cepstrum.lifter", "0.0"),
    (["--lifter-zeroth"], "cepstrum.liftersZeroth", "true"),
    (["--zeroth", "omitted"], "cepstrum.zeroth", "omitted"),
    (["--energy", "appended"], "cepstrum.energy", "appended"),
    (["--normalize-energy"], "cepstrum.energyNormalization.scale", "0.1"),
    (
      ["--normalize-energy", "--energy-scale", "-2"], "cepstrum.energyNormalization.scale", "-2.0"
    ),
    (
      ["--normalize-energy", "--silence-floor", "40"],
      "cepstrum.energyNormalization.silenceFloor", "40.0"
    ),
    (["--deltas", "1"], "deltas.order", "1"),
    (["--delta-window", "3"], "deltas.window", "3"),
    (["--acceleration-window", "4"], "deltas.accelerationWindow", "4"),
    (["--teager", "bands"], "teager", "bands"),
    (["--delta-method", "htk"], "deltas.method", "htk"),
    (["--delta-edges", "wrap"], "deltas.edges", "wrap"),
    (["--normalize", "sliding"], "normalization.scope", "sliding"),
    (["--variance"], "normalization.variance", "true"),
    (["--normalize-window", "50"], "normalization.window", "50"),
    (["--normalize-minimum-window", "20"], "normalization.minimumWindow", "20"),
    (["--centered"], "normalization.centered", "true"),
    (["--vad"], "voiceActivity.energyThreshold", "5.0"),
    (["--vad", "--vad-threshold", "-1"], "voiceActivity.energyThreshold", "-1.0"),
    (["--vad", "--vad-mean-scale", "0.25"], "voiceActivity.energyMeanScale", "0.25"),
    (["--vad", "--vad-context", "2"], "voiceActivity.framesContext", "2"),
    (["--vad", "--vad-proportion", "0.5"], "voiceActivity.proportion", "0.5"),
  ]

  private func options(_ arguments: [String]) throws -> FrontEndOptions {
    let command = try MFCCCommand.parse(["a.wav"] + arguments)
    return try FrontEndOptions(command.arguments.main.convention, kind: .mfcc)
      .changed(by: command.frontEnd)
  }

  /// Every option and its value, by the path of property names that leads to it.
  private func leaves(_ value: Any, at path: String = "") -> [String: String] {
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .optional {
      guard let inner = mirror.children.first else { return [path: "nil"] }
      return leaves(inner.value, at: path)
    }
    guard mirror.displayStyle == .struct, !mirror.children.isEmpty else {
      return [path: "\(value)"]
    }
    return mirror.children.reduce(into: [:]) { found, child in
      let name = (path.isEmpty ? "" : path + ".") + (child.label ?? "")
      found.merge(leaves(child.value, at: name)) { first, _ in first }
    }
  }

  @Test("Each changes its own place and nothing else", arguments: changes)
  func change(arguments: [String], place: String, value: String) throws {
    let before = leaves(FrontEndOptions(.kaldi, kind: .mfcc))
    let after = leaves(try options(arguments))
    #expect(after[place] == value)
    let changed = after.keys.filter { after[$0] != before[$0] }
    // Turning a group on brings its other defaults along.
    let group = place.split(separator: ".").dropLast().joined(separator: ".")
    let isOptional = before[group] == "nil"
    #expect(changed.allSatisfy { $0 == place || isOptional && $0.hasPrefix(group) })
  }

  @Test("There is an argument for every option")
  func complete() {
    var whole = FrontEndOptions(.kaldi, kind: .mfcc)
    whole.voiceActivity = VoiceActivityOptions()
    whole.cepstrum.energyNormalization = CepstrumOptions.EnergyNormalization()
    let places = Set(leaves(whole).keys).subtracting(["kind"])
    #expect(places.count > 40)
    #expect(places.subtracting(Self.changes.map(\.place)) == [])
  }

  @Test(
    "The logarithm's parameters change the convention's own",
    arguments: [
      (
        ["--convention", "librosa", "--top-db", "60"],
        Compression.decibels(Compression.Decibels(topDB: 60))
      ),
      (
        ["--convention", "librosa", "--top-db", "none", "--db-reference", "peak"],
        .decibels(Compression.Decibels(reference: .peak, topDB: nil))
      ),
      (
        ["--log", "decibels", "--db-reference", "4", "--log-floor", "2"],
        .decibels(Compression.Decibels(reference: 4, floor: 2))
      ),
      // HTK's floor is 1, and stays where the kind is the same.
      (["--convention", "htk", "--log", "natural"], .naturalLog(floor: 1)),
      (["--convention", "librosa", "--log", "natural"], .naturalLog(floor: .ulpOfOne)),
    ])
  func logarithms(arguments: [String], expected: Compression) throws {
    #expect(try options(arguments).compression == expected)
  }

  @Test(
    "Arguments without effect are refused",
    arguments: [
      ["--vad-threshold", "6"], ["--vad-context", "1"], ["--energy-scale", "1"],
      ["--silence-floor", "30"], ["--top-db", "80"], ["--db-reference", "peak"],
      ["--log", "none", "--log-floor", "1"],
    ])
  func withoutEffect(arguments: [String]) throws {
    for kind in ["mfcc", "mel"] {
      let run = try Program.run(
        ["features", kind, "a.wav"] + arguments, in: try TemporaryFolder())
      #expect(run.status == 64)
      #expect(run.errors.contains("has no effect without"))
    }
  }

  @Test("A kind of feature knows the options that matter to it, and no others")
  func kinds() throws {
    #expect(throws: (any Error).self) { try MelCommand.parse(["a.wav", "--cepstra", "3"]) }
    #expect(throws: (any Error).self) { try SpectrogramCommand.parse(["a.wav", "--mels", "3"]) }
    #expect(throws: (any Error).self) { try EnergyCommand.parse(["a.wav", "--log", "none"]) }
    #expect(try EnergyCommand.parse(["a.wav", "--no-raw-energy"]).energy.rawEnergy == false)
  }
}
