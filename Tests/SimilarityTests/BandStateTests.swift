import Cases
import Similarity
import Testing

struct BandStateTests {
  @Test(arguments: [[], [9], [1], [1, 0, 0, 0, 0, 0, 0, 0, 0, 3, 97], [1, 0, 0, 0, 0, 0, 0, 0, 0, 0]] as [[UInt8]])
  func `bytes that are no state of a band are refused`(bytes: [UInt8]) {
    #expect(throws: (any Error).self) { try BandState(stored: bytes) }
  }
}
