internal import Logging
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#endif

/// Results go to standard output; words for people go to standard error.
enum Console {
  /// The program's log. `--quiet` raises its level to errors.
  static func logger(quiet: Bool) -> Logger {
    var logger = Logger(label: "tenca") { _ in StandardErrorHandler() }
    logger.logLevel = quiet ? .error : .info
    return logger
  }

  /// Writes a line of results to standard output.
  ///
  /// - Throws: As ``write(_:)``.
  static func writeLine(_ text: String) throws { try write(Array((text + "\n").utf8)) }

  /// Writes results to standard output.
  ///
  /// A reader that has gone away, as `head` does, ends the program as it ends every filter.
  ///
  /// - Throws: ``CommandError/standardOutput(reason:)``.
  static func write(_ bytes: [UInt8]) throws {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(STDOUT_FILENO, $0.baseAddress! + written, bytes.count - written)
      }
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EPIPE {
          signal(SIGPIPE, SIG_DFL)
          raise(SIGPIPE)
        }
        throw CommandError.standardOutput(reason: String(cString: strerror(errno)))
      }
      written += count
    }
  }
}

extension Console {
  /// Whether a line that is to be replaced stands on the terminal.
  private static let hasStatus = Mutex(false)
  private static let clearLine = "\r\u{1B}[K"

  /// Whether a person looks at standard error.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes words to standard error, in the place of a status line if there is one.
  static func say(_ text: String) {
    hasStatus.withLock { hasStatus in
      writeError((hasStatus ? clearLine : "") + text + "\n")
      hasStatus = false
    }
  }

  /// Replaces the status line.
  static func showStatus(_ line: String) {
    hasStatus.withLock { hasStatus in
      writeError(clearLine + line)
      hasStatus = true
    }
  }

  /// Takes the status line away.
  static func clearStatus() {
    hasStatus.withLock { hasStatus in
      if hasStatus { writeError(clearLine) }
      hasStatus = false
    }
  }

  /// Where standard error takes no more, there is nobody left to tell.
  private static func writeError(_ text: String) {
    _ = Glibc.write(STDERR_FILENO, text, text.utf8.count)
  }
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
    Console.say("\(mark)\(event.message)")
  }
}
