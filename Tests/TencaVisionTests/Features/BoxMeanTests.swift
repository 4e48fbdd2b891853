import TencaNumerics
import Testing

@testable import TencaVision

@Suite struct BoxMeanTests {
  @Test(arguments: [(1, 1), (1, 9), (9, 1), (13, 11), (4, 30)], [0, 1, 2, 5, 40])
  func matchesBruteForce(size: (width: Int, height: Int), radius: Int) {
    let (width, height) = size
    var random = RandomStream(seed: UInt64(100 * width + radius))
    let plane = Plane(rows: 0..<height, width: width) { target in
      for index in target.indices { target[index] = Float(random.normal()) }
    }
    let wanted = height / 4..<max(height - height / 5, height / 4 + 1)
    let means = plane.boxMean(rows: wanted, radius: radius, height: height) {
      Double($0) * Double($0)
    }
    #expect(means.count == wanted.count * width)
    for y in wanted {
      for x in 0..<width {
        var (sum, count) = (0.0, 0)
        for near in max(y - radius, 0)...min(y + radius, height - 1) {
          for beside in max(x - radius, 0)...min(x + radius, width - 1) {
            let value = Double(plane.values[near * width + beside])
            sum += value * value
            count += 1
          }
        }
        #expect(abs(means[(y - wanted.lowerBound) * width + x] - sum / Double(count)) < 1e-12)
      }
    }
  }
}
