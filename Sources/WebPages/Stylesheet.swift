/// `/huiyin.css`: one column on a phone, where each line of a table becomes a block; black on white on paper. Text has a
/// contrast of 4.5 and more, light or dark as the reader's device has it; lines that say something one of 3.
package enum Stylesheet {
  package static let text = colours + page + pieces + charts + desk + smallAndPaper

  private static let colours = """
    :root { color-scheme: light dark; --paper: #fff; --ink: #1b1b1f; --soft: #55565c; --line: #76777f; --faint: #dcdde3;
      --link: #0b4fb3; --alarm: #a51d15; --done: #17603a; --marked: #ffe58a; --first: #0b4fb3; --second: #17603a; --accent: var(--alarm); }
    @media (prefers-color-scheme: dark) {
      :root { --paper: #131418; --ink: #e6e6ea; --soft: #b4b5bd; --line: #8e9099; --faint: #3a3c44; --link: #a9c7ff;
        --alarm: #ffb4ab; --done: #86d8a5; --marked: #6b5500; --first: #a9c7ff; --second: #86d8a5; }
    }

    """

  private static let page = """
    * { box-sizing: border-box; }
    body { background: var(--paper); color: var(--ink); margin: 0 auto; max-width: 76rem; padding: 0 1rem 2rem;
      font: 1rem/1.6 system-ui, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; overflow-wrap: anywhere; }
    a { color: var(--link); }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    .skip { position: absolute; left: -100rem; }
    .skip:focus { background: var(--paper); left: 1rem; padding: .5rem; top: .5rem; z-index: 1; }
    header { align-items: center; border-bottom: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: .25rem 1.5rem;
      padding: .5rem 0; }
    header .site { font-weight: 700; margin: 0; }
    header ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; margin: 0; padding: 0; }
    header nav a { display: inline-block; padding: .35rem 0; }
    header nav a[aria-current] { border-bottom: .2rem solid currentColor; color: var(--ink); font-weight: 600; text-decoration: none; }
    .person { align-items: center; display: flex; gap: .75rem; margin-left: auto; }
    h1 { font-size: 1.5rem; line-height: 1.3; }
    h2 { font-size: 1.15rem; margin-top: 2rem; }
    h3 { font-size: 1rem; }
    .as-of, .live { color: var(--soft); font-size: .875rem; }
    table { border-collapse: collapse; width: 100%; }
    th, td { border-bottom: 1px solid var(--faint); padding: .45rem .75rem .45rem 0; text-align: start; vertical-align: top; }
    thead th { border-bottom: 2px solid var(--line); }
    tbody th { font-weight: inherit; }
    [aria-sort=ascending] a::after { content: " ↑"; }
    [aria-sort=descending] a::after { content: " ↓"; }
    #live::before { content: "○ "; }
    #live[aria-pressed=true]::before { content: "● "; }
    button, select, input, textarea, .button { font: inherit; max-width: 100%; min-height: 2.75rem; padding: .4rem .7rem; }
    button, select, input, textarea { background: var(--paper); border: 1px solid var(--line); border-radius: .4rem; color: var(--ink); }
    input[type=checkbox], input[type=radio] { height: 1.25rem; min-height: 0; vertical-align: middle; width: 1.25rem; }
    button, .button { border: 1px solid var(--link); border-radius: .4rem; color: var(--link); cursor: pointer;
      display: inline-block; font-weight: 600; text-decoration: none; }
    ::placeholder { color: var(--soft); opacity: 1; }
    .number, time { font-variant-numeric: tabular-nums; }
    .text { white-space: pre-wrap; }
    small { color: var(--soft); font-size: .875rem; }
    mark { background: var(--marked); color: var(--ink); font-weight: 600; text-decoration: underline; }

    """

  private static let pieces = """
    .counts { display: grid; grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); gap: .75rem; margin: 0; }
    .counts div { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .75rem; }
    .counts dd { font-size: 1.75rem; font-weight: 600; line-height: 1.2; margin: 0; }
    .rates { grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); }
    .steps { display: flex; flex-wrap: wrap; gap: .5rem; list-style: none; padding: 0; }
    .steps li { border-top: .4rem solid var(--line); flex: 1 1 8rem; padding-top: .3rem; }
    .steps li * { display: block; }
    .steps .done { border-color: var(--done); }
    .steps .now { border-color: var(--alarm); border-top-style: double; }
    .steps .ahead { border-top-style: dashed; }
    .steps span, .steps time { font-size: .875rem; }
    .facts { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: .3rem 1rem; }
    .facts dt { color: var(--soft); }
    .facts dd { margin: 0; }
    .health { margin: 0; }
    .health div { border-bottom: 1px solid var(--faint); padding: .5rem 0; }
    .health dd { margin: 0; }
    .health small, .definitions p { display: block; }
    .verdict { border: .2rem solid var(--alarm); border-radius: .5rem; font-size: 1.25rem; padding: .75rem 1rem; }
    .verdict.well { border-color: var(--done); }
    .definitions dt { font-weight: 600; margin-top: 1.5rem; }
    .definitions dd { margin: 0; }
    .notice, .note { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .75rem; }
    .notice progress { width: 100%; }
    .fault { border: 2px solid var(--alarm); border-radius: .5rem; padding: .5rem .75rem; }
    .wrong { color: var(--alarm); font-weight: 600; }
    .filter { border: 1px solid var(--line); border-radius: .5rem; margin: 1rem 0; padding: 0 .75rem; }
    .filter summary { cursor: pointer; font-weight: 600; padding: .6rem 0; }
    .filter form { align-items: end; display: grid; gap: .75rem;
      grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); padding-bottom: .75rem; }
    .filter label { display: grid; font-size: .875rem; min-width: 0; }
    .filter select, .filter input:not([type=checkbox]) { font-size: 1rem; width: 100%; }
    .filter .check { align-items: center; display: flex; gap: .4rem; min-height: 2.75rem; }
    .search, .period { align-items: center; display: flex; flex-wrap: wrap; gap: .5rem; margin: 0 0 .75rem; }
    .search input { flex: 0 1 22rem; min-width: 0; }
    .actions, .pages { align-items: center; display: flex; flex-wrap: wrap; gap: 1rem; }
    .account li { margin: .25rem 0; }
    .hint { color: var(--soft); font-size: .875rem; margin: 0; }
    .sign-in { max-width: 24rem; }
    .sign-in label { display: block; font-weight: 600; }
    .sign-in input, .sign-in button { width: 100%; }
    .sign-in .field { margin: 0 0 1rem; }
    .sign-in .wrong { margin: .25rem 0 0; }
    [aria-invalid=true] { border: 2px solid var(--alarm); }

    """

  private static let charts = """
    .chart { display: block; height: auto; max-width: 44rem; width: 100%; }
    .chart text { fill: var(--ink); font-size: 12px; }
    .chart .tick { fill: var(--soft); font-size: 11px; }
    .chart .grid { fill: none; stroke: var(--faint); }
    .course { fill: none; stroke-width: 2; }
    .mark { fill: var(--paper); stroke-width: 1.5; }
    .received { stroke: var(--first); }
    .answered { stroke: var(--second); stroke-dasharray: 7 4; }
    .overdue { stroke: var(--alarm); stroke-dasharray: 2 3; }
    .mark.answered, .mark.overdue { stroke-dasharray: none; }
    .bar { fill: none; stroke: var(--line); }
    .hatch { fill: none; stroke: var(--first); stroke-width: 2; }
    .chart .late { fill: var(--alarm); }
    .key { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; list-style: none; padding: 0; }
    .key svg { vertical-align: middle; }

    """

  private static let smallAndPaper = """
    @media (max-width: 48rem) {
      .person { margin-left: 0; width: 100%; }
      .facts { grid-template-columns: 1fr; gap: 0; }
      .facts dt { font-size: .875rem; margin-top: .5rem; }
      thead { display: none; }
      tr { border-bottom: 1px solid var(--line); display: block; padding: .5rem 0; }
      td, tbody th { border: 0; display: block; padding: .1rem 0; }
      tbody th { font-weight: 600; }
      td::before { color: var(--soft); content: attr(data-label) " "; font-size: .875rem; }
      td:empty { display: none; }
    }
    @media print {
      :root { color-scheme: light; --paper: #fff; --ink: #000; --soft: #333; --line: #000; --faint: #999; --link: #000;
        --alarm: #000; --done: #000; --first: #000; --second: #000; --marked: #fff; }
      body { font-size: 10pt; max-width: none; padding: 0; }
      header, .live, .skip, .search, .filter, .period, .actions, .pages, .commands { display: none; }
      tr, section, .steps li, .counts div, svg { break-inside: avoid; }
      thead { display: table-header-group; }
      a { text-decoration: none; }
    }

    """
}
