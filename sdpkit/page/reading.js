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

// {descriptions: [{type, sdp, read_as}], candidates: [{candidate, sdpMid}], refusal: {en, ja} | null, notes: [{en, ja}]}
async function read(text, own, wanted) {
  if (API) {
    try {
      return await ask("read", { text, own, wanted });
    } catch (error) {
      console.warn("sdpkit does not answer; the page reads by itself:", error);
    }
  }
  const found = { descriptions: [], candidates: [], refusal: null, notes: [] };
  for (const piece of pieces(text)) addPiece(found, piece);
  found.refusal = refusalOf(found.descriptions[0], own, wanted);
  return found;
}

// The whole text as JSON, or line by line where candidates follow a description.
function pieces(text) {
  const bare = text.trim();
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

const TROUBLES = { own: "OWN", offer: "OFFER_FOR_ANSWER", answer: "ANSWER_FOR_OFFER" };

function refusalOf(description, own, wanted) {
  if (!description) return null;
  const ufrag = (sdp) => (/^a=ice-ufrag:(\S+)/m.exec(sdp) || [])[1];
  const is = (code) => ({ code, en: code, ja: code, key: `reception.${code}`, values: { type: description.type } });
  if (own && ufrag(own.sdp) && ufrag(own.sdp) === ufrag(description.sdp)) return is(TROUBLES.own);
  if (wanted && description.type !== wanted) return is(TROUBLES[description.type]);
  return null;
}
