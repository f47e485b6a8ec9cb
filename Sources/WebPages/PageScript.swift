/// `/huiyin.js`: lets a page whose `<main id="main">` has `data-live` follow what happens, by fetching itself anew and
/// putting in the new `main`. Without it everything works too, on a page that is loaded by hand.
///
/// `data-live` may hold the number of the state that the page shows, so that nothing can happen unnoticed between its
/// making and its first word from `/live`. Two elements outside `main` are used where they are there: a button `live`
/// (hidden until then; pressed means that the page follows), and a `live-note` with `role="status"`, which is given the
/// words of its `data-text` at most twice a minute.
///
/// It keeps out of the reader's way: nothing is put in while a field has the focus or holds what hasn't been sent, while
/// text is being marked, or while the page isn't seen. Then it has no connection either, of which a browser has few.
enum PageScript {
  static let text = """
    (function(){
    "use strict";
    var d=document,w=window,main=d.getElementById("main"),button=d.getElementById("live"),note=d.getElementById("live-note");
    if(!main||!main.hasAttribute("data-live")||!w.EventSource||!w.fetch||!w.DOMParser||!main.replaceChildren)return;
    var known=main.getAttribute("data-live")||null,newest=known,source=null,timer=0,busy=false,last=0,noted=0,on=true,
    gap=1000,fields="input:not([type=hidden]),select,textarea";
    try{on=sessionStorage.getItem("huiyin-live")!=="off"}catch(e){}
    function changed(f){
    var i,o,first=0,named=false;
    if(f.disabled)return false;
    if(f.type==="checkbox"||f.type==="radio")return f.checked!==f.defaultChecked;
    if(f.type==="file")return f.files.length>0;
    if(!f.options)return f.value!==f.defaultValue;
    for(i=0;i<f.options.length;i++)named=named||f.options[i].defaultSelected;
    for(i=0;i<f.options.length;i++){
    o=f.options[i];
    if(o.selected!==(named||f.multiple?o.defaultSelected:i===first))return true}
    return false}
    function isTaken(){
    var a=d.activeElement,s=w.getSelection&&w.getSelection(),all=main.querySelectorAll(fields),i;
    if(a&&main.contains(a)&&a.matches(fields))return true;
    if(s&&!s.isCollapsed&&main.contains(s.anchorNode))return true;
    for(i=0;i<all.length;i++)if(changed(all[i]))return true;
    return false}
    function each(root,selector,f){Array.prototype.forEach.call(root.querySelectorAll(selector),f)}
    function place(e){
    if(e.id)return"#"+CSS.escape(e.id);
    if(e.tagName==="A"&&e.getAttribute("href"))return'a[href="'+CSS.escape(e.getAttribute("href"))+'"]';
    return e.name?'[name="'+CSS.escape(e.name)+'"]':null}
    function put(fresh){
    var x=w.scrollX,y=w.scrollY,a=d.activeElement,focus=a&&main.contains(a)?place(a):null,open=[],scrolled=[],e;
    each(main,"details",function(one){open.push(one.open)});
    each(main,"[tabindex]",function(one){scrolled.push([one.scrollLeft,one.scrollTop])});
    main.replaceChildren.apply(main,Array.prototype.slice.call(fresh.childNodes));
    main.setAttribute("data-live",fresh.getAttribute("data-live")||"");
    each(main,"details",function(one,i){if(i<open.length)one.open=open[i]});
    each(main,"[tabindex]",function(one,i){if(i<scrolled.length){
    one.scrollLeft=scrolled[i][0];one.scrollTop=scrolled[i][1]}});
    e=focus&&main.querySelector(focus);
    if(e)e.focus({preventScroll:true});
    w.scrollTo(x,y);
    if(note&&Date.now()-noted>30000){noted=Date.now();note.textContent="";
    setTimeout(function(){note.textContent=note.getAttribute("data-text")||""},100)}}
    function fetchNow(){
    var asked=newest;
    timer=0;
    if(!on||d.hidden||busy||newest===known||isTaken())return;
    busy=true;
    fetch(w.location.href,{headers:{"X-Huiyin-Part":"main"},credentials:"same-origin",cache:"no-store"})
    .then(function(r){
    if(!r.ok||r.redirected)throw new Error("no page");
    return r.text()})
    .then(function(t){
    var fresh=new DOMParser().parseFromString(t,"text/html").getElementById("main");
    if(!fresh)throw new Error("no page");
    if(on&&!isTaken()){
    put(fresh);
    known=fresh.getAttribute("data-live");
    if(!(Number(known)>Number(asked)))known=asked;
    if(Number(known)>Number(newest))newest=known}
    else known="";
    gap=1000;
    done()},function(){gap=Math.min(gap*2,60000);done()})}
    function done(){busy=false;last=Date.now();soon()}
    function soon(){
    if(!on||d.hidden||busy||timer||newest===known)return;
    timer=setTimeout(fetchNow,Math.max(0,last+gap-Date.now())+Math.random()*500)}
    function stop(){
    if(source){source.close();source=null}
    if(timer){clearTimeout(timer);timer=0}}
    function start(){
    if(source||!on||d.hidden)return;
    source=new EventSource("/live");
    source.addEventListener("changed",function(e){
    newest=String(JSON.parse(e.data).version);
    if(known===null)known=newest;
    soon()});
    source.onerror=function(){
    if(source&&source.readyState===2){source=null;setTimeout(start,10000+Math.random()*20000)}}}
    function show(){if(button){button.hidden=false;button.setAttribute("aria-pressed",on?"true":"false")}}
    if(button)button.addEventListener("click",function(){
    on=!on;
    try{sessionStorage.setItem("huiyin-live",on?"on":"off")}catch(e){}
    show();
    if(on){start();soon()}else stop()});
    d.addEventListener("visibilitychange",function(){if(d.hidden)stop();else{start();soon()}});
    w.addEventListener("pagehide",stop);
    w.addEventListener("pageshow",function(){start();soon()});
    ["focusout","change","reset","selectionchange"].forEach(function(name){
    d.addEventListener(name,function(){if(newest!==known)setTimeout(soon,0)})});
    show();
    start();
    })();

    """
}
