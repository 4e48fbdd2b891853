internal import FoundationEssentials

#if canImport(Glibc)
  internal import Glibc
#endif

/// A piece of work and how long it took.
struct Measurement: Encodable {
  /// What was measured.
  let name: String
  /// Threads used.
  let threads: Int
  /// Seconds on the wall: the best pass.
  let wall: Double
  /// Seconds of processor time: the best pass.
  let cpu: Double
  /// The median pass on the wall, in seconds.
  let medianWall: Double
  /// Passes, after one that was not counted.
  let passes: Int
  /// The most memory that the process has held so far, in bytes.
  let peakMemory: Int
  /// What was worked on: files, seconds of sound, rows, columns.
  let size: [String: Double]

  /// Times `passes` runs of `work` after one to warm up.
  static func of(
    _ name: String, threads: Int, passes: Int, size: [String: Double], _ work: () throws -> Void
  ) rethrows -> Measurement {
    try work()
    var walls: [Double] = []
    var cpus: [Double] = []
    for _ in 0..<passes {
      let wall = seconds(CLOCK_MONOTONIC)
      let cpu = seconds(CLOCK_PROCESS_CPUTIME_ID)
      try work()
      walls.append(seconds(CLOCK_MONOTONIC) - wall)
      cpus.append(seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu)
    }
    return Measurement(
      name: name, threads: threads, wall: walls.min() ?? 0, cpu: cpus.min() ?? 0,
      medianWall: walls.sorted()[walls.count / 2], passes: passes, peakMemory: residentPeak,
      size: size)
  }

  /// The peak of this program alone: what getrusage tells includes whoever started it.
  private static var residentPeak: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    let kilobytes = line.flatMap { Int($0.split(whereSeparator: \.isWhitespace)[1]) }
    return (kilobytes ?? 0) * 1024
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
