/// Rules that came by a ``RulesRecord``, and the processor that goes by them.
struct AdoptedRules {
  let bytes: [UInt8]
  let steps: any Steps
}
