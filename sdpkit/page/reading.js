"use strict";
// What was pasted. sdpkit reads any form and says what is wrong; a page that was saved reads the plain ones itself.

async function ask(what, body) {
  const answer = await fetch(`${API.base}/${what}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Sdpkit-Token": API.token },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${what}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

// {descriptions: [{type, sdp}], candidates: [{candidate, sdpMid}], repairs: [text], refusal: {en, ja} | null, notes: [{en, ja}]}
async function read(text, own, wanted) {
  if (API) {
    try {
      return await ask("read", { text, own, wanted });
    } catch (error) {
      console.warn("sdpkit does not answer; the page reads by itself:", error);
    }
  }
  const found = { descriptions: [], candidates: [], repairs: [], refusal: null, notes: [] };
  for (const piece of pieces(text)) addPiece(found, piece);
  found.refusal = refusalOf(found.descriptions[0], own, wanted);
  return found;
}

// The whole text as JSON, or line by line where candidates follow a description.
function pieces(text) {
  const bare = withLineBreaks(text.trim());
  if (bare.startsWith("{")) {
    const lines = bare.split(/\r?\n(?=\{)/);
    return lines.map((line) => { try { return JSON.parse(line); } catch { return {}; } });
  }
  const start = bare.search(/^v=0/m);
  const lines = (start < 0 ? bare : bare.slice(start)).split(/\r\n|\r|\n/).map((line) => line.trim()).filter(Boolean);
  const isTrickled = (line) => line.startsWith("candidate:") || (start < 0 && line.startsWith("a=candidate:"));
  const sdp = start < 0 ? [] : lines.filter((line) => !isTrickled(line) && /^[a-z]=/.test(line));
  const trickled = lines.filter(isTrickled).map((line) => ({ candidate: line.replace(/^a=/, "") }));
  return [...(sdp.length ? [{ sdp: sdp.join("\r\n") + "\r\n" }] : []), ...trickled];
}

// Some programs turn line breaks into blanks.
function withLineBreaks(text) {
  return /^v=0[^\r\n]*$/.test(text) ? text.replace(/ +(?=[a-z]=)/g, "\n") : text;
}

function addPiece(found, piece) {
  if (typeof piece.sdp === "string") {
    const setup = /^a=setup:(\w+)/m.exec(piece.sdp);
    const type = piece.type || (setup && setup[1] !== "actpass" ? "answer" : "offer");
    found.descriptions.push({ type, sdp: piece.sdp });
  } else if (typeof piece.candidate === "string") {
    const { candidate, sdpMid = null, sdpMLineIndex = null } = piece;
    found.candidates.push({ candidate, sdpMid, sdpMLineIndex });
  }
}

const TROUBLES = { own: "OWN", cut: "CUT", offer: "OFFER_FOR_ANSWER", answer: "ANSWER_FOR_OFFER" };

function refusalOf(description, own, wanted) {
  if (!description) return null;
  const ufrag = (sdp) => (/^a=ice-ufrag:(\S+)/m.exec(sdp) || [])[1];
  const lines = description.sdp.trim().split("\r\n");
  const values = { type: description.type, line: lines.length, text: lines.at(-1) };
  const is = (code) => ({ code, en: code, ja: code, key: `reception.${code}`, values });
  if (own && ufrag(own.sdp) && ufrag(own.sdp) === ufrag(description.sdp)) return is(TROUBLES.own);
  if (isCut(lines)) return is(TROUBLES.cut);
  if (wanted && description.type !== wanted) return is(TROUBLES[description.type]);
  return null;
}

// Whether m-sections of the bundle are missing, or the last one has no keys although the first one has.
function isCut(lines) {
  const sdp = lines.join("\n");
  const sections = sdp.split(/\n(?=m=)/).slice(1);
  if (!sections.length) return true;
  const bundle = /^a=group:BUNDLE (.+)$/m.exec(sdp);
  const isMissing = (mid) => !lines.includes(`a=mid:${mid}`);
  const hasKeys = (section) => section.includes("\na=ice-pwd:");
  const isRejected = (section) => /^m=\S+ 0 /.test(section);
  const last = sections.at(-1);
  return (bundle !== null && bundle[1].split(" ").some(isMissing)) || (hasKeys(sections[0]) && !hasKeys(last) && !isRejected(last));
}
