import ArgumentParser
internal import FoundationEssentials
internal import TencaFormats
internal import TencaMarkov
internal import TencaNumerics

/// Sequences of rows, from one table or a folder of tables.
struct SequenceTable {
  /// What the cells of a column of words stand for.
  enum Words {
    /// Cells are numbers.
    case none
    /// Every word that occurs is a symbol; numbers from 0 on are symbols as they are.
    case learned
    /// These are the symbols.
    case known([String])
  }

  /// The path that was given.
  let path: String
  /// The names of the columns of numbers.
  let columns: [String]
  /// The numbers of all sequences, one after another; NaN where a cell is empty.
  let rows: any RowSource
  /// The sequences.
  let sequences: [Sequence]
  /// The symbols of a column of words.
  let symbols: [String]?
  /// The state of each row that is known, "" where it is not.
  let known: [String]?
  /// What the steps between rows depend on; nil where that was not asked for.
  var conditions: StepConditions?

  /// One sequence.
  struct Sequence {
    /// What it is called: its group, or its file; empty for the only one.
    let name: String
    /// Its place in ``rows``.
    let range: Range<Int>
    /// The time of each row, where a column tells it.
    let times: [Double]?
    /// The words of the column of times, as they stand in the table.
    let timeTexts: [String]?
  }

  /// The path's last part.
  var name: String { path == "-" ? "standard input" : URL(fileURLWithPath: path).lastPathComponent }

  /// The rows of each sequence.
  var lengths: [Int] { sequences.map(\.range.count) }

  /// Opens a CSV or NPY file, or a folder of them.
  ///
  /// - Throws: `FormatError` naming the row and column of what is no number; `ValidationError`.
  init(
    path: String, columns wanted: ColumnChoice, group: String?, time: String?, known: String?,
    steps: StepSource?, words: Words
  ) throws {
    if let files = try Self.files(inFolder: path) {
      let tables = try files.map { file in
        try SequenceTable(
          path: file, columns: wanted, group: group, time: time, known: known, steps: steps,
          words: words)
      }
      self = try SequenceTable(joining: tables, files: files, path: path, words: words)
    } else if path.hasSuffix(".npy") {
      let table = try RowTable(
        path: path, columns: wanted.ofArrays, label: nil, allowsMissing: true)
      if group != nil || time != nil || known != nil {
        throw ValidationError(
          "\(path): an NPY file has no named columns; give a CSV table for --group, --time or --known."
        )
      }
      if let steps {
        throw ValidationError(
          "\(path): an NPY file has no named columns, and steps follow "
            + "\(steps.columns.joined(separator: ", ")); give a CSV table.")
      }
      self.path = path
      (columns, rows, symbols, self.known) = (table.columns, table.rows, nil, nil)
      sequences = [
        Sequence(name: "", range: 0..<table.rows.rowCount, times: nil, timeTexts: nil)
      ]
    } else {
      self = try SequenceTable(
        CSVTable(path: path), path: path, wanted: wanted, group: group, time: time, known: known,
        steps: steps, words: words)
    }
  }

  private init(
    _ table: CSVTable, path: String, wanted: ColumnChoice, group: String?, time: String?,
    known: String?, steps: StepSource?, words: Words
  ) throws {
    let others = [group, time, known].compactMap(\.self) + (steps?.columns ?? [])
    let columns = wanted.columns(of: table.columns.filter { !others.contains($0) })
    guard !columns.isEmpty else {
      throw ValidationError(
        "\(table.path): no column of observations is left. Name some with --columns.")
    }
    guard !table.rows.isEmpty else {
      throw FormatError.unsupported(
        path: table.path, problem: "it has columns but no rows", remedy: "Add some rows")
    }
    // Rows of one group follow each other, groups in the order in which they first occur.
    let groups = try group.map { try table.column($0) }
    let (order, parts) = Self.parts(groups, count: table.rows.count)
    let (matrix, symbols) = try Self.matrix(table, columns, words)
    let texts = try time.map { try table.column($0) }
    let times = texts.flatMap { Self.times($0) }
    self.path = path
    self.columns = columns
    self.symbols = symbols
    self.known = try known.map { column in
      let names = try table.column(column)
      return order.map { names[$0] }
    }
    rows = groups == nil ? matrix : SelectedRows(order, of: matrix)
    sequences = parts.map { name, range in
      Sequence(
        name: name, range: range, times: times.map { times in range.map { times[order[$0]] } },
        timeTexts: texts.map { texts in range.map { texts[order[$0]] } })
    }
    conditions = try steps.map { try conditions(table, $0, order: order) }
  }

  /// Sequences of numbers that are there already.
  init(path: String, columns: [String], rows: NDArray<Double>, sequences: [Sequence]) {
    (self.path, self.columns, self.rows, self.sequences) = (path, columns, rows, sequences)
    (symbols, known) = (nil, nil)
  }

