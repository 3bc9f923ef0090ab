// A real OpenID Connect provider (certified implementation) for tests, on loopback.
// Arguments: port, JSON of the people by login, redirect URI, "signed" when the identity comes as a signed token.
import { generateKeyPairSync } from "node:crypto";
import Provider from "oidc-provider";

const [port, people, redirectUri, userinfo] = process.argv.slice(2);
const claims = JSON.parse(people);
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const names = new Set(Object.values(claims).flatMap((person) => Object.keys(person)));
names.delete("sub");
names.delete("acr");

const provider = new Provider(`http://127.0.0.1:${port}`, {
  acrValues: ["eidas1", "eidas2"],
  claims: { openid: ["sub"], identity: [...names], acr: null },
  clients: [
    {
      client_id: "mutuelle",
      client_secret: "un-secret-partage-pour-les-essais-uniquement",
      redirect_uris: [redirectUri],
      response_types: ["code"],
      grant_types: ["authorization_code"],
      token_endpoint_auth_method: "client_secret_post",
      ...(userinfo === "signed" ? { userinfo_signed_response_alg: "RS256" } : {}),
    },
  ],
  conformIdTokenClaims: true,
  cookies: { keys: ["essai"] },
  features: {
    devInteractions: { enabled: false },
    jwtUserinfo: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  findAccount: async (ctx, id) =>
    claims[id] ? { accountId: id, claims: async () => ({ ...claims[id], sub: claims[id].sub ?? id }) } : undefined,
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: "essai" }] },
  pkce: { required: () => true },
  scopes: ["openid", "identity"],
});

// The person's part: sign in as ?login=…, agree to everything asked.
provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith("/interaction/")) return next();
  const { prompt, params, session, grantId } = await provider.interactionDetails(ctx.req, ctx.res);
  if (ctx.query.cancel) {
    return provider.interactionFinished(ctx.req, ctx.res, { error: "access_denied" }, { mergeWithLastSubmission: false });
  }
  if (prompt.name === "login") {
    const login = String(ctx.query.login);
    if (!claims[login]) {
      ctx.status = 200;
      ctx.body = "Qui êtes-vous ?";
      return undefined;
    }
    const result = { login: { accountId: login, acr: claims[login].acr ?? "eidas1" } };
    return provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
  }
  const grant = grantId
    ? await provider.Grant.find(grantId)
    : new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const result = { consent: { grantId: await grant.save() } };
  return provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: true });
});

provider.listen(Number(port), "127.0.0.1", () => console.log("listening"));
