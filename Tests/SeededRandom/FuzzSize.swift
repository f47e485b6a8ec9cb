import Foundation

/// How many mutated inputs a parser gets: `HUIYIN_TEST_FUZZ`, such as 100000, else fewer, so that the tests stay quick.
package enum FuzzSize {
  package static let count = ProcessInfo.processInfo.environment["HUIYIN_TEST_FUZZ"].flatMap { Int($0) } ?? 2000
}