  /// The tables of some files as sequences of their own.
  private init(
    joining tables: [SequenceTable], files: [String], path: String, words: Words
  ) throws {
    for (table, file) in zip(tables, files).dropFirst() where table.columns != tables[0].columns {
      throw ValidationError(
        "\(file): its columns are \(table.columns.joined(separator: ", ")), those of \(files[0]) "
          + "\(tables[0].columns.joined(separator: ", ")). Name common ones with --columns.")
    }
    self.path = path
    columns = tables[0].columns
    var matrices: [NDArray<Double>] = []
    var all: [Sequence] = []
    let union =
      tables.contains { $0.symbols != nil }
      ? Set(tables.flatMap { $0.symbols ?? [] }).sorted() : nil
    var first = 0
    for (table, file) in zip(tables, files) {
      var matrix = try table.rows.block(0..<table.rows.rowCount)
      if union != nil && table.symbols == nil {
        throw ValidationError(
          "\(file): its cells are numbers, those of other files in \(path) are words.")
      }
      if let union, let own = table.symbols, case .learned = words {
        // Every file counted its own words.
        let places = own.map { Double(union.firstIndex(of: $0)!) }
        matrix = NDArray(
          matrix.elements.map { $0.isNaN ? $0 : places[Int($0)] }, shape: matrix.shape)
      }
      matrices.append(matrix)
      let stem = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
      for one in table.sequences {
        all.append(
          Sequence(
            name: one.name.isEmpty ? stem : "\(stem) \(one.name)",
            range: one.range.lowerBound + first..<one.range.upperBound + first, times: one.times,
            timeTexts: one.timeTexts))
      }
      first += matrix.rows
    }
    rows = NDArray<Double>.concatenated(matrices)
    sequences = all
    symbols = union
    known = tables[0].known == nil ? nil : tables.flatMap { $0.known ?? [] }
    conditions = StepConditions(joining: tables.compactMap(\.conditions))
  }

  /// The tables in a folder, by name; nil where the path is none.
  private static func files(inFolder path: String) throws -> [String]? {
    var isFolder = false
    guard path != "-", FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
      isFolder
    else { return nil }
    let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
      .filter { $0.hasSuffix(".csv") || $0.hasSuffix(".npy") }
    guard !names.isEmpty else {
      throw ValidationError("\(path): no .csv or .npy files in this folder.")
    }
    return names.map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
  }

  private static func parts(
    _ groups: [String]?, count: Int
  ) -> (order: [Int], parts: [(name: String, range: Range<Int>)]) {
    guard let groups else { return (Array(0..<count), [("", 0..<count)]) }
    var members: [String: [Int]] = [:]
    var names: [String] = []
    for (row, name) in groups.enumerated() {
      if members[name] == nil { names.append(name) }
      members[name, default: []].append(row)
    }
    var order: [Int] = []
    let parts = names.map { name in
      let first = order.count
      order += members[name]!
      return (name: name, range: first..<order.count)
    }
    return (order, parts)
  }

  private static func matrix(
    _ table: CSVTable, _ columns: [String], _ words: Words
  ) throws -> (NDArray<Double>, [String]?) {
    var symbols: [String]
    switch words {
    case .none: return (try table.matrix(columns, missing: .nan), nil)
    case .known(let known):
      symbols = known
      guard columns.count == 1 else {
        throw ValidationError(
          "\(table.path): the model takes one column of symbols, here are columns "
            + "\(columns.joined(separator: ", ")). Name the one in the model, or leave out the others."
        )
      }
    case .learned:
      guard columns.count == 1 else { return (try table.matrix(columns, missing: .nan), nil) }
      let cells = try table.column(columns[0]).map { String($0.trimmed) }
      // Numbers from 0 on are symbols by themselves.
      if cells.allSatisfy({ isMissing($0) || Double($0).map { $0 >= 0 } == true }) {
        return (try table.matrix(columns, missing: .nan), nil)
      }
      symbols = Set(cells.filter { !isMissing($0) }).sorted()
    }
    let places = Dictionary(uniqueKeysWithValues: symbols.enumerated().map { ($1, $0) })
    let cells = try table.column(columns[0])
    let numbers = try cells.enumerated().map { row, cell in
      let word = String(cell.trimmed)
      if let place = places[word] { return Double(place) }
      if isMissing(word) { return Double.nan }
      throw FormatError.unsupported(
        path: table.path,
        problem: "row \(row + 1) of column '\(columns[0])' holds '\(word)', a symbol never seen",
        remedy: "The model knows \(symbols.joined(separator: ", ")); leave the cell empty if it is "
          + "missing")
    }
    return (NDArray(numbers, shape: [numbers.count, 1]), symbols)
  }

  private static func isMissing(_ cell: String) -> Bool {
    cell.isEmpty || cell == "NA" || cell == "NaN"
  }

  /// The number that a cell holds, spaces around it not counted.
  static func number(_ cell: String) -> Double? { Double(cell.trimmed) }

  /// Times as numbers; nil where they are none, such as dates.
  private static func times(_ texts: [String]) -> [Double]? {
    let times = texts.compactMap(number)
    return times.count == texts.count && times.allSatisfy(\.isFinite) ? times : nil
  }
}

extension String {
  fileprivate var trimmed: Substring {
    guard let first = firstIndex(where: { !$0.isWhitespace }) else { return "" }
    return self[first...lastIndex { !$0.isWhitespace }!]
  }
}
