/// Comparing with a secret.
package enum ConstantTime {
  /// Takes the same time for every `given` of the right length, however much of it is right.
  package static func isEqual(_ expected: [UInt8], _ given: [UInt8]) -> Bool {
    guard given.count == expected.count else { return false }
    var difference: UInt8 = 0
    for index in expected.indices { difference |= expected[index] ^ given[index] }
    return difference == 0
  }

  package static func isEqual(_ expected: String, _ given: String) -> Bool {
    isEqual(Array(expected.utf8), Array(given.utf8))
  }
}
