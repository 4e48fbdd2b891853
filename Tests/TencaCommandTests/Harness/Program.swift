import Glibc
import TencaFormats
import Testing

/// Runs the built `tenca` as a person would: arguments in, text and a status out.
enum Program {
  /// The program beside the test bundle, built with it.
  static let path: String = {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let tests = String(
      decoding: buffer[..<max(count, 0)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return tests[..<(tests.lastIndex(of: "/") ?? tests.startIndex)] + "/tenca"
  }()

  /// Runs `tenca` to its end.
  ///
  /// - Parameters:
  ///   - arguments: What is typed behind the program's name.
  ///   - folder: The working folder.
  ///   - input: Standard input.
  ///   - output: Where standard output goes instead of being returned.
  @discardableResult
  static func run(
    _ arguments: [String], in folder: TemporaryFolder, input: [UInt8] = [], output: String? = nil
  ) throws -> Outcome {
    try Child(path, arguments, folder: folder, input: input, output: output).wait()
  }

  /// Runs `tenca` from a line of bash that calls it `tenca`.
  @discardableResult
  static func shell(
    _ line: String, in folder: TemporaryFolder, input: [UInt8] = []
  ) throws -> Outcome {
    let script = "tenca() { \"\(path)\" \"$@\"; }\n" + line
    return try Child("/bin/bash", ["-c", script], folder: folder, input: input).wait()
  }

  /// Whether a test can run the program without an administrator's rights.
  static var canBeUnprivileged: Bool { geteuid() != 0 || access(setpriv, X_OK) == 0 }

  /// Runs `tenca` as someone whom file permissions hold back.
  static func runUnprivileged(
    _ arguments: [String], in folder: TemporaryFolder
  ) throws -> Outcome {
    if geteuid() != 0 { return try run(arguments, in: folder) }
    return try Child(
      setpriv, ["--reuid", "65534", "--regid", "65534", "--clear-groups", path] + arguments,
      folder: folder
    ).wait()
  }

  private static let setpriv = "/usr/bin/setpriv"

  /// What a program said, and how it ended.
  struct Outcome {
    /// The exit status, or 128 and the number of the signal that ended it, as shells have it.
    let status: Int32
    let outputBytes: [UInt8]
    let errors: String

    var output: String { String(decoding: outputBytes, as: UTF8.self) }
    /// Standard output as a CSV table.
    func table() throws -> CSVTable { try CSVTable(outputBytes.span.bytes, path: "output") }

    var outputLines: [String] { output.split(separator: "\n").map(String.init) }
  }
}

/// A program that runs.
final class Child {
  private let process: pid_t
  private let folder: TemporaryFolder
  private let name = "io-\(UInt64.random(in: 0...UInt64.max))"

  /// Starts a program. Its standard streams are files outside of its working folder, so that nothing
  /// blocks and the folder shows what the program itself wrote.
  init(
    _ program: String, _ arguments: [String], folder: TemporaryFolder, input: [UInt8] = [],
    inputPath: String? = nil, output: String? = nil
  ) throws {
    self.folder = folder
    try folder.writeStream(input, name + ".in")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let create = O_WRONLY | O_CREAT
    posix_spawn_file_actions_addopen(
      &actions, 0, inputPath ?? folder.streams + "/\(name).in", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(
      &actions, 1, output ?? folder.streams + "/\(name).out", create, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, folder.streams + "/\(name).err", create, 0o600)
    // Threads that tests run on hold signals back, and a child would do as its parent.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    // The call that changes the folder is not in every C library; env does it before it makes way.
    let launcher = "/usr/bin/env"
    var argv = ([launcher, "-C", folder.path, program] + arguments).map { strdup($0) } + [nil]
    defer { argv.forEach { free($0) } }
    var process: pid_t = 0
    let problem = posix_spawn(&process, launcher, &actions, &attributes, &argv, environ)
    try #require(problem == 0, "\(program): \(String(cString: strerror(problem)))")
    self.process = process
  }

  /// Waits until the program has said that it will deal with Ctrl-C itself.
  func waitUntilItListens() throws {
    for _ in 0..<30_000 {
      let status = folder.text(at: "/proc/\(process)/status")
      let caught = status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }
      let signals = caught.flatMap { UInt64($0.dropFirst(8), radix: 16) } ?? 0
      if signals & 1 << (SIGINT - 1) != 0 { return }
      usleep(1000)
    }
    Issue.record("the program does not listen for Ctrl-C")
  }

  /// Sends a signal.
  func send(_ signal: Int32) { kill(process, signal) }

  /// Waits for the end; what does not end within two minutes is ended and fails the test.
  func wait() throws -> Program.Outcome {
    var status: Int32 = 0
    var waited = 0
    while waitpid(process, &status, WNOHANG) == 0 {
      usleep(2000)
      waited += 2
      if waited > 120_000 {
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
        Issue.record("the program did not end")
        break
      }
    }
    let signal = status & 0x7f
    return Program.Outcome(
      status: signal == 0 ? (status >> 8) & 0xff : 128 + signal,
      outputBytes: folder.stream(name + ".out"),
      errors: String(decoding: folder.stream(name + ".err"), as: UTF8.self))
  }
}
