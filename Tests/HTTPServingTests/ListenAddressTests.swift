import HTTPServing
import Testing

@Suite struct ListenAddressTests {
  @Test(arguments: [
    ("127.0.0.1:8080", "127.0.0.1", 8080), ("[::1]:8080", "::1", 8080), ("localhost:0", "localhost", 0),
    ("[::]:65535", "::", 65535),
  ])
  func `host and port are read and written alike`(text: String, host: String, port: Int) throws {
    let address = try ListenAddress(text)
    #expect(address.host == host)
    #expect(address.port == port)
    #expect(address.description == text)
  }

  @Test(arguments: [
    "", "8080", "localhost", ":8080", "[]:80", "::1:8080", "[::1]", "[::1]8080", "[localhost]:80", "host:", "host:+1",
    "host:-1", "host:65536", "host:http", "host:８０",
  ])
  func `a bad address is refused by name`(text: String) {
    let error = #expect(throws: HTTPServerError.self) { try ListenAddress(text) }
    #expect(error?.description.hasPrefix("“\(text)” is no address to listen on: ") == true)
  }
}
