import TencaAudio

// HTK's configuration variables as our options. Times are in units of 100 ns.

/// HTK's TARGETKIND: a base and its qualifiers.
struct HTKTarget {
  let base: Substring
  let qualifiers: Set<Substring>

  init(_ options: inout PeerOptions) {
    let parts = (options.text("TARGETKIND") ?? "MFCC_0").split(separator: "_")
    base = parts[0]
    qualifiers = Set(parts.dropFirst())
  }

  var derivatives: Int { qualifiers.contains("A") ? 2 : qualifiers.contains("D") ? 1 : 0 }
}

extension FrontEndOptions {
  init(htk options: inout PeerOptions, kind: FeatureKind) {
    self.init(.htk, kind: kind)
    let target = HTKTarget(&options)
    frames.read(htk: &options)
    mel.read(htk: &options)
    if options.flag("USEPOWER") == true { spectrum.exponent = 2 }
    if target.base == "MELSPEC" { compression = .none }
    if kind == .mfcc { cepstrum.read(htk: &options, target) }
    deltas = DeltaOptions(htk: &options, target)
  }
}

extension FrameOptions {
  fileprivate mutating func read(htk options: inout PeerOptions) {
    let unitsPerMillisecond = 10_000.0
    set(&windowLength, options.number("WINDOWSIZE").map { .milliseconds($0 / unitsPerMillisecond) })
    set(&hopLength, options.number("TARGETRATE").map { .milliseconds($0 / unitsPerMillisecond) })
    set(&removesMean, options.flag("ZMEANSOURCE"))
    set(&preEmphasis, options.number("PREEMCOEF").map { Float($0) })
    if options.flag("USEHAMMING") == false { window = .rectangular }
    set(&usesRawEnergy, options.flag("RAWENERGY"))
  }
}

extension MelOptions {
  mutating func read(htk options: inout PeerOptions) {
    set(&count, options.integer("NUMCHANS"))
    // -1 is HTK's word for none.
    if let low = options.number("LOFREQ"), low >= 0 { lowFrequency = low }
    if let high = options.number("HIFREQ"), high >= 0 { highFrequency = high }
  }
}

extension CepstrumOptions {
  fileprivate mutating func read(htk options: inout PeerOptions, _ target: HTKTarget) {
    let count = options.integer("NUMCEPS") ?? 12
    let hasZeroth = target.qualifiers.contains("0")
    self.count = hasZeroth ? count + 1 : count
    zeroth = hasZeroth ? .last : .omitted
    set(&lifter, options.number("CEPLIFTER"))
    energy = target.qualifiers.contains("E") ? .appended : .absent
    var normalization = EnergyNormalization()
    set(&normalization.scale, options.number("ESCALE").map { Float($0) })
    set(&normalization.silenceFloor, options.number("SILFLOOR").map { Float($0) })
    if options.flag("ENORMALISE") ?? true { energyNormalization = normalization }
  }
}

extension DeltaOptions {
  init(htk options: inout PeerOptions, _ target: HTKTarget) {
    self.init(order: target.derivatives, method: .htk)
    set(&window, options.integer("DELTAWINDOW"))
    accelerationWindow = options.integer("ACCWINDOW") ?? 2
  }
}
