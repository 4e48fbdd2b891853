import TencaMarkov
import TencaNumerics
import Testing

@testable import TencaRegimes

@Suite("What could be known at the time")
struct CausalityTests {
  @Test(
    "Rows that come later leave filtered answers as they were, to the bit", arguments: kinds.indices
  )
  func appended(_ kind: Int) throws {
    let values = madeReturns(260)
    let whole = try madeSeries(values)
    let model = try RegimeModel.fit(kinds[kind].specification, to: whole, options: quick).model
    let all = try RegimeAnalysis(model, whole)
    for count in [60, 200] {
      let part = try RegimeAnalysis(model, whole.rows(0..<count))
      let rows = part.probabilities.filtered.rows
      #expect(
        part.probabilities.filtered.elements
          == all.probabilities.filtered.rows(0..<rows).elements, "\(kinds[kind].name)")
      #expect(part.conditionalVolatility == Array(all.conditionalVolatility[..<rows]))
    }
  }

  @Test("A walk forward sees nothing of later rows", arguments: [0, 3, 4, 6])
  func walkForward(_ kind: Int) throws {
    let specification = kinds[kind].specification
    let values = madeReturns(180)
    func walk(_ values: NDArray<Double>) throws -> WalkForward {
      try RegimeModel.walkForward(
        specification, through: madeSeries(values), minimum: 100, refit: 20,
        options: RegimeFitOptions(restarts: 2))
    }
    let one = try walk(values)
    #expect(one.rows == 100..<180 && one.refits == [100, 120, 140, 160])
    for change in [121, 150, 179] {
      var other = values
      for row in change..<180 { other[row, 0] = 40 * Double(row % 3) - 30 }
      let two = try walk(other)
      let same = change - 100
      #expect(two.filtered.rows(0..<same).elements == one.filtered.rows(0..<same).elements)
      #expect(two.means[..<same] == one.means[..<same])
      #expect(two.deviations[..<same] == one.deviations[..<same])
      #expect(two.logLikelihoods[..<same] == one.logLikelihoods[..<same])
      #expect(two.filtered != one.filtered)
    }
    for (mean, deviation) in zip(one.means, one.deviations) {
      #expect(mean.isFinite && deviation > 0)
    }
  }

  @Test("An update goes on as if all rows had come at once", arguments: kinds.indices)
  func updates(_ kind: Int) throws {
    let whole = try madeSeries(madeReturns(260))
    let first = whole.rows(0..<200)
    let fit = try RegimeModel.fit(kinds[kind].specification, to: first, options: quick)
    var saved = SavedRegimes(fit, try RegimeAnalysis(fit.model, first), resampling: nil)
    let all = try RegimeAnalysis(fit.model, whole).probabilities.filtered
    let lead = 260 - all.rows
    for rows in [200..<201, 201..<230, 230..<260] {
      // Saved, and read again.
      saved = try SavedRegimes(archive: saved.archive())
      let update = try saved.updated(with: whole.rows(rows))
      let expected = all.rows(rows.lowerBound - lead..<rows.upperBound - lead).elements
      for (found, expected) in zip(update.filtered.elements, expected) {
        #expect(abs(found - expected) < 1e-12, "\(kinds[kind].name)")
      }
      saved = update.saved
    }
    #expect(saved.model == fit.model)
  }

  @Test("An update of other values, or of a model with durations, is refused") func refusals()
    throws
  {
    let series = try madeSeries(madeReturns(200))
    let fit = try RegimeModel.fit(
      RegimeSpecification(durations: "poisson"), to: series, options: quick)
    let saved = SavedRegimes(fit, try RegimeAnalysis(fit.model, series), resampling: nil)
    #expect { try saved.updated(with: series) } throws: { "\($0)".contains("Learn it again") }
    let plain = try RegimeModel.fit(RegimeSpecification(), to: series, options: quick)
    let model = SavedRegimes(plain, try RegimeAnalysis(plain.model, series), resampling: nil)
    func remade(_ column: String, dates: [CalendarDate]?) throws -> DatedSeries {
      try DatedSeries(
        name: "new.csv", dates: dates, columns: [column], values: madeReturns(20, seed: 9))
    }
    let first = CalendarDate(year: 2020, month: 1, day: 1)!
    let days = (0..<20).map { first.advanced(byDays: $0) }
    for (column, dates, words) in [
      ("volume", nil, "of volume, those of the model of y0"), ("y0", days, "which are new"),
    ] as [(String, [CalendarDate]?, String)] {
      let other = try remade(column, dates: dates)
      #expect { try model.updated(with: other) } throws: {
        "\($0)".contains("new.csv") && "\($0)".contains(words)
      }
      #expect(throws: RegimesError.self) { try other.continuing(model.record) }
    }
    // Case aside, names are the same.
    #expect(try model.updated(with: remade("Y0", dates: nil)).filtered.rows == 20)
    #expect(try SavedRegimes(archive: saved.archive()) == saved)
    var damaged = try saved.archive()
    damaged.arrays["intercepts"] = nil
    #expect { try SavedRegimes(archive: damaged) } throws: { "\($0)".contains("'intercepts'") }
  }
}
