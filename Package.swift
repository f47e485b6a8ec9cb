// swift-tools-version: 6.2
import PackageDescription

/// The settings that hold the walls between the floors: see README, "Where to change what".
let walls: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let coreMetrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let metricsTestKit = Target.Dependency.product(name: "MetricsTestKit", package: "swift-metrics")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

func library(_ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil) -> Target {
  .target(name: name, dependencies: dependencies, path: path, swiftSettings: walls)
}

func program(_ name: String, _ dependencies: [Target.Dependency], path: String? = nil) -> Target {
  .executableTarget(name: name, dependencies: dependencies, path: path, swiftSettings: walls)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: walls)
}

let package = Package(
  name: "Huiyin",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // ground
    library("Time"),
    library("ByteText"),
    library("Cases", ["ByteText", "Time", crypto]),

    // log
    library("EventLog", ["Time"]),
    .systemLibrary(
      name: "CLibrdkafka", path: "Sources/CLibrdkafka", pkgConfig: "rdkafka",
      providers: [.apt(["librdkafka-dev"])]),
    library("KafkaLog", ["CLibrdkafka", "EventLog", "Time", logging]),
    library("SQLiteLog", ["EventLog", "Time", grdb, logging]),

    // runtime
    library("Streams", ["EventLog", "Time", heap, logging, metrics]),

    // capabilities
    .target(
      name: "Classification", dependencies: ["Cases", "EventLog", "Reading", "Streams", "Time", "YAMLForms", yams],
      exclude: ["Resources/opinions.model.md"],
      resources: [.copy("Resources/categories.yaml"), .copy("Resources/opinions.model")], swiftSettings: walls),
    .systemLibrary(
      name: "CLiblinear", path: "Sources/CLiblinear", providers: [.apt(["liblinear-dev"])]),
    library("Liblinear", ["CLiblinear"]),
    library("Training", ["Cases", "Classification", "Liblinear"]),
    library("Reading", ["Cases", "Time", "YAMLForms"]),
    library("Similarity", ["Cases", "EventLog", "Streams", "Time"]),
    library("Conversations", ["Cases", "EventLog", "Streams", "Time"]),
    library("Routing", ["ByteText", "Cases", "EventLog", "Streams", "Time", "YAMLForms", crypto, yams]),
    library("Tracking", ["Cases", "EventLog", "Streams", "Time"]),
    .target(
      name: "Feedback", dependencies: ["Cases", "EventLog", "Streams", "Time", "YAMLForms", yams],
      resources: [.embedInCode("Resources/feedback.yaml")], swiftSettings: walls),
    .systemLibrary(
      name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    library("QRCodes", ["CQREncode", "CZlib"]),
    library(
      "Codes", ["ByteText", "Cases", "EventLog", "QRCodes", "Streams", "Templating", "Time", crypto, logging, mustache]),
    library("HTTPValues", [httpTypes]),
    library("Offloading"),
    library("YAMLForms", [yams]),
    library("Templating", [mustache]),
    library("Attachments", ["ByteText", "Cases", "HTTPValues", "Offloading", crypto, httpTypes, logging]),
    library(
      "PhonePage",
      [
        "ByteText", "Attachments", "Cases", "EventLog", "HTTPValues", "Outbox", "Streams", "Templating", "Time", crypto,
        httpTypes,
        logging, metrics, mustache,
      ]),
    library("Outbox", ["EventLog", "Time", grdb, logging, metrics]),
    library("RateLimiting", ["HTTPValues", "Time", httpTypes, metrics]),
    library("APIKeys", ["ByteText", "Cases", "HTTPValues", "Time", "YAMLForms", crypto, httpTypes, yams]),
    library(
      "Intake",
      [
        "ByteText", "APIKeys", "Cases", "EventLog", "HTTPValues", "Outbox", "Streams", "Time", crypto, httpTypes,
        metrics,
      ]),
    .target(
      name: "Contract", dependencies: ["HTTPValues", httpTypes], resources: [.copy("Resources/openapi.json")],
      swiftSettings: walls),
    library("Open311", ["ByteText", "APIKeys", "Cases", "HTTPValues", "Time", crypto, httpTypes]),
    library(
      "Monitoring",
      ["Cases", "EventLog", "Offloading", "Streams", "Time", crypto, grdb, logging, metrics]),
    library("WebPages", ["HTTPValues", "Templating", "Time", httpTypes, mustache]),
    library(
      "Accounts",
      [
        "APIKeys", "ByteText", "Cases", "HTTPValues", "Offloading", "RateLimiting", "Templating", "Time", "WebPages",
        "YAMLForms",
        crypto, cryptoExtras, httpTypes, logging, metrics, mustache, yams,
      ]),
    library(
      "Board",
      [
        "Accounts", "Cases", "EventLog", "HTTPValues", "Monitoring", "Offloading", "Streams", "Templating", "Time",
        "WebPages", crypto, httpTypes, logging, metrics, mustache,
      ]),
    library(
      "Desk",
      [
        "Accounts", "Attachments", "Cases", "EventLog", "HTTPValues", "Monitoring", "Offloading", "Outbox", "Streams",
        "Templating", "Time", "WebPages", httpTypes, logging, metrics, mustache,
      ]),
    library(
      "CaseAPI",
      [
        "Accounts", "ByteText", "Cases", "EventLog", "HTTPValues", "Monitoring", "Offloading", "Outbox", "Streams",
        "Time", crypto, httpTypes, logging,
      ]),
    library(
      "WeChat",
      [
        "ByteText", "Cases", "EventLog", "HTTPValues", "Outbox", "Streams", "Time", "YAMLForms", crypto, cryptoExtras,
        httpTypes,
        logging, metrics, yams,
      ]),
    library(
      "WeChatDelivery",
      ["Cases", "EventLog", "HTTPValues", "Outbox", "Streams", "Time", "WeChat", grdb, logging, metrics]),
    library("Backup", ["ByteText", "EventLog", "Outbox", "SQLiteLog", "Time", crypto, grdb, logging]),
    library("Verification", ["Cases", "EventLog", "Streams", "Time"]),

    // executables
    library("PrometheusMetrics", [coreMetrics]),
    library("HTTPCalling", ["HTTPValues", asyncHTTPClient, nio, nioHTTP1]),
    library("JSONLogs", ["Time", logging]),
    library(
      "HTTPServing",
      ["HTTPValues", httpTypes, hummingbird, hummingbirdCore, lifecycle, logging, nio, nioHTTPTypes]),
    library(
      "Assembly",
      [
        "HTTPCalling", "WeChatDelivery",
        "APIKeys", "Accounts", "Attachments", "Board", "CaseAPI", "ByteText", "Cases", "Classification", "Codes",
        "Contract", "Conversations", "Desk", "EventLog", "Feedback", "HTTPServing", "HTTPValues", "Intake", "JSONLogs",
        "KafkaLog",
        "Monitoring", "Offloading", "Open311", "Outbox",
        "PhonePage", "PrometheusMetrics", "QRCodes", "RateLimiting", "Reading", "Routing", "SQLiteLog", "Similarity",
        "Streams", "Time", "Tracking", "WeChat", "WebPages", "YAMLForms", configuration, lifecycle, logging, metrics,
        unixSignals,
        yams,
      ]),
    library(
      "Simulation", ["Assembly", "Cases", "EventLog", "SQLiteLog", "Streams", "Time", "Verification", heap, logging]),
    program(
      "huiyin",
      [
        "APIKeys", "Accounts", "Assembly", "Backup", "Cases", "Classification", "Codes", "EventLog", "QRCodes",
        "Routing",
        "Simulation",
        "Streams", "Time", "Training", "Verification", "YAMLForms", argumentParser, logging,
      ]),
    program("intake-gateway", ["Assembly"]),
    program("classify-worker", ["Assembly"]),
    program("route-worker", ["Assembly"]),
    program("track-worker", ["Assembly"]),
    program("feedback-worker", ["Assembly"]),
    program("monitor", ["Assembly"]),

    tests("TimeTests", ["Time"]),
    tests("ByteTextTests", ["ByteText"]),
    .target(name: "CTransactionLoop", dependencies: ["CLibrdkafka"]),
    library("ReferenceJob", ["EventLog", "Streams", "Time"]),
    program(
      "huiyin-bench",
      [
        "CLibrdkafka", "CTransactionLoop", "Cases", "Classification", "EventLog", "KafkaLog", "Monitoring",
        "ReferenceJob", "SQLiteLog", "Streams", "Time", "Tracking", "Training", argumentParser, hummingbird, logging,
        metrics,
      ]),

    library("EventLogConformance", ["EventLog", "Time"], path: "Tests/EventLogConformance"),
    library("GivenBroker", ["CLibrdkafka", "EventLog", "KafkaLog", logging], path: "Tests/GivenBroker"),
    library("PrintedCodes", path: "Tests/PrintedCodes"),
    library("SeededRandom", path: "Tests/SeededRandom"),
    library("TwoStages", ["EventLog", "Streams", "Time"], path: "Tests/TwoStages"),
    program(
      "crash-worker", ["EventLog", "KafkaLog", "SQLiteLog", "Streams", "Time", "TwoStages", logging],
      path: "Tests/CrashWorker"),
    tests("EventLogTests", ["EventLog"]),
    tests(
      "KafkaLogTests",
      [
        "CLibrdkafka", "EventLog", "EventLogConformance", "GivenBroker", "KafkaLog", "Streams", "Time", "TwoStages",
        logging,
      ]),
    tests("SQLiteLogTests", ["EventLog", "EventLogConformance", "SQLiteLog", "Time", grdb, logging]),
    tests("CasesTests", ["Cases", "SeededRandom", "Time"]),
    tests("StreamsTests", ["EventLog", "SQLiteLog", "SeededRandom", "Streams", "Time", "TwoStages", logging]),
    tests(
      "CrashTests",
      [
        "EventLog", "GivenBroker", "KafkaLog", "SQLiteLog", "SeededRandom", "Streams", "Time", "TwoStages",
        "crash-worker", logging,
      ]),
    tests(
      "ClassificationTests",
      ["Cases", "Classification", "EventLog", "Reading", "Streams", "Time", "YAMLForms"]),
    tests("LiblinearTests", ["Liblinear"]),
    tests("QRCodesTests", ["PrintedCodes", "QRCodes"]),
    tests(
      "CodesTests",
      [
        "Cases", "Codes", "EventLog", "PrintedCodes", "QRCodes", "SQLiteLog", "SeededRandom", "Streams", "Time",
        logging,
      ]),
    tests("TrainingTests", ["Cases", "Classification", "Time", "Training"]),
    tests("ReadingTests", ["Cases", "Reading", "SeededRandom", "YAMLForms"]),
    tests("SimilarityTests", ["Cases", "EventLog", "SeededRandom", "Similarity", "Streams", "Time"]),
    tests(
      "ConversationsTests",
      ["Cases", "Conversations", "EventLog", "SQLiteLog", "SeededRandom", "Streams", "Time", "TwoStages", logging]),
    tests(
      "RoutingTests",
      ["Cases", "Classification", "EventLog", "Reading", "Routing", "SeededRandom", "Streams", "Time"]),
    tests(
      "VerificationTests",
      [
        "Assembly", "Cases", "Classification", "EventLog", "Feedback", "Routing", "SQLiteLog", "SeededRandom",
        "Streams", "Time",
        "Tracking", "Verification", logging,
      ]),
    tests(
      "IntakeTests",
      [
        "APIKeys", "Cases", "EventLog", "HTTPValues", "Intake", "Outbox", "SeededRandom", "Streams", "Time", httpTypes,
        logging, metricsTestKit,
      ]),
    .testTarget(
      name: "WeChatTests",
      dependencies: [
        "Cases", "Conversations", "EventLog", "HTTPValues", "Outbox", "SQLiteLog", "SeededRandom", "Streams", "Time",
        "TwoStages", "WeChat", "YAMLForms", crypto, cryptoExtras, httpTypes, logging, metricsTestKit,
      ],
      exclude: ["peer.py"], swiftSettings: walls),
    tests(
      "APIKeysTests", ["APIKeys", "ByteText", "Cases", "HTTPValues", "SeededRandom", "Time", "YAMLForms", httpTypes]),
    .testTarget(
      name: "WeChatDeliveryTests",
      dependencies: [
        "Cases", "EventLog", "Feedback", "HTTPCalling", "HTTPValues", "Outbox", "SQLiteLog", "SeededRandom", "Streams",
        "Time", "Tracking", "WeChat", "WeChatDelivery", "crash-carrier", grdb, logging, metricsTestKit,
      ],
      exclude: ["wechat.py"], swiftSettings: walls),
    program(
      "crash-carrier",
      [
        "Cases", "EventLog", "HTTPCalling", "HTTPValues", "Outbox", "SQLiteLog", "Streams", "SuddenDeath", "Time",
        "WeChat", "WeChatDelivery", logging,
      ],
      path: "Tests/CrashCarrier"),
    library("SuddenDeath", path: "Tests/SuddenDeath"),
    tests(
      "ContractTests",
      [
        "APIKeys", "Accounts", "Board", "CaseAPI", "Cases", "Codes", "Contract", "Conversations", "EventLog",
        "Feedback",
        "HTTPServing", "HTTPValues",
        "Intake", "Monitoring", "Open311", "Outbox", "Routing", "Similarity", "Streams", "Time", "Tracking", httpTypes,
        logging,
      ]),
    tests("Open311Tests", ["APIKeys", "Cases", "HTTPValues", "Open311", "SeededRandom", "Time", httpTypes]),
    library("CaseStories", ["Cases", "EventLog", "Monitoring", "Streams", "Time"], path: "Tests/CaseStories"),
    tests(
      "MonitoringTests",
      [
        "CaseStories", "Cases", "EventLog", "Monitoring", "SeededRandom", "Streams", "Time", crypto, grdb, logging,
        metricsTestKit,
      ]),
    tests(
      "BoardTests",
      [
        "Accounts", "Board", "CaseStories", "Cases", "EventLog", "HTTPValues", "Monitoring", "SeededRandom", "Streams",
        "Time", "WebPages", grdb, httpTypes, logging, metricsTestKit,
      ]),
    tests(
      "AccountsTests",
      [
        "APIKeys", "Accounts", "Cases", "HTTPValues", "SeededRandom", "Time", "YAMLForms", httpTypes, logging,
        metricsTestKit,
      ]),
    tests(
      "DeskTests",
      [
        "Accounts", "Attachments", "CaseStories", "Cases", "Desk", "EventLog", "HTTPValues", "Monitoring", "Outbox",
        "Routing", "SeededRandom", "Streams", "Time", "Tracking", "WebPages", httpTypes, logging, metricsTestKit,
      ]),
    tests(
      "CaseAPITests",
      [
        "APIKeys", "Accounts", "CaseAPI", "CaseStories", "Cases", "EventLog", "HTTPValues", "Monitoring", "Outbox",
        "SeededRandom", "Streams", "Time", httpTypes, logging,
      ]),
    tests(
      "AttachmentsTests", ["Attachments", "Cases", "HTTPValues", "SeededRandom", crypto, httpTypes, logging]),
    tests(
      "PhonePageTests",
      [
        "Attachments", "Cases", "EventLog", "HTTPValues", "Outbox", "PhonePage", "SeededRandom", "Streams", "Time",
        httpTypes, logging, metricsTestKit,
      ]),
    tests("JSONLogsTests", ["JSONLogs", "Time", logging]),
    tests(
      "BackupTests", ["Backup", "EventLog", "Outbox", "SQLiteLog", "Time", "TwoStages", logging]),
    tests("PrometheusMetricsTests", ["PrometheusMetrics", coreMetrics]),
    tests(
      "HTTPServingTests",
      ["HTTPServing", "HTTPValues", "LoopbackClient", "Offloading", httpTypes, lifecycle, logging]),
    library("LoopbackClient", path: "Tests/LoopbackClient"),
    tests("RateLimitingTests", ["HTTPValues", "RateLimiting", "SeededRandom", "Time", httpTypes, metricsTestKit]),
    program(
      "crash-gateway",
      [
        "Cases", "EventLog", "HTTPServing", "Intake", "Outbox", "SQLiteLog", "SuddenDeath", "Time", lifecycle, logging,
        unixSignals,
      ],
      path: "Tests/CrashGateway"),
    tests(
      "GatewayCrashTests",
      [
        "Cases", "EventLog", "LoopbackClient", "SQLiteLog", "SeededRandom", "Streams", "Time", "crash-gateway", grdb,
        logging,
      ]),
    tests(
      "PipelineTests",
      [
        "Assembly", "Cases", "Codes", "EventLog", "GivenBroker", "KafkaLog", "LoopbackClient", "PrintedCodes",
        "Routing", "SQLiteLog", "SeededRandom", "Streams", "Time", "classify-worker", "feedback-worker", "huiyin",
        "intake-gateway", "monitor", "route-worker", "track-worker", logging,
      ]),
    tests(
      "OutboxTests",
      ["EventLog", "Outbox", "SQLiteLog", "SeededRandom", "Time", "TwoStages", logging, metricsTestKit]),
    tests("ReferenceJobTests", ["EventLog", "ReferenceJob", "Streams", "Time"]),
    tests(
      "SimulationTests",
      ["Assembly", "Cases", "EventLog", "SQLiteLog", "Simulation", "Streams", "Time", "Tracking", logging]),
    tests("TrackingTests", ["Cases", "EventLog", "SeededRandom", "Streams", "Time", "Tracking"]),
    tests("FeedbackTests", ["Cases", "EventLog", "Feedback", "SeededRandom", "Streams", "Time", "YAMLForms"]),
  ]
)
