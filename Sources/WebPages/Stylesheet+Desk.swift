extension Stylesheet {
  /// Cards and forms: one column on a phone, and no line wider than its screen.
  static let desk = """
    .cards { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr));
      list-style: none; padding: 0; }
    .cards li { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .75rem; }
    .cards li.late { border-inline-start: .3rem solid var(--accent); }
    .cards p { margin: .25rem 0 0; }
    .cards a { display: block; padding: .25rem 0; }
    .late .distance, dd.late { color: var(--accent); font-weight: 600; }
    .outcome { border: 1px solid var(--line); border-inline-start: .4rem solid var(--done); border-radius: .5rem;
      padding: 0 1rem; }
    .outcome.refused { border-inline-start-color: var(--accent); }
    .outcome.pending { border-inline-start-color: var(--line); }
    .command { border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0; padding: 0 .75rem; }
    .command summary { cursor: pointer; font-weight: 600; padding: .6rem 0; }
    .command form { padding-bottom: .75rem; }
    .command .field { margin: .6rem 0; }
    .command label { display: block; font-weight: 600; }
    .command .hint { font-size: .875rem; margin: 0; }
    .command input:not([type=checkbox]):not([type=hidden]), .command select, .command textarea { box-sizing: border-box;
      font: inherit; max-width: 100%; min-height: 2.75rem; padding: .4rem; width: 100%; }
    .command input[type=checkbox] { height: 1.5rem; vertical-align: middle; width: 1.5rem; }
    .command [aria-invalid=true] { outline: 2px solid var(--accent); }
    .command .wrong { color: var(--accent); margin: .2rem 0 0; }
    .command button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: .4rem 1.5rem; }
    .files { display: flex; flex-wrap: wrap; gap: .5rem; list-style: none; padding: 0; }
    .files img { border-radius: .25rem; height: 8rem; max-width: 100%; object-fit: cover; width: 8rem; }
    .history li { margin: .25rem 0; }
    .pages a { margin-inline-end: 1rem; }
    @media print { .command, .pages { display: none; } }

    """
}
