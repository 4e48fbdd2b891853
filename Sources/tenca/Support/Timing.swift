/// What some work gives, and the seconds that it took.
func timed<Result>(_ work: () throws -> Result) rethrows -> (result: Result, seconds: Double) {
  let clock = ContinuousClock()
  let began = clock.now
  let result = try work()
  return (result, (clock.now - began) / .seconds(1))
}
