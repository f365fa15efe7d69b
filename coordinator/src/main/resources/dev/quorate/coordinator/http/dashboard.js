// Everything from the API is put in as text, never as markup.
"use strict";

const main = document.getElementById("main");
const KIND = { CERTIFIED: "good", CONTESTED: "bad", FAILED: "bad", INSUFFICIENT: "warn" };

function el(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
  for (const child of children) node.append(child);
  return node;
}

function badge(word, kind) {
  return el("span", { class: "badge " + (kind || "") }, word);
}

function show(title, ...nodes) {
  document.title = title + " · Quorate";
  main.replaceChildren(...nodes);
  main.setAttribute("aria-busy", "false");
}

function time(text) {
  return el("time", { datetime: text }, text.replace("T", " ").replace("Z", " UTC"));
}

function table(caption, heads, rows) {
  const head = el("tr", {}, ...heads.map(h => el("th", { scope: "col" }, h)));
  return el("div", { class: "card scroll" },
    el("table", { "aria-label": caption }, el("thead", {}, head), el("tbody", {}, ...rows)));
}

function rounds(list) {
  const rows = list.map(r => el("tr", {},
    el("th", { scope: "row" }, el("a", { href: "/rounds/" + encodeURIComponent(r.round) }, r.release),
      el("div", { class: "soft mono whole" }, r.round)),
    el("td", {}, ...verdict(r), el("div", { class: "soft" }, r.withdrawn ? r.withdrawn.reason : r.reason)),
    el("td", {}, String(r.threshold.reached), el("div", { class: "soft whole" }, r.threshold.required + " needed")),
    el("td", {}, r.platform),
    el("td", {}, time(r.opened))));
  show("Rounds", el("h1", {}, "Rounds"), list.length
    ? table("Rounds, newest first", ["Release", "Verdict", "Agreeing", "Platform", "Opened"], rows)
    : el("p", { class: "note" }, "No round has been opened yet. Submit a spec: quorate submit SPEC."));
}

function verdict(r) {
  return r.withdrawn ? [badge("WITHDRAWN", "bad"), " ", badge(r.verdict, KIND[r.verdict])] : [badge(r.verdict, KIND[r.verdict])];
}

function remarks(r) {
  const lines = [];
  if (r.withdrawn) lines.push(el("p", { class: "remark bad", role: "alert" },
    el("strong", {}, "The certificate is withdrawn: "), r.withdrawn.reason + ". Version " + r.withdrawn.trust +
    " of the trust root, taken ", time(r.withdrawn.at), "; log entry " + r.withdrawn.index + "."));
  else if (r.review) lines.push(el("p", { class: "remark" },
    "Looked at again under version " + r.review.trust + " of the trust root: " + r.review.reason + ". It " +
    (r.review.before === r.review.after ? "stands" : "is " + r.review.after + " now") + "; log entry " + r.review.index + "."));
  if (r.regression) lines.push(el("p", { class: "remark warn" }, el("strong", {}, "Regression: "), r.regression.text + "."));
  return lines;
}

function counted(b) {
  if (b.counted) return badge("counted");
  return b.state === "REVEALED" ? badge("not counted", "warn") : badge("open");
}

function pair(name, value) {
  return [el("dt", {}, name), el("dd", {}, value)];
}

