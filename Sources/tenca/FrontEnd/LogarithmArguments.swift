import ArgumentParser
internal import TencaAudio

/// Options of the logarithm.
struct LogarithmArguments: OptionChanges {
  @Option(name: .customLong("log"), help: ArgumentHelp(Compression.Help.kind))
  var kind: Kind?
  @Option(help: ArgumentHelp(Compression.Help.floor))
  var logFloor: Float?
  @Option(help: ArgumentHelp(Compression.Help.reference, valueName: "power"))
  var dbReference: Compression.Decibels.Reference?
  @Option(help: ArgumentHelp(Compression.Help.topDB, valueName: "decibels"))
  var topDB: DecibelLimit?

  /// The kinds of logarithm, whose parameters are options of their own.
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case natural, offset, decibels, none

    init(_ compression: Compression) {
      switch compression {
      case .none: self = .none
      case .naturalLog: self = .natural
      case .offsetLog: self = .offset
      case .decibels: self = .decibels
      }
    }

    /// The logarithm with its usual parameters.
    var usual: Compression {
      switch self {
      case .none: .none
      case .natural: .naturalLog(floor: .ulpOfOne)
      case .offset: .offsetLog(offset: 1e-6)
      case .decibels: .decibels(Compression.Decibels())
      }
    }
  }

  func apply(to options: inout FrontEndOptions) throws {
    // A kind that the convention has already keeps the convention's parameters.
    if let kind, kind != Kind(options.compression) { options.compression = kind.usual }
    switch options.compression {
    case .none: try refuse([("--log-floor", logFloor != nil)], without: "--log")
    case .naturalLog(let floor): options.compression = .naturalLog(floor: logFloor ?? floor)
    case .offsetLog(let offset): options.compression = .offsetLog(offset: logFloor ?? offset)
    case .decibels(var level):
      override(&level.floor, logFloor)
      override(&level.reference, dbReference)
      if let topDB { level.topDB = topDB.value }
      options.compression = .decibels(level)
      return
    }
    try refuse(
      [("--db-reference", dbReference != nil), ("--top-db", topDB != nil)],
      without: "--log decibels")
  }
}
