// A real OpenID Connect provider on loopback: one client, one account, and it signs everybody on at once.
// node provider.mjs PORT WAY_BACK CLIENT_ID CLIENT_SECRET NAME

import { Provider } from "oidc-provider";

const [port, wayBack, client, secret, name] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const provider = new Provider(issuer, {
  clients: [{ client_id: client, client_secret: secret, redirect_uris: [wayBack], grant_types: ["authorization_code"] }],
  cookies: { keys: ["only for tests"] },
  claims: { openid: ["sub"], profile: ["name"] },
  features: { devInteractions: { enabled: false } },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, name }) }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  pkce: { required: () => true },
  ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 600, Grant: 600 },
});

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith("/interaction/")) return next();
  const { params, prompt } = await provider.interactionDetails(ctx.req, ctx.res);
  if (prompt.name === "login") return finish(ctx, { login: { accountId: "a1" } });
  const grant = new provider.Grant({ accountId: "a1", clientId: params.client_id });
  grant.addOIDCScope("openid profile");
  return finish(ctx, { consent: { grantId: await grant.save() } });
});

async function finish(ctx, result) {
  await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: true });
  ctx.respond = false;
}

provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
