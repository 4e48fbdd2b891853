/// How often recordings of each class were taken for each class.
public struct ConfusionMatrix: Sendable, Equatable {
  /// The classes, in the order of rows and columns.
  public let labels: [String]
  /// Counts: a row an actual class, a column a predicted one.
  public private(set) var counts: [[Int]]
  /// How many of each actual class were rejected: no verdict was sure enough.
  public private(set) var rejected: [Int]

  /// Makes an empty matrix.
  public init(labels: [String]) {
    self.labels = labels
    counts = labels.map { _ in [Int](repeating: 0, count: labels.count) }
    rejected = labels.map { _ in 0 }
  }

  /// - Throws: ``RecognitionError/unknownLabels(labels:known:)`` when a true class is none of those
  ///   known.
  static func require(_ actual: [String], among known: [String]) throws {
    let strange = Set(actual).subtracting(known).sorted()
    guard strange.isEmpty else {
      throw RecognitionError.unknownLabels(labels: strange, known: known)
    }
  }

  /// Counts one verdict; nil is a rejection.
  ///
  /// - Precondition: `actual` is one of the labels.
  public mutating func add(actual: String, predicted: String?) {
    let row = labels.firstIndex(of: actual)!
    if let predicted, let column = labels.firstIndex(of: predicted) {
      counts[row][column] += 1
    } else {
      rejected[row] += 1
    }
  }

  /// Adds the counts of another matrix of the same classes.
  public mutating func merge(_ other: ConfusionMatrix) {
    precondition(labels == other.labels, "confusion matrices of different classes")
    for row in labels.indices {
      rejected[row] += other.rejected[row]
      for column in labels.indices { counts[row][column] += other.counts[row][column] }
    }
  }

  /// Right verdicts.
  public var correct: Int { labels.indices.reduce(0) { $0 + counts[$1][$1] } }

  /// All recordings, rejected ones too.
  public var total: Int { counts.joined().reduce(0, +) + rejected.reduce(0, +) }

  /// The share of right verdicts; 0 when there are none at all.
  public var accuracy: Double { total == 0 ? 0 : Double(correct) / Double(total) }

  /// Of the recordings of each class, the share found; nil for a class without recordings.
  public var recall: [Double?] {
    labels.indices.map { ratio(counts[$0][$0], counts[$0].reduce(0, +) + rejected[$0]) }
  }

  /// Of the verdicts for each class, the share that was right; nil for a class never predicted.
  public var precision: [Double?] {
    labels.indices.map { column in
      ratio(counts[column][column], counts.reduce(0) { $0 + $1[column] })
    }
  }

  private func ratio(_ part: Int, _ whole: Int) -> Double? {
    whole == 0 ? nil : Double(part) / Double(whole)
  }
}
