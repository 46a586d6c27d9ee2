"use strict";
// The peer: media, descriptions, candidates, states.

const GATHERING_SHOWN_AFTER = 5000; // ms; a server that does not answer would hold the description back
const SLOW_AFTER = 20000; // ms
const CHANNEL = "chat";

const call = {
  peer: null, channel: null, local: null, role: null, began: 0, own: null, remote: null,
  early: [], trickled: [], answers: new Set(), copied: 0, frames: {}, selected: null, timer: 0, pattern: null, starting: false,
};

// --- media ---

async function startMedia() {
  clearTroubles();
  if (!window.isSecureContext) return trouble("trouble.insecure");
  call.starting = true; // a call that begins now would not have the media yet
  buttons();
  try {
    call.local = $("source").value === "pattern" ? testPicture() : await navigator.mediaDevices.getUserMedia({
      video: true, audio: $("source").value === "camera",
    });
  } catch (error) {
    const known = { NotFoundError: "no-device", NotAllowedError: "denied", NotReadableError: "busy" }[error.name];
    return known ? trouble(`trouble.${known}`) : trouble("trouble.refused", { why: `${error.name}: ${error.message}` });
  } finally {
    call.starting = false;
    buttons();
  }
  $("local").srcObject = call.local;
  log("log.media", call.local.getTracks().map((track) => `${track.kind} ${track.label}`.trim()).join(", "));
  buttons();
}

function stopMedia() {
  for (const track of call.local ? call.local.getTracks() : []) track.stop();
  clearInterval(call.pattern);
  call.local = null;
  $("local").srcObject = null;
  buttons();
}

// A moving picture with a clock, for machines without a camera.
function testPicture() {
  const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
  const pen = canvas.getContext("2d");
  let count = 0;
  const draw = () => {
    const colours = ["#c0c0c0", "#c0c000", "#00c0c0", "#00c000", "#c000c0", "#c00000", "#0000c0"];
    colours.forEach((colour, index) => { pen.fillStyle = colour; pen.fillRect(index * 92, 0, 92, 480); });
    pen.fillStyle = "#000";
    pen.fillRect((count * 4) % 640, 300, 60, 60);
    pen.font = "32px monospace";
    pen.fillText(`${new Date().toLocaleTimeString()}  ${count++}`, 20, 440);
  };
  draw();
  call.pattern = setInterval(draw, 1000 / 30);
  return canvas.captureStream(30);
}

// --- descriptions ---

function makePeer(role) {
  const servers = iceServers($("servers").value);
  const peer = new RTCPeerConnection({
    iceServers: servers, iceTransportPolicy: $("relay").checked ? "relay" : "all",
  });
  Object.assign(call, {
    peer, role, began: performance.now(), own: null, remote: null, trickled: [], copied: 0, frames: {}, selected: null,
  });
  $("log").replaceChildren();
  for (const [event, name, state] of [
    ["signalingstatechange", "log.signaling", () => peer.signalingState],
    ["icegatheringstatechange", "log.gathering", () => peer.iceGatheringState],
    ["iceconnectionstatechange", "log.ice", () => peer.iceConnectionState],
    ["connectionstatechange", "log.connection", () => peer.connectionState],
  ]) peer.addEventListener(event, () => { log(name, state()); followConnection(peer); });
  peer.addEventListener("icecandidate", (event) => heardCandidate(peer, event.candidate));
  peer.addEventListener("icecandidateerror", (event) => trouble("trouble.server", { url: event.url, why: event.errorText }));
  peer.addEventListener("track", (event) => receiveTrack(event));
  peer.addEventListener("datachannel", (event) => useChannel(event.channel));
  buttons();
  return peer;
}

function iceServers(text) {
  return text.split(/[\s,]+/).filter(Boolean).map((server) => {
    const found = /^(stuns?|turns?):(?:([^:@]+):([^@]+)@)?([^@\s]+)$/.exec(server);
    if (!found) throw new Error(say("trouble.bad-server", { text: server }));
    const [, scheme, username, credential, host] = found;
    return { urls: `${scheme}:${host}`, ...(username && { username, credential }) };
  });
}

async function connect() {
  clearTroubles();
  if (!call.local) trouble("trouble.no-media");
  const peer = makePeer("offerer");
  for (const kind of ["audio", "video"]) {
    const track = call.local && call.local.getTracks().find((one) => one.kind === kind);
    if (track) peer.addTrack(track, call.local);
    else peer.addTransceiver(kind, { direction: "recvonly" });
  }
  preferCodec(peer);
  useChannel(peer.createDataChannel(CHANNEL));
  await give(await peer.createOffer());
  state("state.offered");
}

function preferCodec(peer) {
  const name = `video/${$("codec").value}`.toLowerCase();
  for (const transceiver of $("codec").value ? peer.getTransceivers() : []) {
    if (transceiver.receiver.track.kind !== "video" || !transceiver.setCodecPreferences) continue;
    const codecs = RTCRtpReceiver.getCapabilities("video").codecs;
    const wanted = codecs.filter((codec) => codec.mimeType.toLowerCase() === name);
    transceiver.setCodecPreferences([...wanted, ...codecs.filter((codec) => !wanted.includes(codec))]);
  }
}

