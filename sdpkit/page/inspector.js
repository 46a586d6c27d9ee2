"use strict";
// What sdpkit says of both descriptions, and what happens when.

function log(key, text) {
  const item = document.createElement("li");
  const time = document.createElement("time");
  time.textContent = call.peer ? `${Math.round(performance.now() - call.began).toLocaleString()} ms` : "";
  const name = document.createElement("span");
  show(name, key);
  const what = document.createElement("span");
  what.textContent = text;
  item.append(time, name, what);
  $("log").append(item);
  $("log").scrollTop = $("log").scrollHeight;
}

function trouble(what, values, kind = "") {
  const item = document.createElement("li");
  item.className = kind;
  if (typeof what === "string") show(item, what, values);
  else item.textContent = what[language];
  $("troubles").append(item);
  item.scrollIntoView({ block: "nearest" }); // on a phone the buttons are far below
}

function clearTroubles() {
  $("troubles").replaceChildren();
}

function state(key, kind = "") {
  show($("state"), key);
  $("state").className = kind;
  $("state").dataset.state = key.replace("state.", "");
}

const element = (name, text, className = "") => Object.assign(document.createElement(name), { textContent: text, className });

const LONG = ["codecs", "port", "result"]; // columns whose cells may take several lines

function table(title, columns, rows, isSelected = () => false) {
  const box = document.createElement("div");
  box.className = "table";
  const made = document.createElement("table");
  const head = made.createTHead().insertRow();
  for (const column of columns) head.append(element("th", say(`column.${column}`)));
  const body = made.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    if (isSelected(row)) line.className = "selected";
    for (const column of columns) {
      const cell = line.insertCell();
      cell.textContent = row[column] ?? "";
      if (LONG.includes(column)) cell.className = "text";
    }
  }
  box.append(element("h3", title), made);
  return box;
}

function showMedia(rows) {
  $("media").replaceChildren(...(rows.length
    ? [table(say("media"), ["kind", "way", "codec", "frames", "fps", "bitrate", "lost", "size"], rows)] : []));
  for (const row of rows) $("media").dataset[`${row.kind}${row.way === "sent" ? "Sent" : "Received"}`] = row.frames ?? "";
}

function findingsOf(description, title) {
  const box = document.createElement("div");
  box.append(element("h3", title));
  const list = document.createElement("ul");
  list.className = "findings";
  for (const finding of description.findings) {
    const item = element("li", say("finding", finding), finding.severity);
    if (finding.help) item.append(element("div", finding.help, "quiet"));
    list.append(item);
  }
  box.append(description.findings.length ? list : element("p", say("findings.none"), "quiet"));
  box.append(
    table(say("sections"), ["mid", "kind", "direction", "codecs", "port", "count"], description.sections),
    table(say("candidates"), ["type", "transport", "address", "port", "scope", "network", "cost", "priority"], description.candidates),
  );
  return box;
}

// Asks sdpkit about what is there so far, and shows it. Gives the reason why nothing can work, if there is one.
async function inspect() {
  if (!API || (!call.own && !call.remote)) return "";
  const { peer, role } = call;
  // The browser's own copies hold the candidates that followed.
  const given = { role, own: call.own && plain(peer.localDescription), remote: plain(peer.remoteDescription) };
  let told;
  try {
    told = await ask("inspect", given);
  } catch (error) {
    console.warn("sdpkit does not answer:", error);
    return "";
  }
  const parts = [];
  if (told.negotiation) parts.push(table(say("negotiation"), ["mid", "kind", "offerer", "answerer", "result"], told.negotiation));
  if (told.pairs) parts.push(table(say("pairs"), ["local", "remote", "priority", "state"], pairRows(told.pairs.rows), isSelected));
  if (told.own) parts.push(findingsOf(told.own, say("own", { type: call.own ? call.own.type : "" })));
  if (told.remote) parts.push(findingsOf(told.remote, say("theirs", { type: call.remote ? call.remote.type : "" })));
  $("findings").replaceChildren(...parts);
  return told.pairs ? told.pairs.reason : "";
}

// Before the call, what is checked when; in the call, which one is used.
function pairRows(rows) {
  if (!rows.some(isSelected)) return rows;
  return rows.map((row) => ({ ...row, state: isSelected(row) ? say("pair.used") : "" }));
}

const plain = (description) => description && { type: description.type, sdp: description.sdp };

function isSelected(row) {
  if (!call.selected || !call.selected.local || !call.selected.remote) return false;
  const at = ({ address, ip, port }) => `${address || ip}:${port}`;
  const bare = (text) => text.replace(/^\S+ /, "").replace(/[[\]]/g, "");
  return bare(row.local) === at(call.selected.local) && bare(row.remote) === at(call.selected.remote);
}
