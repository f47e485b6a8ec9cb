import Accounts
import Cases
import Dispatch
import Synchronization
import Testing

struct PasswordTests {
  private static let salt: [UInt8] = Array(1...16)

  @Test func `a password is hashed by scrypt as a peer does it`() throws {
    // hashlib.scrypt("正确的马".encode(), salt=bytes(range(1, 17)), n=16384, r=8, p=1, maxmem=1 << 26, dklen=32)
    let cost = try #require(PasswordHash.Cost(1 << 14, 8, 1))
    let hash = try #require(PasswordHash(of: "正确的马", salt: Self.salt, cost: cost))
    #expect(
      hash.text
        == "scrypt$16384$8$1$0102030405060708090a0b0c0d0e0f10$6388dff9b9e65c9b4ce707ca7d4ea3a85496a70ffdce0df6422972b2ba7da71c"
    )
    #expect(PasswordHash(hash.text) == hash)
  }

  @Test func `the right password is right, all others are wrong`() async throws {
    let cost = try #require(PasswordHash.Cost(1 << 13, 8, 1))
    let user = User(
      Account(name: "office", title: "督办室", role: .supervisor),
      password: PasswordHash(of: "right", salt: Self.salt, cost: cost))
    let check = PasswordCheck()
    #expect(await check.isRight("right", for: user, cost: cost) == true)
    for wrong in ["Right", "right ", "", "righ"] {
      #expect(await check.isRight(wrong, for: user, cost: cost) != true, "\(wrong)")
    }
    #expect(await check.isRight("right", for: nil, cost: cost) == false)
  }

  @Test func `two of one password differ by their salts`() {
    #expect(Derivations.hash("a") == Derivations.hash("a"))
    #expect(Derivations.hash("a", salt: 2)?.text != Derivations.hash("a")?.text)
    #expect(PasswordHash(of: "", salt: Self.salt, derive: Derivations.mixed) == nil)
    #expect(PasswordHash(of: "a", salt: [1], derive: Derivations.mixed) == nil)
  }

  private static let goodCosts: [[Int]] = [
    [32_768, 8, 1], [16_384, 8, 1], [8192, 8, 1], [16_384, 8, 5], [8192, 8, 10], [65_536, 8, 1], [65_536, 8, 2],
  ]
  private static let badCosts: [[Int]] = [
    [4096, 8, 1], [131_072, 8, 1], [32_767, 8, 1], [0, 8, 1], [-32_768, 8, 1], [32_768, 0, 1], [32_768, 8, 0],
    [.max, 8, 1], [32_768, .max, .max], [2, 32, 16], [.min, .min, .min],
  ]

  @Test func `costs are neither so low that they protect nothing nor so high that they are an attack`() {
    for cost in Self.goodCosts { #expect(PasswordHash.Cost(cost[0], cost[1], cost[2]) != nil, "\(cost)") }
    for cost in Self.badCosts { #expect(PasswordHash.Cost(cost[0], cost[1], cost[2]) == nil, "\(cost)") }
  }

  @Test(arguments: [
    "", "scrypt", "scrypt$32768$8$1$$", "secret", "bcrypt$32768$8$1$SALT$HASH", "scrypt$32768$8$1$SALT$HASH$",
    "scrypt$32768$8$1$SALT", "scrypt$1024$8$1$SALT$HASH", "scrypt$032768 $8$1$SALT$HASH", "scrypt$32768$8$1$0102$HASH",
    "scrypt$32768$8$1$SALT$HASHab", "scrypt$32768$8$1$SALT$HASHa", "scrypt$32768$8$1$SALTx$HASH",
    "scrypt$99999999999999999999$8$1$SALT$HASH",
  ])
  func `what isn't such a hash isn't read`(text: String) {
    let filled = text.replacing("SALT", with: String(repeating: "0a", count: 16))
      .replacing("HASH", with: String(repeating: "0b", count: 32))
    #expect(PasswordHash(filled) == nil)
  }

  /// Keeps whoever tries a password waiting until it is opened, and counts how many do at once.
  private final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let counts = Mutex((inside: 0, most: 0))

    var most: Int { counts.withLock { $0.most } }

    @Sendable func derive(_: [UInt8], _: [UInt8], _: PasswordHash.Cost) -> [UInt8]? {
      counts.withLock { counts in
        counts.inside += 1
        counts.most = max(counts.most, counts.inside)
      }
      semaphore.wait()
      counts.withLock { $0.inside -= 1 }
      return Array(repeating: 0, count: 32)
    }

    func open(for count: Int) {
      for _ in 0..<count { semaphore.signal() }
    }
  }

  @Test func `two passwords are tried at once, and no more than fifty are taken`() async {
    let gate = Gate()
    let check = PasswordCheck(derive: gate.derive)
    await withTaskGroup(of: Bool?.self) { tasks in
      for _ in 0..<60 { tasks.addTask { await check.isRight("a", for: nil, cost: .usual) } }
      for _ in 0..<10 {
        let refused = await tasks.next()
        #expect(refused == .some(nil))
      }
      gate.open(for: 50)
      for _ in 0..<50 {
        let tried = await tasks.next()
        #expect(tried == .some(false))
      }
    }
    #expect((1...2).contains(gate.most))
  }

  @Test func `what can't be worked out is neither right nor wrong`() async {
    let check = PasswordCheck(derive: { _, _, _ in nil })
    #expect(await check.isRight("a", for: nil, cost: .usual) == nil)
  }
}
