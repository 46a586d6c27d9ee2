"use strict";
// The buttons.

const mode = () => document.querySelector("input[name=mode]:checked").value;

function buttons() {
  const open = call.channel && call.channel.readyState === "open";
  $("start").disabled = Boolean(call.local) || call.starting;
  $("source").disabled = Boolean(call.local);
  $("stop").disabled = !call.local;
  $("connect").disabled = Boolean(call.peer) || call.starting;
  $("take").disabled = call.starting;
  $("hangup").disabled = !call.peer;
  $("copy").disabled = !$("send").value;
  $("message").disabled = $("say-button").disabled = !open;
  for (const setting of $("settings").querySelectorAll("input, select")) {
    setting.disabled = Boolean(call.peer) && setting.id !== "form";
  }
}

const guarded = (work) => async (event) => {
  event.preventDefault();
  try {
    await work();
  } catch (error) {
    trouble("trouble.refused", { why: error.message }, "refusal");
  }
};

$("start").addEventListener("click", guarded(startMedia));
$("stop").addEventListener("click", guarded(stopMedia));
$("connect").addEventListener("click", guarded(connect));
$("hangup").addEventListener("click", guarded(() => hangUp()));
$("take").addEventListener("click", guarded(take));
$("form").addEventListener("change", () => { if (call.own) showOwn(); });
$("copy").addEventListener("click", guarded(async () => {
  const all = $("send").value;
  const text = mode() === "trickle" ? all.slice(call.copied) || all : all; // with trickle, what is new since the last time
  try {
    await navigator.clipboard.writeText(text);
    call.copied = all.length;
    show($("copied"), "copied", { size: text.length });
  } catch {
    $("send").select();
    show($("copied"), "copy.failed");
  }
}));
$("say").addEventListener("submit", guarded(() => {
  const text = $("message").value;
  if (!text || !call.channel) return;
  call.channel.send(text);
  showMessage(text, "sent");
  $("message").value = "";
}));
window.addEventListener("beforeunload", () => { if (call.peer) call.peer.close(); });

if (!API) $("hint").dataset.word = "inspector.alone";
translate();
state("state.idle");
buttons();
