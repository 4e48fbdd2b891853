import TencaNumerics

/// Lloyd's algorithm as it is written down: every distance anew, in double precision.
struct PlainKMeans {
  /// After so many moves as the index says.
  private(set) var history: [Step] = []
  private var centroids: [[Double]]
  private var labels: [Int] = []

  struct Step {
    var centroids: [[Double]]
    var labels: [Int]
    var inertia: Double
  }

  /// Goes on until no label changes, or for so many moves.
  init(_ data: NDArray<Float>, from start: NDArray<Double>, moves: Int) {
    let rows = nested(data)
    centroids = nested(start)
    for _ in 0...moves {
      let before = labels
      assign(rows)
      if labels == before { return }
      moveToMeans(of: rows)
    }
  }

  private mutating func assign(_ rows: [[Double]]) {
    labels = []
    var inertia = 0.0
    for row in rows {
      let distances = centroids.map { squares($0, row) }
      let nearest = distances.min()!
      labels.append(distances.firstIndex(of: nearest)!)
      inertia += nearest
    }
    history.append(Step(centroids: centroids, labels: labels, inertia: inertia))
  }

  /// A centroid without rows goes to the row farthest from its own centroid.
  private mutating func moveToMeans(of rows: [[Double]]) {
    var owners = labels
    var distances = rows.indices.map { squares(rows[$0], centroids[labels[$0]]) }
    for empty in centroids.indices where !owners.contains(empty) {
      let counts = centroids.indices.map { cluster in owners.count { $0 == cluster } }
      let taken = rows.indices.filter { counts[owners[$0]] > 1 }
      let farthest = taken.max { distances[$0] < distances[$1] }!
      owners[farthest] = empty
      distances[farthest] = 0
    }
    centroids = centroids.indices.map { cluster in
      let own = rows.indices.filter { owners[$0] == cluster }
      return rows[0].indices.map { column in
        // About the first of them, so that a large offset costs no precision.
        let origin = rows[own[0]][column]
        return origin + own.reduce(0) { $0 + rows[$1][column] - origin } / Double(own.count)
      }
    }
  }

  private func squares(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for column in a.indices { sum += (a[column] - b[column]) * (a[column] - b[column]) }
    return sum
  }
}
