import ArgumentParser
import Hummingbird
import Logging

/// A bare Hummingbird handler that tells the body back: what accepting an opinion is measured against.
struct EchoServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "echo-server", abstract: "Serves POST /opinions by telling the body back.", shouldDisplay: false)

  @Option(help: "Of 127.0.0.1.") var port: Int

  func run() async throws {
    Quiet.bootstrap()
    let router = Router()
    router.post("opinions") { request, _ in
      let body = try await request.body.collect(upTo: 1 << 20)
      return Response(
        status: .accepted, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: body))
    }
    let application = Application(
      router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)))
    try await application.runService()
  }
}
