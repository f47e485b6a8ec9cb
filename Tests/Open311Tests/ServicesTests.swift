import HTTPTypes
import HTTPValues
import Open311
import Testing

struct ServicesTests {
  @Test func `categories of both levels are services, with the first as their group`() async throws {
    let services = try await Office().get("services.json").entries
    try #require(services.count == 4)
    #expect(services.map { $0["service_name"] as? String } == ["城乡建设", "城乡建设/路灯", "教育文体", "教育文体/其他"])
    #expect(services.map { $0["group"] as? String } == ["城乡建设", "城乡建设", "教育文体", "教育文体"])
    #expect(services.allSatisfy { $0["metadata"] as? Bool == false && $0["type"] as? String == "realtime" })
    #expect(services[1]["keywords"] as? String == "路灯,灯<&>")
    #expect(services[1]["service_code"] as? String == Office.services[1].code)
  }

  @Test func `XML says what JSON says`() async throws {
    let office = try Office()
    let json = try await office.get("services.json").entries
    let xml = try await office.get("services.xml").xml
    #expect(xml.name == "services")
    #expect(xml.children.map(\.name) == ["service", "service", "service", "service"])
    for (entry, element) in zip(json, xml.children) {
      #expect(element.children.count == entry.count)
      for child in element.children {
        let value = entry[child.name]
        #expect(child.text == (value as? String ?? (value as? Bool).map { "\($0)" }), "\(child.name)")
      }
    }
  }

  @Test func `a code is made of the names alone`() {
    #expect(Open311Service(category: "城乡建设", keywords: ["a"]).code == Open311Service(category: "城乡建设").code)
    #expect(Open311Service(category: "城乡建设").code == "scf695a816b5c")
    let codes = Office.services.map(\.code)
    #expect(Set(codes).count == 4)
    #expect(codes.allSatisfy { $0.utf8.count == 13 && $0.utf8.allSatisfy { (0x30...0x7a).contains($0) } })
  }

  @Test func `a service that is listed twice is listed once`() {
    #expect(ServiceCatalogue(Office.services + Office.services.reversed()).services == Office.services)
  }

  @Test func `a service's definition has no attributes`() async throws {
    let code = Office.services[1].code
    let response = try await Office().get("services/\(code).json")
    #expect(String(decoding: response.body, as: UTF8.self) == #"{"attributes":[],"service_code":"\#(code)"}"#)
    let xml = try await Office().get("services/\(code).xml").xml
    #expect(xml.name == "service_definition")
    #expect(xml["service_code"]?.text == code)
    #expect(xml["attributes"]?.children == [])
  }

  @Test(arguments: [
    "services/none.json", "services/.json", "services/%3Cb%3E.json", "x.json", "services/a/b.json", ".json",
  ])
  func `what there isn't gets 404 in the protocol's form`(path: String) async throws {
    let response = try await Office().get(path, accept: "application/json")
    #expect(response.head.status == .notFound)
    let error = try #require(response.entries.first)
    #expect(error["code"] as? Int == 404)
    #expect((error["description"] as? String)?.isEmpty == false)
    #expect(!String(decoding: response.body, as: UTF8.self).contains("<b>"))
  }

  @Test func `an error in XML has a code and a description`() async throws {
    let response = try await Office().get("services/none.xml")
    #expect(response.head.status == .notFound)
    let xml = try response.xml
    #expect(xml.name == "errors")
    #expect(xml["error"]?["code"]?.text == "404")
    #expect(xml["error"]?["description"]?.text.isEmpty == false)
  }

  @Test(arguments: [
    ("services.xml", "application/json" as String?, "text/xml; charset=utf-8"),
    ("services.json", "text/xml", "application/json"), ("services", nil, "text/xml; charset=utf-8"),
    ("services", "application/json", "application/json"), ("services", "*/*", "text/xml; charset=utf-8"),
    ("services", "text/html, Application/JSON;q=0.9", "application/json"),
    ("services", "application/json, text/xml;q=0.9", "application/json"),
    ("services", "application/json, text/xml", "text/xml; charset=utf-8"),
    ("services", "application/xml, application/json", "text/xml; charset=utf-8"),
  ])
  func `the ending decides the format, then what is accepted, and else it is XML`(
    path: String, accept: String?, type: String
  ) async throws {
    #expect(try await Office().get(path, accept: accept).head.headerFields[.contentType] == type)
  }

  @Test(arguments: [
    ("services.json", "GET, HEAD"), ("services/x.json", "GET, HEAD"), ("requests.json", "GET, HEAD, POST"),
    ("requests/x.json", "GET, HEAD"), ("tokens/x.json", "GET, HEAD"),
  ])
  func `other methods get 405 with those that there are`(path: String, allowed: String) async throws {
    let response = try await Office().send(.delete, path)
    #expect(response.head.status == .methodNotAllowed)
    #expect(response.head.headerFields[.allow] == allowed)
    #expect(try response.entries.first?["code"] as? Int == 405)
  }

  @Test func `a program that only takes requests in says so, and one that only shows them`() async throws {
    let catalogue = ServiceCatalogue(Office.services)
    func answer(_ method: HTTPRequest.Method, _ path: String, shows: Bool, takes: Bool) async throws -> Response? {
      let head = HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path)
      return await ServicesController(catalogue: catalogue, showsRequests: shows, takesRequests: takes)
        .respond(to: try Request(head: head))
    }
    let list = "/open311/v2/requests.json"
    #expect(try await answer(.get, list, shows: false, takes: true)?.head.headerFields[.allow] == "POST")
    #expect(try await answer(.post, list, shows: true, takes: false)?.head.headerFields[.allow] == "GET, HEAD")
    #expect(try await answer(.get, list, shows: false, takes: false)?.head.status == .notFound)
    let one = "/open311/v2/requests/a.json"
    #expect(try await answer(.get, one, shows: false, takes: true)?.head.status == .notFound)
    for path in ["/", "/opinions", "/open311", "/open311/v1/services.json"] {
      #expect(try await answer(.get, path, shows: true, takes: true) == nil, "\(path)")
    }
    #expect(try await answer(.get, "/open311/v2", shows: true, takes: true)?.head.status == .notFound)
  }
}