function round(r) {
  const groups = new Map();
  for (const b of r.builders) if (b.outputs && !groups.has(b.outputs)) groups.set(b.outputs, groups.size + 1);
  const builders = r.builders.map(b => el("tr", {},
    el("th", { scope: "row" }, b.builder, el("div", { class: "soft" }, b.operator)),
    el("td", {}, b.zone, el("div", { class: "soft" }, b.host ? `${b.cpuVendor}, ${b.assurance} (${b.host.profile})` : b.cpuVendor)),
    el("td", {}, badge(b.state)),
    el("td", {}, b.outcome || "—",
      b.outputs ? el("div", { class: "soft mono whole", title: b.outputs },
        groups.size > 1 ? badge("result " + groups.get(b.outputs), "group" + Math.min(groups.get(b.outputs), 3)) : "",
        groups.size > 1 ? " " : "", b.outputs.slice(0, 16)) : ""),
    el("td", {}, counted(b), el("div", { class: "soft" }, b.reason))));
  const claims = r.claims.map(c => el("tr", {},
    el("th", { scope: "row" }, c.name), el("td", { class: "mono" }, c.sha256),
    el("td", {}, c.matches === null ? badge("not compared") :
      c.matches ? badge("reproduced", "good") : badge("differs", "bad"))));
  show(r.release,
    el("div", { class: "card" },
      el("h1", {}, r.release), ...verdict(r), " ", r.reason, ...remarks(r),
      el("dl", {},
        ...pair("Agreeing operators", r.threshold.reached + " (" + r.threshold.required + " needed)"),
        ...pair("State", r.state), ...pair("Platform", r.platform), ...pair("Opened", time(r.opened)),
        ...pair("Round", el("code", {}, r.round)), ...pair("Spec", el("code", {}, r.spec)),
        ...pair("Evidence", el("a", { href: "/v1/rounds/" + encodeURIComponent(r.round) + "/kit" },
          r.state === "LOGGED" ? "kit" : "kit so far")))),
    el("h2", {}, "Builders"),
    table("Builders and their votes", ["Builder", "Zone and CPU", "State", "Outcome", "Vote"], builders),
    ...(claims.length ? [el("h2", {}, "Published files"),
      table("Files that the maintainer publishes", ["File", "SHA-256", "Compared"], claims)] : []));
}

const STANDING = { ADMITTED: "good", LOST: "bad" };
const STANDING_WORDS = { EXPIRED: "its certificate has ended" };

function standing(b) {
  if (b.state === "NONE") return [badge("no host named"), el("div", { class: "soft" }, "counts where a policy asks for no hosts")];
  if (b.state === "UNSEEN") return [badge("not shown yet", "warn")];
  const reason = STANDING_WORDS[b.state] || b.host.reason;
  return [badge(b.state, STANDING[b.state] || "warn"), ...(reason ? [el("div", { class: "soft" }, reason)] : [])];
}

function builders(list) {
  const rows = list.map(b => el("tr", {},
    el("th", { scope: "row" }, b.builder, el("div", { class: "soft whole" }, b.operator)),
    el("td", { class: "whole" }, b.zone, el("div", { class: "soft" }, b.cpuVendor)),
    el("td", {}, ...standing(b)),
    el("td", {}, b.host ? time(b.host.since) : "—",
      b.host && b.host.admitted ? el("div", { class: "soft" }, "until ", time(b.host.until)) : ""),
    el("td", {}, b.host && b.host.index !== null ? "log entry " + b.host.index : "—",
      b.host && b.host.id ? el("div", { class: "soft mono whole", title: b.host.id }, "host " + b.host.id.slice(0, 12)) : "")));
  show("Builders", el("h1", {}, "Builders"),
    el("p", { class: "soft" }, "Every change of a host’s standing is signed and logged, with the evidence that shows it: ",
      el("a", { href: "/v1/builders/notices" }, "all changes"), "."),
    table("Builders and the standing of their hosts", ["Builder", "Zone and CPU", "Host", "Since (certificate until)", "Log and host"], rows));
}

async function get(path) {
  const answer = await fetch(path, { headers: { Accept: "application/json" } });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail || body.title);
  return body;
}

function fail(error) {
  show("Problem", el("p", { class: "note", role: "alert" }, "This cannot be shown: " + error.message));
}

for (const link of document.querySelectorAll("header nav a"))
  if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");

const match = location.pathname.match(/^\/rounds\/([^/]+)$/);
if (match) {
  const path = "/v1/rounds/" + match[1];
  get(path).then(first => {
    round(first);
    if (first.state === "LOGGED") return;
    const events = new EventSource(path + "/events");
    events.addEventListener("status", e => {
      const next = JSON.parse(e.data);
      round(next);
      if (next.state === "LOGGED") events.close();
    });
  }).catch(fail);
} else {
  const load = location.pathname === "/builders"
    ? () => get("/v1/builders").then(body => builders(body.builders)).catch(fail)
    : () => get("/v1/rounds").then(body => rounds(body.rounds)).catch(fail);
  load();
  setInterval(load, 10000);
}
