import HTTPValues
import NIOCore

extension ClientAddress {
  /// `nil` for what is no address of the internet.
  init?(_ address: SocketAddress) {
    // Where netinet/in.h has it: behind family and port, of version 6 behind the flow too.
    let place: Range<Int>
    switch address {
    case .v4: place = 4..<8
    case .v6: place = 8..<24
    case .unixDomainSocket: return nil
    }
    self.init(
      bytes: address.withSockAddr { pointer, size in Array(UnsafeRawBufferPointer(start: pointer, count: size)[place]) }
    )
  }
}
