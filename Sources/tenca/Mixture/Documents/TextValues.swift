// A conformance of a public type is public, and so must be the imports that it needs.
public import ArgumentParser
public import TencaText

extension TextClusteringOptions.Method: ExpressibleByArgument {}
