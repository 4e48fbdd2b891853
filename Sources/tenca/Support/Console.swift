internal import Logging

#if canImport(Glibc)
  internal import Glibc
#endif

/// Where words for people go: standard error, so that standard output holds results alone.
enum Console {
  /// The program's log. `--quiet` raises its level to errors.
  static func logger(quiet: Bool) -> Logger {
    var logger = Logger(label: "tenca") { _ in StandardErrorHandler() }
    logger.logLevel = quiet ? .error : .info
    return logger
  }

  /// Writes text to standard error.
  static func writeError(_ text: String) { write(text, to: 2) }

  /// Writes a line of results to standard output.
  static func writeLine(_ text: String) { write(text + "\n", to: 1) }

  /// Writes bytes to standard output. A reader that has gone away ends the program quietly, as it
  /// does every filter.
  static func writeBytes(_ bytes: [UInt8]) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(1, $0.baseAddress! + written, bytes.count - written)
      }
      if count <= 0 { exit(errno == EPIPE ? 0 : 1) }
      written += count
    }
  }

  private static func write(_ text: String, to descriptor: Int32) {
    if descriptor == 1 { return writeBytes(Array(text.utf8)) }
    _ = text.withCString { Glibc.write(descriptor, $0, strlen($0)) }
  }

  /// Whether a person looks at standard error.
  static var isTerminal: Bool { isatty(2) == 1 }
}

/// Prints messages as a person would say them; only what is worse than news is marked.
private struct StandardErrorHandler: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let mark: String
    switch event.level {
    case .error, .critical: mark = "error: "
    case .warning: mark = "warning: "
    default: mark = ""
    }
    Console.writeError("\(mark)\(event.message)\n")
  }
}
