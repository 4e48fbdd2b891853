internal import TencaNumerics

extension ColumnReader {
  /// The date of each row, and the columns they are in; nil where no column holds dates.
  mutating func dates() throws -> (
    columns: [Int], dates: [CalendarDate], precision: DatePrecision
  )? {
    guard let (column, style) = try dateColumn() else { return nil }
    var dates: [CalendarDate] = []
    dates.reserveCapacity(table.rows.count)
    for (row, fields) in table.rows.enumerated() {
      guard let date = style.date(fields[column]) else {
        throw FormatError.badRecord(
          path: table.path, line: table.lines[row],
          problem:
            "column '\(table.columns[column])' holds '\(fields[column])', which is no date as "
            + "'\(example(column, style))' is; correct it, or remove the line")
      }
      dates.append(date)
    }
    note(style, column, dates)
    guard let clock = clockColumn(beside: column, dates) else {
      return ([column], dates, style.precision)
    }
    let timed = zip(dates, clock.seconds).map {
      CalendarDate(dayNumber: $0.dayNumber, secondOfDay: $1)
    }
    return ([column, clock.column], timed, style.precision)
  }

  private func example(_ column: Int, _ style: DateStyle) -> String {
    table.rows.first { style.date($0[column]) != nil }?[column] ?? ""
  }

  private mutating func dateColumn() throws -> (Int, DateStyle)? {
    if let name = choices.date {
      let column = try index(of: name)
      guard
        let style = DateStyle.detect(
          in: cells(column), order: choices.dateOrder, acceptsPlainNumbers: true)
      else {
        throw FormatError.badRecord(
          path: table.path, line: table.lines[0],
          problem:
            "column '\(table.columns[column])' holds '\(table.rows[0][column])', and no dates "
            + "such as 2018-03-01, 20180301, 01/03/2018 or 1 Mar 2018; name another column")
      }
      return (column, style)
    }
    let named = table.columns.indices.filter { ColumnName.isLikeDates(table.columns[$0]) }
    // "date" before "unix" or "time".
    for column in named.filter({ key(table.columns[$0]) == "date" }) + named {
      if let style = DateStyle.detect(
        in: cells(column), order: choices.dateOrder, acceptsPlainNumbers: true)
      {
        return (column, style)
      }
    }
    for column in table.columns.indices {
      // Eight digits that are days without exception are dates where dates are due.
      let isDue = column == 0 && table.rows.allSatisfy { $0[0].utf8.count == 8 }
      if let style = DateStyle.detect(
        in: cells(column), order: choices.dateOrder, acceptsPlainNumbers: isDue)
      {
        return (column, style)
      }
    }
    if let column = named.first {
      notes.append(
        TableNote(
          .unreadDates, count: table.rows.count, line: table.lines[0],
          "column '\(table.columns[column])' holds no dates that can be read, but "
            + "'\(table.rows[0][column])'; rows are numbered"))
    }
    return nil
  }

  /// A column of times of day beside a column of days.
  private func clockColumn(
    beside column: Int, _ dates: [CalendarDate]
  ) -> (column: Int, seconds: [Int])? {
    guard dates.allSatisfy({ $0.secondOfDay == 0 }) else { return nil }
    let other = table.columns.indices.first {
      $0 != column && ["time", "zeit", "uhrzeit", "heure", "hora"].contains(key(table.columns[$0]))
    }
    guard let other else { return nil }
    let seconds = cells(other).compactMap { cell in
      ClockText.second(cell) ?? ClockText(Substring("20000101T" + cell))?.second
    }
    return seconds.count == table.rows.count ? (other, seconds) : nil
  }

  private mutating func note(_ style: DateStyle, _ column: Int, _ dates: [CalendarDate]) {
    let name = table.columns[column]
    if style.isAmbiguous, let order = style.order {
      notes.append(
        TableNote(
          .dateOrder, count: dates.count, line: table.lines[0],
          "the order of day, month and year is not sure in column '\(name)': "
            + "'\(table.rows[0][column])' was read as \(dates[0]) (\(order.rawValue)). If that is wrong, "
            + "ask for another order"))
    }
    if style.precision != .day {
      notes.append(
        TableNote(
          .datePrecision, count: dates.count, line: table.lines[0],
          "each date in column '\(name)' is a \(style.precision.rawValue), of which the first day is "
            + "taken"))
    }
  }
}
