import Cases

/// Whoever can be given a case.
struct OwnersView: Encodable {
  let owners: [Owner]
}
