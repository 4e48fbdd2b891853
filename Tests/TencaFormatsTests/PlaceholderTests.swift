import Testing
@testable import TencaFormats
