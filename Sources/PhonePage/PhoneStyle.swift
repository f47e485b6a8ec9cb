/// The look of the citizen's pages: one column, large type, calm colours with a contrast of 4.5 and more, light or dark as
/// the phone is. It stands in the page itself, so that nothing else needs to be fetched.
enum PhoneStyle {
  static let text = """
    :root{color-scheme:light dark;--ground:#f3f5f3;--card:#fff;--ink:#1b2421;--soft:#56635e;--line:#d5ddd8;\
    --main:#0b6253;--on:#fff;--tint:#e3f0ec;--bad:#b3261e;--badtint:#fcebe9;--warn:#7a4b00;--warntint:#fdf2dc}
    @media(prefers-color-scheme:dark){:root{--ground:#101513;--card:#1a211e;--ink:#e8eeeb;--soft:#a5b3ad;--line:#37423d;\
    --main:#7fd1bf;--on:#06231d;--tint:#1d332d;--bad:#ffb4ab;--badtint:#3b1f1d;--warn:#f3cf8e;--warntint:#362b16}}
    *,:before,:after{box-sizing:border-box}
    [hidden]{display:none!important}
    html{-webkit-text-size-adjust:100%}
    body{margin:0;background:#f3f5f3;background:var(--ground);color:var(--ink);overflow-wrap:anywhere;word-wrap:break-word;\
    font:1.125rem/1.6 system-ui,-apple-system,"PingFang SC","Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",sans-serif}
    header{background:#0b6253;color:#fff;padding:1.1rem 1.25rem 3.4rem}
    header>*,main,footer{max-width:34rem;margin:0 auto}
    .brand{font-size:1rem;line-height:1.4;display:flex;justify-content:space-between;align-items:baseline;margin-bottom:1rem}
    .brand b{font-size:1.25rem;letter-spacing:.04em;margin-right:.8rem}
    :lang(zh) .brand b{letter-spacing:.2em}
    .brand span{opacity:.92;text-align:right}
    h1{font-size:1.7rem;line-height:1.3;font-weight:700}
    header .under{margin-top:.35rem;opacity:.95}
    main{padding:0 .9rem}
    main>:first-child{margin-top:-2.4rem}
    .card{background:var(--card);border-radius:1rem;padding:1.15rem 1.1rem;margin:0 0 .9rem;\
    box-shadow:0 1px 3px rgba(0,30,20,.1)}
    h2{font-size:1.2rem;line-height:1.4;margin:0 0 .6rem}
    p{margin:0 0 .6rem}
    p:last-child,dl:last-child,ul:last-child{margin-bottom:0}
    .soft,small{color:var(--soft);font-size:1rem}
    dl{margin:0}
    dt{color:var(--soft);font-size:1rem}
    dd{margin:0 0 .6rem}
    dd:last-child{margin:0}
    .note{background:var(--warntint);color:var(--warn);border-radius:.7rem;padding:.7rem .9rem;margin-bottom:.9rem}
    .fault{background:var(--badtint);color:var(--bad);border-radius:.7rem;padding:.7rem .9rem;margin-bottom:.9rem}
    .fault a{color:inherit}
    .fault p{margin-bottom:.2rem}
    #faults:focus{outline:0}
    ul{margin:0 0 .6rem;padding-left:1.3rem}
    .tick{display:flex;align-items:center}
    .tick input{flex:none;width:1.4rem;height:1.4rem;margin:0 .6rem 0 0}
    .tick label{margin:0;font-weight:400}
    .field{margin:0 0 1.35rem}
    label,legend{display:block;font-weight:600;padding:0;margin:0 0 .35rem}
    label i,legend i{font-style:normal;font-weight:400;color:var(--soft);font-size:1rem}
    input,select,textarea,button{font:inherit;color:inherit}
    input[type=text],select,textarea{width:100%;min-width:0;padding:.7rem .8rem;border:1px solid var(--soft);\
    border-radius:.7rem;background:var(--card)}
    textarea{min-height:9.5rem;resize:vertical;display:block}
    textarea.few{min-height:4.5rem}
    input[type=file]{width:100%;padding:.9rem .8rem;border:1px dashed var(--soft);border-radius:.7rem;font-size:1rem}
    :focus{outline:3px solid var(--main);outline-offset:1px}
    [aria-invalid=true]{border:2px solid var(--bad)}
    .wrong{color:var(--bad);font-weight:600;margin:.35rem 0 0}
    .hint{color:var(--soft);font-size:1rem;margin:.35rem 0 0}
    fieldset{border:0;margin:0 0 1.35rem;padding:0;min-width:0}
    .pick{display:flex;align-items:center;font-weight:400;padding:.6rem .8rem;margin:0 0 .5rem;border:1px solid var(--line);\
    border-radius:.7rem;min-height:3rem}
    .choice{position:absolute;opacity:0}
    .choice+.pick:before{content:"";flex:none;width:1.25rem;height:1.25rem;margin-right:.7rem;border:2px solid var(--soft);\
    border-radius:50%}
    .choice:checked+.pick{border-color:var(--main);background:var(--tint)}
    .choice:checked+.pick:before{border:.4rem solid var(--main)}
    .choice:focus+.pick{outline:3px solid var(--main);outline-offset:1px}
    .more{display:none;padding:.4rem 0 0}
    #named:checked~.more{display:block}
    button,.button{display:block;width:100%;min-height:3.4rem;padding:.7rem 1rem;border:0;border-radius:.9rem;\
    background:#0b6253;background:var(--main);color:#fff;color:var(--on);font-weight:700;font-size:1.2rem;text-align:center;\
    text-decoration:none;cursor:pointer}
    button.plain{background:var(--tint);color:var(--main);font-size:1.05rem;font-weight:600;margin-top:.5rem;min-height:3rem}
    button[aria-disabled=true]{opacity:.65}
    a{color:var(--main)}
    .number{font-family:ui-monospace,Menlo,"DejaVu Sans Mono",monospace;font-size:1.05rem;background:var(--tint);\
    border-radius:.6rem;padding:.6rem .7rem;display:block;word-break:break-all;-webkit-user-select:all;user-select:all}
    .mark{display:block;width:3.6rem;height:3.6rem;margin:0 auto .6rem}
    .middle{text-align:center}
    .qr{background:#fff;border-radius:.8rem;padding:.7rem;width:13rem;max-width:100%;margin:.8rem auto}
    .qr svg{display:block;width:100%;height:auto}
    .state{font-size:1.5rem;font-weight:700;line-height:1.35;margin:0 0 .3rem;color:var(--main)}
    .state.late{color:var(--bad)}
    .steps{list-style:none;margin:0;padding:0}
    .steps li{position:relative;padding:0 0 1.1rem 2.3rem}
    .steps li:last-child{padding-bottom:0}
    .steps li:before{content:"";position:absolute;left:.1rem;top:.22rem;width:1.15rem;height:1.15rem;border-radius:50%;\
    border:2px solid var(--soft);background:var(--card);z-index:1}
    .steps li:after{content:"";position:absolute;left:.62rem;top:.9rem;bottom:-.4rem;width:2px;background:var(--line)}
    .steps li:last-child:after{display:none}
    .steps .done:before{background:var(--main);border-color:var(--main)}
    .steps .done:after{background:var(--main)}
    .steps .now:before{border:.38rem solid var(--main)}
    .steps b{margin-right:.5rem}
    .steps .ahead b{font-weight:400;color:var(--soft)}
    .nowrap{white-space:nowrap}
    .text{white-space:pre-wrap}
    .reply{border-left:4px solid var(--main);padding-left:.8rem}
    .rate button{background:var(--tint);color:var(--main);border:2px solid var(--main);margin-bottom:.6rem}
    summary{cursor:pointer;font-weight:600;padding:.3rem 0}
    footer{padding:.6rem 1.2rem 2.2rem;color:var(--soft);font-size:1rem;text-align:center}
    @media print{header,button{background:none;color:#000}.card{box-shadow:none;break-inside:avoid}}
    """
}
