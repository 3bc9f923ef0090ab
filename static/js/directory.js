// Comforts of the directory: communes while one types, the position on a click, the map of what the list says.
// The page works without this file. The position goes into a form that is sent at once; it is written nowhere.

const form = document.getElementById("search-form");
const nearForm = document.getElementById("near-form");
const status = document.getElementById("near-status");

// The position, rounded to about a hundred metres: distances need no more.
const send = (button) => (position) => {
  nearForm.elements.lat.value = position.coords.latitude.toFixed(3);
  nearForm.elements.lon.value = position.coords.longitude.toFixed(3);
  nearForm.elements.page.value = button.dataset.page || "";
  for (const name of ["profession", "network", "radius"]) nearForm.elements[name].value = form.elements[name].value;
  nearForm.submit();
  nearForm.reset();
};

if ("geolocation" in navigator) {
  for (const button of document.querySelectorAll("[data-near]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      status.textContent = "Votre navigateur vous demande votre accord…";
      navigator.geolocation.getCurrentPosition(
        send(button),
        () => (status.textContent = "Votre navigateur n’a pas donné votre position. Écrivez plutôt votre commune."),
        { maximumAge: 0, timeout: 15000 },
      );
    });
  }
}

const field = form.elements.q;
const choices = document.getElementById("communes");
let waiting;
field.addEventListener("input", () => {
  clearTimeout(waiting);
  const typed = field.value.trim();
  if (typed.length < 2) return;
  waiting = setTimeout(async () => {
    const answer = await fetch(`${form.dataset.places}?${new URLSearchParams({ q: typed })}`);
    if (!answer.ok) return;
    const { places } = await answer.json();
    choices.replaceChildren(...places.map((place) => new Option("", place)));
  }, 250);
});

const found = document.querySelector("[data-found]");
const button = document.getElementById("show-map");
const panel = document.getElementById("map");
let map;

const load = () =>
  new Promise((resolve, reject) => {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = found.dataset.leafletCss;
    const script = document.createElement("script");
    script.src = found.dataset.leaflet;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(style, script);
  });

const choose = (row) => {
  for (const other of found.querySelectorAll(".chosen")) other.classList.remove("chosen");
  row.classList.add("chosen");
  row.scrollIntoView({ block: "nearest" });
  row.querySelector("a").focus({ preventScroll: true });
};

function draw() {
  const { tiles, credit } = found.dataset;
  map = L.map(panel, { zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, attributionControl: Boolean(tiles) });
  L.control.scale({ imperial: false }).addTo(map);
  if (tiles) L.tileLayer(tiles, { attribution: credit, maxZoom: 18 }).addTo(map);
  const named = new Set();
  const points = [];
  for (const row of found.querySelectorAll("li[data-lat]")) {
    const point = [Number(row.dataset.lat), Number(row.dataset.lon)];
    const name = row.querySelector("h3").textContent;
    const icon = L.divIcon({ className: "point", html: row.dataset.rank, iconSize: [28, 28] });
    const marker = L.marker(point, { icon, title: `${row.dataset.rank}. ${name}`, alt: name, keyboard: true }).addTo(map);
    marker.on("click", () => choose(row));
    marker.on("keypress", ({ originalEvent }) => originalEvent.key === "Enter" && choose(row));
    // Without tiles there is no name on the ground: each commune is named once.
    if (!tiles && !named.has(row.dataset.city)) {
      named.add(row.dataset.city);
      marker.bindTooltip(row.dataset.city, { permanent: true, direction: "right", offset: [14, 0] });
    }
    points.push(point);
  }
  map.fitBounds(L.latLngBounds(points).pad(0.15), { maxZoom: 15 });
}

if (found && button) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const opens = panel.hidden;
    panel.hidden = !opens;
    button.setAttribute("aria-expanded", String(opens));
    button.textContent = opens ? "Masquer la carte" : "Afficher la carte";
    if (!opens || map) return;
    await load();
    draw();
  });
}