// Sets this side's description and shows it: at once with trickle, else once all candidates are in it.
async function give(description) {
  const { peer } = call;
  state("state.gathering");
  await peer.setLocalDescription(description);
  if (mode() === "vanilla") await gathered(peer);
  if (call.peer !== peer) return;
  const { type, sdp } = mode() === "vanilla" ? peer.localDescription : description;
  call.own = { type, sdp };
  showOwn();
  if (mode() === "vanilla") lookAtOwn(sdp);
  inspect();
}

function gathered(peer) {
  if (peer.iceGatheringState === "complete") return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => { trouble("trouble.gathering-long"); resolve(); }, GATHERING_SHOWN_AFTER);
    peer.addEventListener("icegatheringstatechange", () => {
      if (peer.iceGatheringState === "complete") { clearTimeout(timer); resolve(); }
    });
  });
}

// Says what this side's own candidates make likely.
function lookAtOwn(sdp) {
  const candidates = [...sdp.matchAll(/^a=candidate:(.*)$/gm)].map((found) => found[1].split(" "));
  if (!candidates.length) trouble("trouble.none-gathered");
  else if (candidates.every((words) => words[4].endsWith(".local"))) trouble("trouble.hidden");
  const onIPv4 = candidates.filter((words) => !words[4].includes(":")); // an interface has other ids for IPv6
  const networks = new Set(onIPv4.map((words) => words[words.indexOf("network-id") + 1]).filter((id) => /^\d+$/.test(id)));
  const hosts = new Set(onIPv4.filter((words) => words[7] === "host").map((words) => words[4]));
  if (networks.size > 1) trouble("trouble.networks", { count: networks.size, names: [...hosts].join(", ") });
}

function showOwn() {
  const { own } = call;
  const text = mode() === "vanilla" && $("form").value === "sdp" ? own.sdp : JSON.stringify(own) + "\n";
  $("send").value = text + call.trickled.map((line) => line + "\n").join("");
  show($("send-size"), "characters", { size: $("send").value.length });
  buttons();
}

function heardCandidate(peer, candidate) {
  if (peer !== call.peer) return;
  log("log.candidate", candidate && candidate.candidate ? candidate.candidate.replace(/^candidate:/, "") : "–");
  if (mode() === "trickle" && call.own) {
    const { candidate: text = "", sdpMid = null, sdpMLineIndex = null } = candidate || {};
    call.trickled.push(JSON.stringify({ candidate: text, sdpMid, sdpMLineIndex }));
    showOwn();
  }
}

// --- what the other side gave ---

async function take() {
  const text = $("receive").value;
  clearTroubles();
  const wanted = call.peer && call.role === "offerer" && !call.remote ? "answer" : call.peer ? null : "offer";
  const found = await read(text, call.own, wanted);
  if (found.refusal) return trouble(found.refusal.key || found.refusal, found.refusal.values, "refusal");
  if (wanted === "answer" && found.descriptions.some(({ sdp }) => call.answers.has(sdp))) {
    return trouble("trouble.old-answer", {}, "refusal");
  }
  if (!found.descriptions.length && !found.candidates.length) {
    return trouble("trouble.nothing", { size: text.trim().length }, "refusal");
  }
  if (found.repairs.length) trouble("trouble.mended", { what: found.repairs.join(", ") });
  for (const note of mode() === "vanilla" ? found.notes : []) trouble(note);
  try {
    for (const description of found.descriptions.slice(0, 1)) await takeDescription(description, found.candidates.length);
    for (const candidate of found.candidates) await takeCandidate(candidate);
    $("receive").value = "";
  } catch (error) {
    trouble("trouble.refused", { why: `${error.name}: ${error.message}` }, "refusal");
    if (!call.remote && call.role === "answerer") hangUp(true);
  }
  inspect();
}

async function takeDescription(description, more) {
  if (call.remote) {
    if (!more) trouble("trouble.known");
    return;
  }
  if (description.type === "answer") {
    await call.peer.setRemoteDescription(description);
    call.remote = description;
    call.answers.add(description.sdp);
    state("state.connecting");
    watchSlowness();
  } else {
    await answer(description);
  }
  for (const candidate of call.early.splice(0)) await takeCandidate(candidate);
}

async function answer(offer) {
  if (!call.local) trouble("trouble.no-media");
  const peer = makePeer("answerer");
  await peer.setRemoteDescription(offer);
  call.remote = offer;
  for (const track of call.local ? call.local.getTracks() : []) peer.addTrack(track, call.local);
  preferCodec(peer);
  await give(await peer.createAnswer());
  state("state.answered");
  watchSlowness();
}

