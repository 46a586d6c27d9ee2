"use strict";
// Everything that is said, in the language of the reader.

const $ = (id) => document.getElementById(id);
const LANGUAGES = ["en", "ja"];
let language = LANGUAGES.find((name) => (new URLSearchParams(location.search).get("lang") || navigator.language)
  .startsWith(name)) || "en";

function say(key, values = {}) {
  const texts = WORDS[key];
  const text = texts ? texts[LANGUAGES.indexOf(language)] : key;
  return text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
}

// What was said of a particular place, so that it can be said again in another language.
const said = new Map();

function show(element, key, values) {
  said.set(element, [key, values]);
  element.textContent = key ? say(key, values) : "";
}

function translate() {
  document.documentElement.lang = language;
  $("language").value = language;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  for (const element of document.querySelectorAll("[data-placeholder]")) {
    element.placeholder = say(element.dataset.placeholder);
  }
  for (const [element, [key, values]] of said) {
    if (element.isConnected) show(element, key, values);
    else said.delete(element);
  }
}

$("language").addEventListener("change", () => {
  language = $("language").value;
  translate();
  inspect();
});
