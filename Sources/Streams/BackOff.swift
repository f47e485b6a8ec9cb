/// Repeats what fails for as long as it is let, with pauses that grow: from a tenth of a second, twice as long each time,
/// to five seconds.
package struct BackOff: Sendable {
  private let pause: @Sendable (Duration) -> Void

  private static let shortest = Duration.milliseconds(100)
  private static let longest = Duration.seconds(5)

  /// - Parameter pause: blocks its thread for that long; called in steps of at most 100 milliseconds.
  package init(pause: @escaping @Sendable (Duration) -> Void) {
    self.pause = pause
  }

  /// Blocks its thread until `stop` gives true.
  ///
  /// - Parameters:
  ///   - attempt: goes on until `stop` gives true or something fails; by its argument it says that it gets on, so that
  ///     the next pause is the shortest again.
  ///   - onFailure: called before each pause.
  package func repeating<Failure: Error>(
    until stop: () -> Bool, _ attempt: (_ getsOn: () -> Void) throws(Failure) -> Void, onFailure: (Failure) -> Void
  ) {
    var wait = Self.shortest
    while !stop() {
      do throws(Failure) {
        try attempt { wait = Self.shortest }
      } catch {
        onFailure(error)
        var left = wait
        while left > .zero, !stop() {
          pause(min(left, Self.shortest))
          left -= Self.shortest
        }
        wait = min(wait * 2, Self.longest)
      }
    }
  }
}
