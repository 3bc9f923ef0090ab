// The browser's side of a passkey: the page brings the question, the answer goes back in the page's own form.

const bytesOf = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const textOf = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const readable = (credential) => ({ ...credential, id: bytesOf(credential.id) });

const ceremonies = {
  async create(question) {
    const made = await navigator.credentials.create({
      publicKey: {
        ...question,
        challenge: bytesOf(question.challenge),
        user: { ...question.user, id: bytesOf(question.user.id) },
        excludeCredentials: (question.excludeCredentials ?? []).map(readable),
      },
    });
    return {
      ...common(made),
      response: {
        attestationObject: textOf(made.response.attestationObject),
        clientDataJSON: textOf(made.response.clientDataJSON),
        transports: made.response.getTransports?.() ?? [],
      },
    };
  },
  async get(question) {
    const found = await navigator.credentials.get({
      publicKey: {
        ...question,
        challenge: bytesOf(question.challenge),
        allowCredentials: (question.allowCredentials ?? []).map(readable),
      },
    });
    const { authenticatorData, clientDataJSON, signature, userHandle } = found.response;
    return {
      ...common(found),
      response: {
        authenticatorData: textOf(authenticatorData),
        clientDataJSON: textOf(clientDataJSON),
        signature: textOf(signature),
        userHandle: userHandle ? textOf(userHandle) : null,
      },
    };
  },
};

const common = (credential) => ({
  id: credential.id,
  rawId: textOf(credential.rawId),
  type: credential.type,
  authenticatorAttachment: credential.authenticatorAttachment,
  clientExtensionResults: credential.getClientExtensionResults(),
});

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  const button = form.querySelector("button");
  const error = form.querySelector("[data-passkey-error]");
  form.querySelector("[data-passkey-absent]").hidden = true;
  button.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    error.textContent = "";
    try {
      const answer = await ceremonies[form.dataset.passkey](JSON.parse(form.dataset.question));
      form.querySelector("[data-passkey-answer]").value = JSON.stringify(answer);
      form.submit();
    } catch {
      error.textContent = error.dataset.refused;
      button.disabled = false;
    }
  });
}
