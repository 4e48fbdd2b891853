import Testing
@testable import TencaNumerics
