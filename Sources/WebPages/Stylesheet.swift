/// `/huiyin.css`: one column on a phone, where each line of a table becomes a block; black on white on paper.
package enum Stylesheet {
  package static let text = base + desk

  private static let base = """
    :root { color-scheme: light dark; --line: #8886; --accent: #b3261e; --done: #1a6b3c; }
    * { box-sizing: border-box; }
    body { font: 1rem/1.6 system-ui, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif;
      margin: 0 auto; max-width: 60rem; padding: 0 1rem 2rem; overflow-wrap: anywhere; }
    header a { margin-right: 1rem; }
    h1 { font-size: 1.5rem; line-height: 1.3; }
    h2 { font-size: 1.15rem; margin-top: 2rem; }
    h3 { font-size: 1rem; }
    footer { border-top: 1px solid var(--line); margin-top: 2rem; font-size: .875rem; }
    table { border-collapse: collapse; width: 100%; }
    th, td { border-bottom: 1px solid var(--line); padding: .4rem .6rem .4rem 0; text-align: start; vertical-align: top; }
    td:nth-child(n+4) { white-space: nowrap; }
    #live::before { content: "○ "; }
    #live[aria-pressed=true]::before { content: "● "; }
    .number { font-variant-numeric: tabular-nums; }
    .text { white-space: pre-wrap; }
    .counts { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .75rem; margin: 0; }
    .counts div { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .75rem; }
    .counts dd { font-size: 1.75rem; font-weight: 600; line-height: 1.2; margin: 0; }
    .steps { display: flex; flex-wrap: wrap; gap: .5rem; list-style: none; padding: 0; }
    .steps li { border-top: .3rem solid var(--line); flex: 1 1 8rem; padding-top: .3rem; }
    .steps li * { display: block; }
    .steps .done { border-color: var(--done); }
    .steps .now { border-color: var(--accent); }
    .steps span, .steps time, small { font-size: .875rem; }
    .facts { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1rem; }
    .facts dd { margin: 0; }
    .sign-in { max-width: 24rem; }
    .sign-in label { display: block; font-weight: 600; }
    .sign-in input, .sign-in button { font: inherit; min-height: 2.75rem; padding: .4rem .7rem; width: 100%; }
    .sign-in .field { margin: 0 0 1rem; }
    .sign-in .wrong { font-weight: 600; margin: .25rem 0 0; }
    .sign-in [aria-invalid=true] { border: 2px solid currentColor; }
    .sign-in :focus-visible { outline: 3px solid currentColor; outline-offset: 2px; }
    @media (max-width: 40rem) {
      .facts { grid-template-columns: 1fr; gap: 0; }
      .facts dt { font-size: .875rem; margin-top: .5rem; }
      thead { display: none; }
      tr { display: block; border-bottom: 1px solid var(--line); padding: .5rem 0; }
      td { display: block; border: 0; padding: .1rem 0; }
      td::before { content: attr(data-label) " "; font-size: .875rem; opacity: .8; }
    }
    @media print {
      :root { color-scheme: light; }
      body { max-width: none; padding: 0; font-size: 10pt; }
      header, footer a, .live { display: none; }
      tr, section, .steps li { break-inside: avoid; }
      thead { display: table-header-group; }
    }

    """
}
