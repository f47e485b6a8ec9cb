/// What makes the form better where a phone runs it; without it everything works too. It stands in the page itself, and is
/// written so that old phones understand it.
///
/// It keeps what was typed on the phone until it was sent (never name or contact), makes large pictures small before they
/// are sent, fills in the position, and holds back a second tap.
enum PhoneScript {
  static let text = """
    (function(){
    var d=document,w=window,f=d.getElementById("form"),store=null;
    try{store=w.localStorage;store.getItem("huiyin")}catch(e){store=null}
    function el(id){return d.getElementById(id)}
    function keep(k,v){try{if(store){if(v===null)store.removeItem(k);else store.setItem(k,v)}}catch(e){}}
    function kept(k){try{return store&&store.getItem(k)}catch(e){return null}}
    var copy=el("copy");
    if(copy){
    var sent=kept("huiyin-sent");
    if(sent){keep(sent,null);keep("huiyin-sent",null)}
    if(navigator.clipboard){copy.hidden=false;copy.onclick=function(){
    navigator.clipboard.writeText(el("link").href).then(function(){copy.textContent=copy.getAttribute("data-done")})}}
    }
    if(!f)return;
    var key="huiyin"+w.location.pathname,names=["text","place","category"],button=el("send"),label=button.textContent,
    files=el("files"),busy=false,work=0;
    function save(){
    var v={};
    names.forEach(function(n){if(el(n))v[n]=el(n).value});
    keep(key,v.text||v.place?JSON.stringify(v):null)}
    if(!el("text").value){
    try{
    var v=JSON.parse(kept(key)||"null");
    if(v&&v.text){names.forEach(function(n){if(el(n)&&typeof v[n]==="string")el(n).value=v[n]});el("draft").hidden=false}
    }catch(e){}}
    f.addEventListener("input",save);
    f.addEventListener("change",save);
    function ready(){
    busy=false;
    if(work){button.setAttribute("aria-disabled","true");button.textContent=f.getAttribute("data-shrinking")}
    else{button.removeAttribute("aria-disabled");button.textContent=label}}
    w.addEventListener("pageshow",ready);
    f.addEventListener("submit",function(e){
    save();
    if(busy||work){e.preventDefault();return}
    if(navigator.onLine===false){e.preventDefault();el("offline").hidden=false;el("offline").focus();return}
    el("offline").hidden=true;
    keep("huiyin-sent",key);
    busy=true;
    button.setAttribute("aria-disabled","true");
    button.textContent=f.getAttribute("data-sending");
    setTimeout(ready,30000)});
    function shrink(file,done){
    if(!/^image\\/(jpeg|png|webp)$/.test(file.type)||file.size<400000||!w.URL||!w.CSS||
    !CSS.supports("image-orientation","from-image")||!HTMLCanvasElement.prototype.toBlob){done(file);return}
    var url=URL.createObjectURL(file),image=new Image();
    image.onerror=function(){URL.revokeObjectURL(url);done(file)};
    image.onload=function(){
    var s=Math.min(1,1600/Math.max(image.naturalWidth,image.naturalHeight)),c=d.createElement("canvas"),g;
    c.width=Math.round(image.naturalWidth*s);
    c.height=Math.round(image.naturalHeight*s);
    g=c.getContext("2d");
    g.fillStyle="#fff";
    g.fillRect(0,0,c.width,c.height);
    g.drawImage(image,0,0,c.width,c.height);
    URL.revokeObjectURL(url);
    c.toBlob(function(b){done(b&&b.size<file.size?new File([b],"picture.jpg",{type:"image/jpeg"}):file)},"image/jpeg",.82)};
    image.src=url}
    files.addEventListener("change",function(){
    var all,list=files.files,turn=++work;
    if(!list||!list.length){work=0;ready();return}
    try{all=new DataTransfer()}catch(e){work=0;return}
    ready();
    (function next(i){
    if(turn!==work)return;
    if(i<list.length){shrink(list[i],function(one){
    try{all.items.add(one)}catch(e){all=null}
    if(all)next(i+1);else{work=0;ready()}});return}
    files.files=all.files;
    work=0;
    ready()})(0)});
    var here=el("here");
    if(here&&navigator.geolocation&&w.isSecureContext!==false){
    here.hidden=false;
    here.onclick=function(){
    var note=el("herenote");
    note.textContent=here.getAttribute("data-wait");
    navigator.geolocation.getCurrentPosition(function(p){
    el("latitude").value=p.coords.latitude.toFixed(5);
    el("longitude").value=p.coords.longitude.toFixed(5);
    note.textContent=here.getAttribute("data-done")
    },function(){note.textContent=here.getAttribute("data-failed")},{enableHighAccuracy:true,timeout:15000,maximumAge:60000})}}
    var first=el("faults");
    if(first)first.focus();
    })();
    """
}
