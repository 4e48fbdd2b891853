import FoundationEssentials
import TencaNumerics
import Testing

@testable import TencaGenerative

@Suite("Sample report")
struct SampleReportTests {
  private let random = RandomStream(seed: 11)

  /// Samples of three classes, whose means are apart, and pictures of noise.
  private func samples(
    _ count: Int, shift: Double = 0, rightOf ten: Int = 9, seed: UInt64
  ) -> SampleSet {
    var features = normals([count, 3], mean: shift, seed: seed)
    let labels = (0..<count).map { $0 % 3 }
    for (row, label) in labels.enumerated() { features[row, label] += 6 }
    let pictures = normals([count, 4, 4, 1], mean: 0.5, deviation: 0.1, seed: seed + 500)
    return SampleSet(
      features: features, labels: labels,
      recognized: labels.enumerated().map { $0.offset % 10 < ten ? $0.element : 0 },
      images: pictures.converted())
  }

  @Test("An honest generator gets about what real samples get, in every measure")
  func honest() throws {
    let report = try SampleReport(
      generated: samples(100, seed: 1), real: samples(160, seed: 2),
      training: samples(200, seed: 3).features, classCount: 3, extractor: "abc", random: random)
    #expect(report.comparedCount == 80)
    #expect([report.generatedCount, report.realCount, report.trainingCount] == [100, 160, 200])
    #expect(report.featureCount == 3 && report.neighbours == 5 && report.seed == 11)
    #expect(abs(report.frechetDistance.generated - report.frechetDistance.real) < 0.5)
    #expect(abs(report.precision.generated - report.precision.real) < 0.15)
    #expect(abs(report.coverage.generated - report.coverage.real) < 0.15)
    #expect(report.toldApart.generated.interval.contains(0.5))
    #expect((0.75...1.33).contains(report.copyRatio!))
    #expect(report.exactCopies!.generated == Proportion(correct: 0, total: 80))
    #expect(report.labelAgreement!.generated.total == 100)
    #expect(report.labelAgreement!.real.total == 160)
    #expect(abs(report.sharpness!.generated / report.sharpness!.real - 1) < 0.2)
  }

  @Test("A bad generator is seen beside the floor")
  func bad() throws {
    let real = samples(160, seed: 2)
    let report = try SampleReport(
      generated: samples(100, shift: 3, rightOf: 3, seed: 1), real: real,
      training: samples(200, seed: 3).features, classCount: 3, extractor: "abc", random: random)
    #expect(report.frechetDistance.generated > 10 * report.frechetDistance.real)
    #expect(report.kernelDistance.generated > report.kernelDistance.real + 0.1)
    #expect(report.precision.generated < report.precision.real - 0.3)
    #expect(report.toldApart.generated.interval.lowerBound > 0.5)
    #expect(report.toldApart.real.interval.contains(0.5))
    #expect(report.labelAgreement!.generated.value < report.labelAgreement!.real.value - 0.2)
    #expect(report.classDistance!.generated > report.classDistance!.real + 0.2)
    let copies = try SampleReport(
      generated: samples(100, seed: 3), real: real, training: samples(100, seed: 3).features,
      extractor: "abc", random: random)
    #expect(copies.copyRatio == 0)
    #expect(copies.exactCopies!.generated.value == 1 && copies.exactCopies!.real.value == 0)
  }

  @Test("Scores are those of the measures; the same on any number of threads and after JSON")
  func sameEverywhere() throws {
    func report(_ execution: Execution) throws -> SampleReport {
      try SampleReport(
        generated: samples(150, seed: 1), real: samples(300, seed: 2), classCount: 3,
        extractor: "abc", random: random, execution: execution)
    }
    let serial = try report(.serial)
    #expect(try report(Execution(threads: 3)) == serial)
    let json = try JSONEncoder().encode(serial)
    #expect(try JSONDecoder().decode(SampleReport.self, from: json) == serial)
    // The diversity of halves drawn as the report draws them.
    var stream = random.split(0)
    let order = stream.permutation(of: 300)
    let floor = samples(300, seed: 2).features.selectingRows(Array(order[150...]))
    #expect(serial.diversity.real == (try meanPairwiseDistance(floor)))
  }

  @Test("What was not given has no row")
  func rows() throws {
    let bare = try SampleReport(
      generated: SampleSet(features: generatedWaves), real: SampleSet(features: realWaves),
      extractor: "abc", random: random)
    #expect(bare.rows.count == 8)
    #expect(bare.rows.allSatisfy { $0.count == SampleReport.headings.count })
    #expect(bare.copyDistance == nil && bare.labelAgreement == nil && bare.sharpness == nil)
    let whole = try SampleReport(
      generated: samples(40, seed: 1), real: samples(40, seed: 2),
      training: samples(40, seed: 3).features, classCount: 3, extractor: "abc", random: random)
    #expect(whole.rows.count == 13)
    let agreement = whole.rows.first { $0[0] == "label agreement" }!
    #expect(agreement[1].hasPrefix("0.9") && agreement[1].contains("["))
  }

  @Test("Sets that cannot be compared are refused by name")
  func refused() throws {
    func report(_ generated: SampleSet, _ real: SampleSet) throws -> SampleReport {
      try SampleReport(generated: generated, real: real, extractor: "", random: random)
    }
    let good = samples(40, seed: 1)
    #expect(throws: GenerativeError.tooFewSamples(set: "real samples", count: 11, least: 12)) {
      try report(good, samples(11, seed: 2))
    }
    #expect(throws: GenerativeError.tooFewSamples(set: "generated samples", count: 5, least: 6)) {
      try report(samples(5, seed: 2), good)
    }
    #expect(throws: GenerativeError.self) { try report(SampleSet(features: generatedWaves), good) }
    var short = good
    short.labels = [1]
    let error = #expect(throws: GenerativeError.self) { try report(short, good) }
    #expect("\(error!)".contains("labels of generated samples is 1 in number"))
  }
}
