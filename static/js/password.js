// A comfort beside a new password: its length so far, then what the form would answer. The server alone decides.

const LEAST = 15;
const PAUSE = 400; // milliseconds without a key before the server is asked
const LEVELS = { "trop faible": 1, correct: 2, solide: 3 };

function meterFor(input) {
  const line = document.createElement("div");
  const meter = document.createElement("meter");
  const words = document.createElement("output"); // announced politely, by itself
  line.className = "length";
  Object.assign(meter, { min: 0, max: 3, low: 1.5, high: 2.5, optimum: 3 });
  meter.setAttribute("aria-label", "Robustesse du mot de passe");
  line.append(meter, words);
  input.closest(".field").append(line);
  return (level, text) => {
    meter.value = level;
    words.textContent = text;
  };
}

function lengthOf(password) {
  const count = [...password].length;
  if (count >= LEAST) return [1, `${count} caractères\u00a0: assez long`];
  return [count / LEAST, `${count} caractère${count > 1 ? "s" : ""} sur ${LEAST} au moins`];
}

async function verdictOn(input, signal) {
  const body = new FormData();
  body.set("password", input.value);
  body.set("csrfmiddlewaretoken", input.form.elements.csrfmiddlewaretoken.value);
  const answer = await fetch(input.dataset.strength, { method: "POST", body, signal, redirect: "error" });
  if (!answer.ok) throw new Error(answer.status);
  const { verdict, advice } = await answer.json();
  const said = verdict[0].toUpperCase() + verdict.slice(1);
  return [LEVELS[verdict], advice ? `${said}. ${advice}` : `${said}.`];
}

for (const input of document.querySelectorAll("input[autocomplete=new-password]")) {
  const say = meterFor(input);
  let timer, question;
  const look = () => {
    clearTimeout(timer);
    question?.abort();
    say(...lengthOf(input.value));
    if (!input.dataset.strength || [...input.value].length < LEAST) return;
    timer = setTimeout(() => {
      question = new AbortController();
      // Without an answer the length stands: sending the form tells the rest.
      verdictOn(input, question.signal).then((verdict) => say(...verdict), () => {});
    }, PAUSE);
  };
  input.addEventListener("input", look);
  look();
}
