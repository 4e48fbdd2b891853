import ArgumentParser
internal import TencaAudio

/// Arguments that change what a convention sets; what is not given stays.
protocol OptionChanges: ParsableArguments {
  /// Changes `options` as was asked.
  ///
  /// - Throws: `ValidationError` for an argument that needs another one.
  func apply(to options: inout FrontEndOptions) throws
}

extension FrontEndOptions {
  /// A toolkit's defaults, changed as was asked.
  ///
  /// - Throws: `ValidationError` for an argument that needs another one.
  func changed(by changes: [any OptionChanges]) throws -> FrontEndOptions {
    var options = self
    for change in changes { try change.apply(to: &options) }
    return options
  }
}

/// Replaces a value where another one was given.
func override<Value>(_ target: inout Value, _ value: Value?) {
  if let value { target = value }
}

/// Refuses arguments that would have no effect.
///
/// - Throws: `ValidationError` naming the first of `dependents` that was given.
func refuse(_ dependents: [(name: String, isGiven: Bool)], without needed: String) throws {
  if let dependent = dependents.first(where: \.isGiven) {
    throw ValidationError("\(dependent.name) has no effect without \(needed).")
  }
}
