import Testing
@testable import TencaPlot
