import Synchronization
import TencaNumerics
import Testing

private struct Sum: Mergeable, Sendable, Equatable {
  var total: Float
  var ranges: [Range<Int>]

  mutating func merge(_ other: Sum) {
    total += other.total
    ranges += other.ranges
  }
}

private struct Failure: Error, Equatable {
  let index: Int
}

@Suite struct ExecutionTests {
  @Test(arguments: [1, 2, 3, 8]) func visitsEveryIndexOnce(threads: Int) throws {
    for count in [0, 1, 2, 7, 1000] {
      let visits = Mutex([Int](repeating: 0, count: count))
      try Execution(threads: threads).forEach(count) { index in
        visits.withLock { $0[index] += 1 }
      }
      #expect(visits.withLock { $0 } == [Int](repeating: 1, count: count), "\(count) indices")
    }
  }

  @Test(arguments: [1, 2, 5]) func mapsInIndexOrder(threads: Int) throws {
    let execution = Execution(threads: threads)
    #expect(try execution.map(100) { $0 * $0 } == (0..<100).map { $0 * $0 })
    #expect(try execution.map(0) { $0 }.isEmpty)
  }

  @Test func reducesToTheSameBytesOnAnyNumberOfThreads() throws {
    // Terms of such different sizes that another order of addition gives another sum.
    let terms: [Float] = (0..<10_000).map { index in
      let large = Float(index % 17) * 1e4
      return large + 1 / Float(index + 1)
    }
    for block in [1, 7, 1000, 20_000] {
      let results: [Sum] = try [1, 2, 3, 7].map { threads in
        let execution = Execution(threads: threads)
        let sum = try execution.reduce(count: terms.count, block: block) { range in
          Sum(total: terms[range].reduce(0, +), ranges: [range])
        }
        return try #require(sum)
      }
      for result in results {
        #expect(result.total.bitPattern == results[0].total.bitPattern, "block \(block)")
        #expect(result.ranges == results[0].ranges)
      }
      #expect(results[0].ranges.flatMap { $0 } == Array(0..<terms.count), "block \(block)")
    }
  }

  @Test func reducesNothingToNil() throws {
    let result = try Execution.serial.reduce(count: 0, block: 5) { range in
      Sum(total: 0, ranges: [range])
    }
    #expect(result == nil)
  }

  @Test(arguments: [1, 2, 4]) func throwsTheErrorOfTheLowestIndex(threads: Int) {
    for _ in 0..<50 {
      #expect(throws: Failure(index: 13)) {
        try Execution(threads: threads).forEach(1000) { index in
          if index >= 13 && index % 2 == 1 { throw Failure(index: index) }
        }
      }
    }
  }

  @Test(arguments: [1, 3]) func stopsWhenCancelled(threads: Int) {
    let cancellation = Cancellation()
    let done = Atomic<Int>(0)
    #expect(throws: CancellationError.self) {
      try Execution(threads: threads, cancellation: cancellation).forEach(1000) { index in
        if index == 10 { cancellation.cancel() }
        done.wrappingAdd(1, ordering: .relaxed)
      }
    }
    #expect(cancellation.isCancelled)
    #expect(done.load(ordering: .relaxed) < 1000)
  }

  @Test func doesNotStartOnceCancelled() {
    let cancellation = Cancellation()
    cancellation.cancel()
    let execution = Execution(threads: 2, cancellation: cancellation)
    #expect(throws: CancellationError.self) { try execution.map(5) { $0 } }
    #expect(throws: CancellationError.self) { try cancellation.check() }
  }
}
