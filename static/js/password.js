// A comfort: how long the new password is so far. The server alone says whether it is good.

const LEAST = 15;
for (const input of document.querySelectorAll("input[autocomplete=new-password]")) {
  const line = document.createElement("div");
  const meter = document.createElement("meter");
  const words = document.createElement("output");
  line.className = "length";
  meter.min = 0;
  meter.max = LEAST;
  meter.low = LEAST;
  meter.optimum = LEAST;
  meter.setAttribute("aria-label", "Longueur du mot de passe");
  const say = () => {
    const count = [...input.value].length;
    meter.value = Math.min(count, LEAST);
    words.textContent = count < LEAST ? `${count} caractère${count > 1 ? "s" : ""} sur 15 au moins` : `${count} caractères\u00a0: assez long`;
  };
  input.addEventListener("input", say);
  say();
  line.append(meter, words);
  input.closest(".field").append(line);
}