async function takeCandidate(candidate) {
  if (!call.peer || !call.peer.remoteDescription) {
    call.early.push(candidate);
    return trouble("trouble.early-candidate");
  }
  const init = candidate.sdpMid == null && candidate.sdpMLineIndex == null ? { ...candidate, sdpMLineIndex: 0 } : candidate;
  return call.peer.addIceCandidate(init);
}

// --- connection ---

function followConnection(peer) {
  if (peer !== call.peer) return;
  const { connectionState } = peer;
  if (connectionState === "connected") {
    state("state.connected", "connected");
    clearTimeout(call.slow);
    if (!call.timer) call.timer = setInterval(() => measure(peer), 1000);
    measure(peer).then(inspect);
  } else if (connectionState === "connecting") {
    state("state.connecting");
  } else if (connectionState === "failed") {
    state("state.failed", "failed");
    explainFailure();
  } else if (connectionState === "closed") {
    otherHungUp();
  }
  const dtls = peer.getSenders().map((sender) => sender.transport).find(Boolean) || (peer.sctp && peer.sctp.transport);
  if (dtls && !dtls.onstatechange) dtls.onstatechange = () => log("log.dtls", dtls.state);
}

async function explainFailure() {
  const reasons = await inspect();
  trouble("trouble.failed", { why: reasons || say("trouble.failed.unknown") }, "refusal");
}

function watchSlowness() {
  const { peer } = call;
  call.slow = setTimeout(() => {
    if (peer === call.peer && peer.connectionState !== "connected") {
      trouble("trouble.slow", { seconds: SLOW_AFTER / 1000, type: call.own ? call.own.type : "offer" });
    }
  }, SLOW_AFTER);
}

function receiveTrack(event) {
  log("log.track", event.track.kind);
  const stream = $("remote").srcObject || new MediaStream();
  stream.addTrack(event.track);
  $("remote").srcObject = stream;
  if (event.track.kind === "video" && "requestVideoFrameCallback" in HTMLVideoElement.prototype) {
    $("remote").requestVideoFrameCallback((_, frame) => log("log.frame", `${frame.width}x${frame.height}`));
  }
}

function useChannel(channel) {
  call.channel = channel;
  channel.binaryType = "arraybuffer";
  channel.addEventListener("open", () => { log("log.channel", "open"); buttons(); });
  channel.addEventListener("close", () => { if (channel === call.channel) otherHungUp(); });
  channel.addEventListener("message", (event) => {
    showMessage(typeof event.data === "string" ? event.data : `${event.data.byteLength} bytes`, "received");
  });
}

function showMessage(text, way) {
  const item = document.createElement("li");
  item.className = way;
  item.textContent = `${way === "sent" ? ">" : "<"} ${text}`;
  $("messages").append(item);
  item.scrollIntoView({ block: "nearest" });
}

// What flows, once a second: frames, rate and loss, and the pair in use.
async function measure(peer) {
  if (peer !== call.peer) return;
  const stats = [...(await peer.getStats()).values()];
  const byId = Object.fromEntries(stats.map((stat) => [stat.id, stat]));
  const rows = [];
  for (const stat of stats) {
    if (stat.type !== "inbound-rtp" && stat.type !== "outbound-rtp") continue;
    const way = stat.type === "inbound-rtp" ? "received" : "sent";
    const bytes = way === "received" ? stat.bytesReceived : stat.bytesSent;
    const before = call.frames[stat.id] || { bytes, at: stat.timestamp - 1000 };
    const codec = byId[stat.codecId];
    rows.push({
      way, kind: stat.kind, codec: codec ? `${codec.mimeType.split("/")[1]} ${codec.payloadType}` : "",
      frames: way === "received" ? stat.framesDecoded : stat.framesEncoded, fps: stat.framesPerSecond,
      bitrate: Math.round(((bytes - before.bytes) * 8) / Math.max(1, stat.timestamp - before.at)),
      lost: stat.packetsLost, size: stat.frameWidth ? `${stat.frameWidth}x${stat.frameHeight}` : "",
    });
    call.frames[stat.id] = { bytes, at: stat.timestamp };
  }
  const transport = stats.find((stat) => stat.type === "transport" && stat.selectedCandidatePairId);
  const pair = transport ? byId[transport.selectedCandidatePairId]
    : stats.find((stat) => stat.type === "candidate-pair" && stat.nominated && stat.state === "succeeded");
  call.selected = pair && { local: byId[pair.localCandidateId], remote: byId[pair.remoteCandidateId] };
  showMedia(rows);
}

// --- the end ---

function otherHungUp() {
  if (!call.peer) return;
  trouble("trouble.hung-up");
  hangUp();
}

function hangUp(silently = false) {
  const { peer } = call;
  clearInterval(call.timer);
  clearTimeout(call.slow);
  Object.assign(call, { peer: null, channel: null, role: null, timer: 0, own: null, remote: null, early: [], trickled: [] });
  if (peer) peer.close();
  $("remote").srcObject = null;
  $("send").value = "";
  show($("send-size"), "");
  state(silently ? "state.idle" : "state.over");
  buttons();
}
