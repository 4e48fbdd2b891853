extension String {
  /// Digits with zeros in front up to `width` characters: "7" to 3 is "007". Longer ones stay.
  public func zeroPadded(to width: Int) -> String {
    String(repeating: "0", count: Swift.max(0, width - count)) + self
  }
}
