import AsyncHTTPClient
package import HTTPValues
import NIOCore
import NIOHTTP1

/// Calls over HTTP and HTTPS, made by AsyncHTTPClient on the threads that the whole process shares for its sockets.
package final class HTTPCalls: HTTPCaller {
  /// Of an answer's body, in bytes: a longer one is no answer.
  private static let maximumAnswer = 1 << 20
  private static let connecting = TimeAmount.seconds(5)

  private let client: HTTPClient

  /// To be closed before the last reference goes.
  package init() {
    var configuration = HTTPClient.Configuration()
    // Whoever sends a secret along in its address must not be led elsewhere with it.
    configuration.redirectConfiguration = .disallow
    configuration.timeout.connect = Self.connecting
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  package func post(
    _ body: [UInt8], type: String, to url: String, within time: Duration
  ) async throws(HTTPCallFailure) -> HTTPAnswer {
    do {
      var request = HTTPClientRequest(url: url)
      request.method = .POST
      request.headers.add(name: "Content-Type", value: type)
      request.body = .bytes(body)
      let response = try await client.execute(request, deadline: .now() + TimeAmount(time))
      let answer = try await response.body.collect(upTo: Self.maximumAnswer)
      return HTTPAnswer(status: Int(response.status.code), body: Array(answer.readableBytesView))
    } catch let error as HTTPClientError {
      throw HTTPCallFailure(error.shortDescription)
    } catch {
      // What it says may repeat the address; its kind does not.
      throw HTTPCallFailure("\(Swift.type(of: error))")
    }
  }

  /// Waits for calls under way.
  package func close() async {
    try? await client.shutdown()
  }
}
