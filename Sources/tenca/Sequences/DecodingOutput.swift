internal import TencaFormats
internal import TencaMarkov
internal import TencaNumerics

/// States of rows as files.
extension Decoding {
  /// Writes a table to a file or standard output (`-`): a line for every row, for several paths for
  /// every row of every path.
  func writeTable(to path: String) throws {
    let hasNames = table.sequences.contains { !$0.name.isEmpty }
    let hasTimes = table.sequences.contains { $0.timeTexts != nil }
    let isRanked = if case .kBest = method { true } else { false }
    let columns =
      (hasNames ? ["sequence"] : []) + (isRanked ? ["rank", "logProbability"] : []) + ["row"]
      + (hasTimes ? ["time"] : []) + ["state"]
      + (probabilities == nil ? [] : ["probability"] + model.states.map { "p(\($0))" })
    try RowOutput.write(to: path, columns: columns) { writer in
      for (sequence, paths) in zip(table.sequences, paths) {
        for (rank, path) in paths.enumerated() {
          for (row, state) in path.states.enumerated() {
            var fields = hasNames ? [sequence.name] : []
            if isRanked { fields += ["\(rank + 1)", "\(path.logProbability ?? .nan)"] }
            fields.append("\(row + 1)")
            if hasTimes { fields.append(sequence.timeTexts?[row] ?? "") }
            fields.append(model.states[state])
            guard let probabilities else {
              try writer.append(fields)
              continue
            }
            let own = probabilities.row(sequence.range.lowerBound + row).elements
            try writer.append(fields, numbers: [own[state]] + own)
          }
        }
      }
    }
  }

  /// The stretches of one state of a sequence's first path.
  ///
  /// - Parameter step: Seconds from row to row, where the table has no times in numbers.
  func intervals(of index: Int, rank: Int = 0, step: Double = 1) -> [LabelledInterval] {
    let sequence = table.sequences[index]
    let states = paths[index][rank].states
    let starts = sequence.times ?? states.indices.map { Double($0) * step }
    // A row lasts until the next; the last one as long as the one before it.
    let last = states.count > 1 ? starts[states.count - 1] - starts[states.count - 2] : step
    let end = (starts[states.count - 1] + last).microseconds
    let ends = starts.dropFirst() + [end]
    var intervals: [LabelledInterval] = []
    for (row, (start, end)) in zip(starts, ends).enumerated() {
      let name = model.states[states[row]]
      if row > 0 && states[row] == states[row - 1] {
        intervals[intervals.count - 1].end = end
      } else {
        intervals.append(LabelledInterval(start: start, end: end, label: name))
      }
    }
    return intervals
  }
}
