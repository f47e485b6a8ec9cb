import HTTPValues
import Testing

struct ClientAddressTests {
  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1:8080"), ("192.0.2.1", "::ffff:192.0.2.1"), ("192.0.2.1", "[::ffff:c000:201]:80"),
    ("2001:db8::1", "[2001:db8::1]"), ("2001:db8::1", "[2001:DB8:0::1]:443"), ("fe80::1", "fe80::1%eth0"),
  ])
  func `one address is written in many ways`(plain: String, other: String) {
    #expect(ClientAddress(plain) != nil)
    #expect(ClientAddress(plain) == ClientAddress(other))
  }

  @Test(arguments: [
    "", "unknown", "_hidden", "192.0.2", "192.0.2.256", "192.0.2.1.5", "1.2.3.4:5:6", "[2001:db8::1", "2001:db8:::1",
    "localhost", "192.0.2.1, 192.0.2.2", "127.0.0.1\0", String(repeating: "1", count: 1000),
  ])
  func `anything else is none`(text: String) {
    #expect(ClientAddress(text) == nil)
  }

  @Test func `of version 6 the first 64 bits are one client`() {
    #expect(ClientAddress("2001:db8::1")?.network == ClientAddress("2001:db8::ffff:1:2")?.network)
    #expect(ClientAddress("2001:db8::1")?.network != ClientAddress("2001:db8:0:1::1")?.network)
    #expect(ClientAddress("192.0.2.1")?.network != ClientAddress("192.0.2.2")?.network)
  }

  @Test(arguments: [
    ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("192.0.2.128/25", "192.0.2.127", false),
    ("192.0.2.128/25", "192.0.2.200", true), ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
    ("0.0.0.0/0", "203.0.113.1", true), ("0.0.0.0/0", "2001:db8::1", false),
    ("2001:db8::/33", "2001:db8:8000::", false),
    ("2001:db8::/33", "2001:db8:7fff::", true),
  ])
  func `a range holds what begins alike`(range: String, address: String, holds: Bool) throws {
    #expect(try #require(AddressRange(range)).contains(#require(ClientAddress(address))) == holds)
  }

  @Test(arguments: ["", "/8", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "2001:db8::/129", "example.org"])
  func `a broken range is none`(text: String) {
    #expect(AddressRange(text) == nil)
  }

  @Test(arguments: [
    // Nobody in between, or somebody who isn't trusted: the peer itself, whatever is claimed.
    ("203.0.113.5", nil, "203.0.113.5"), ("203.0.113.5", "192.0.2.1", "203.0.113.5"),
    // A proxy: the last that isn't one of ours; what stands before it is only claimed.
    ("10.0.0.1", "192.0.2.1", "192.0.2.1"), ("10.0.0.1", "198.51.100.7, 192.0.2.1", "192.0.2.1"),
    ("10.0.0.1", "192.0.2.1,10.0.0.2", "192.0.2.1"), ("10.0.0.1", "192.0.2.1:4711 , [::ffff:10.0.0.2]", "192.0.2.1"),
    ("10.0.0.1", nil, "10.0.0.1"), ("10.0.0.1", "", "10.0.0.1"), ("10.0.0.1", "unknown", "10.0.0.1"),
    ("10.0.0.1", "192.0.2.1, unknown, 10.0.0.2", "10.0.0.2"), ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
  ])
  func `who asks is the last in the chain who is no proxy of ours`(
    peer: String, forwarded: String?, client: String
  ) throws {
    let proxies = TrustedProxies([try #require(AddressRange("10.0.0.0/8"))])
    #expect(proxies.client(peer: ClientAddress(peer), forwarded: forwarded) == ClientAddress(client))
    #expect(proxies.client(peer: nil, forwarded: forwarded) == nil)
  }
}
