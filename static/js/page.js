// Comforts only: every page works without this file.

// A secret can be read back while it is typed.
for (const input of document.querySelectorAll(".secret input[type=password]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "reveal";
  button.setAttribute("aria-controls", input.id);
  const say = () => {
    button.textContent = input.type === "password" ? "Afficher le mot de passe" : "Masquer le mot de passe";
  };
  button.addEventListener("click", () => {
    input.type = input.type === "password" ? "text" : "password";
    say();
  });
  // Browsers offer to remember what is sent from a text field in clear: it goes back to a secret first.
  input.form?.addEventListener("submit", () => {
    input.type = "password";
  });
  say();
  input.after(button);
}

// Menus close like any menu: Escape, or a click elsewhere.
for (const menu of document.querySelectorAll("details.fly")) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
