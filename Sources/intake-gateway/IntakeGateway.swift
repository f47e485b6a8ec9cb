import Assembly

@main
struct IntakeGateway {
  static func main() async {
    await Program("intake-gateway", roles: [.intake]).main()
  }
}
