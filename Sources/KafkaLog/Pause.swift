import Glibc

/// The wait between two attempts of a call that the brokers could not answer yet.
enum Pause {
  static func of(_ time: Duration) {
    usleep(UInt32(clamping: time.components.seconds * 1_000_000 + time.components.attoseconds / 1_000_000_000_000))
  }
}
