// Finding somebody among hundreds: the list answers to each letter, arrows choose, Enter opens. The page works without.

const fold = (text) =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

// The same ranks as portals.access.switching: initials, beginnings of words, anything within.
function rank(keys, wanted) {
  const words = keys.split(" ");
  const initials = words.map((word) => word[0]).join("");
  const letters = wanted.replaceAll(" ", "");
  if (initials.startsWith(letters)) return 0;
  if ([...initials].reverse().join("").startsWith(letters)) return 1;
  const parts = wanted.split(" ");
  if (parts.every((part) => words.some((word) => word.startsWith(part)))) return 2;
  if (parts.every((part) => words.some((word) => word.includes(part)))) return 3;
  return 4;
}

const form = document.querySelector("[data-find]");
const list = document.getElementById("found");
if (form && list) {
  const field = form.querySelector("input");
  const count = document.querySelector("[data-count]");
  const rows = [...list.children];
  const shown = () => rows.filter((row) => !row.hidden).sort((a, b) => a.dataset.place - b.dataset.place);
  rows.forEach((row, place) => (row.dataset.first = place));

  const filter = () => {
    const wanted = fold(field.value);
    for (const row of rows) {
      const found = wanted ? rank(row.dataset.keys, wanted) : 0;
      row.hidden = found === 4;
      row.dataset.place = found * 10000 + Number(row.dataset.first);
    }
    const found = shown();
    list.append(...found);
    count.textContent = wanted ? `${found.length} sur ${rows.length}` : "";
  };
  field.addEventListener("input", filter);
  filter();

  form.addEventListener("submit", (event) => {
    const [first] = shown();
    if (!fold(field.value) || !first) return;
    event.preventDefault();
    first.querySelector("button").click();
  });

  const move = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const stops = [field, ...shown().map((row) => row.querySelector("button"))];
    const next = stops[stops.indexOf(document.activeElement) + step];
    next?.focus();
  };
  field.addEventListener("keydown", move);
  list.addEventListener("keydown", move);
  field.focus();
}
