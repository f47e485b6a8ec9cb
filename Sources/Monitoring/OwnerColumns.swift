import Cases

/// An owner as three columns hold it; the last kind and empty text stand for none.
struct OwnerColumns: Hashable {
  let kind: Int
  let id: String
  let name: String

  init(_ owner: Owner?) {
    kind = Self.place(of: owner?.kind)
    id = owner?.id ?? ""
    name = owner?.name ?? ""
  }

  static func place(of kind: Owner.Kind?) -> Int {
    kind.flatMap { Owner.Kind.allCases.firstIndex(of: $0) } ?? Owner.Kind.allCases.count
  }

  static func owner(kind: Int, id: String, name: String) -> Owner? {
    guard Owner.Kind.allCases.indices.contains(kind) else { return nil }
    return Owner(id: id, kind: Owner.Kind.allCases[kind], name: name)
  }
}
