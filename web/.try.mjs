import { chromium } from "playwright-core";
import { createServer } from "node:http"; import { readFile } from "node:fs/promises"; import { extname, join } from "node:path";
const types={".html":"text/html",".js":"text/javascript",".css":"text/css",".svg":"image/svg+xml",".woff2":"font/woff2"};
const below="/talks/deck/"; const asked=[];
const server=createServer(async(q,r)=>{const p=new URL(q.url,"http://x").pathname; asked.push(p); try{ if(!p.startsWith(below)) throw 1; const f=p.endsWith("/")?p+"index.html":p; const b=await readFile(join("/tmp/w/site-runner",f.slice(below.length))); r.writeHead(200,{"content-type":types[extname(f)]??"application/octet-stream"}).end(b);}catch{r.writeHead(404).end()}}).listen(0);
const port=server.address().port; const url=`http://127.0.0.1:${port}${below}`;
const b=await chromium.launch({executablePath:"/usr/bin/chromium",args:["--disable-gpu"]}); const page=await b.newPage({viewport:{width:1280,height:720}});
page.on("console",m=>console.log("console",m.type(),m.text().slice(0,300))); page.on("pageerror",e=>console.log("ERR",String(e).slice(0,300)));
await page.goto(url); await page.waitForFunction(()=>window.deck?.deck.isReady()); await page.waitForTimeout(500);
console.log(asked.filter(p=>/python/.test(p)));
const ids=await page.evaluate(()=>[...document.querySelectorAll("figure.cell:not(.rust)")].map(f=>f.dataset.cell)); console.log(ids.join(" "));
let shot=0; const snap=async n=>page.screenshot({path:`/tmp/w/shot-${shot++}-${n}.png`});
const goTo=id=>page.evaluate(id=>{const {deck}=window.deck;const s=document.getElementById("cell-"+id).closest("section");deck.slide(deck.getIndices(s).h,0,-1)},id);
await goTo(ids[0]); await page.waitForTimeout(400); await snap("before");
const t=Date.now(); await page.locator(`#cell-${ids[0]} button.run`).click();
for(let i=0;i<60;i++){ const l=await page.locator(`#cell-${ids[0]} .label`).textContent(); if(i<4||i%5==0){console.log(Date.now()-t,l)}; if(i==1) await snap("loading"); if(/Done|Raised|Crash/.test(l)) {console.log(Date.now()-t,l);break;} await page.waitForTimeout(100);}
await snap("done");
for (const id of ids.slice(0,80)) { await goTo(id); await page.waitForTimeout(50); const before=await page.evaluate(id=>JSON.stringify(window.deck.store.cell(id).events),id); await page.evaluate(id=>window.deck.session.run(id),id); const r=await page.evaluate(id=>{const e=window.deck.store.cell(id).events;const f=e.at(-1);const rec=window.deck.data.cells[id].recording.events; const txt=x=>x.filter(e=>e.event=="stream").map(e=>typeof e.data=="string"?e.data:"?").join("")+x.filter(e=>e.event=="error").map(e=>e.error.text??e.error.explanation).join(""); return {s:f.status,sec:f.seconds,same:txt(e)===txt(rec),a:txt(e).slice(0,300),b:txt(rec).slice(0,300)}},id); console.log(id,r.s,r.sec.toFixed(3),r.same?"":JSON.stringify(r.a)+" REC "+JSON.stringify(r.b)); }
await b.close(); server.close();
