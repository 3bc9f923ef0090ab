// Groups an IBAN by four signs, and says while it is typed how far it is and whether its key is right. The server checks
// everything again: without this file, the same words come with its answer.
(() => {
  "use strict";
  const FRENCH = 27;

  const remainder = (iban) => {
    const moved = iban.slice(4) + iban.slice(0, 4);
    let rest = 0;
    for (const sign of moved) {
      for (const digit of String(parseInt(sign, 36))) rest = (rest * 10 + Number(digit)) % 97;
    }
    return rest;
  };

  const verdict = (iban) => {
    if (!/^[A-Z]{2}[0-9A-Z]*$/.test(iban)) return "";
    if (iban.startsWith("FR") && iban.length < FRENCH) return `${iban.length}\u00a0signes sur ${FRENCH}.`;
    if (iban.startsWith("FR") && iban.length > FRENCH) return `${iban.length - FRENCH}\u00a0de trop.`;
    if (iban.length < 15) return "";
    return remainder(iban) === 1 ? "La clé est juste." : "La clé ne correspond pas\u00a0: un chiffre est faux, ou deux sont inversés.";
  };

  for (const field of document.querySelectorAll("input[data-iban]")) {
    const said = document.createElement("p");
    said.className = "small mt-1";
    said.setAttribute("role", "status");
    field.after(said);
    const read = () => field.value.replace(/[^0-9A-Za-z]/g, "").toUpperCase();
    field.addEventListener("input", () => { said.textContent = verdict(read()); });
    field.addEventListener("change", () => { field.value = read().replace(/(.{4})(?=.)/g, "$1 "); });
  }
})();
