// Ends TLS and speaks HTTP/2 before a server that speaks HTTP/1.1: node phone_proxy.mjs <server> <port> <key> <certificate>

import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { createSecureServer } from "node:http2";

const [server, port, key, cert] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true });
const OF_ONE_CONNECTION = ["connection", "keep-alive", "transfer-encoding"]; // HTTP/2 has no such headers

const without = (headers, isLeftOut) => Object.fromEntries(Object.entries(headers).filter(([name]) => !isLeftOut(name)));

function pass(stream, headers) {
  const sent = without(headers, (name) => name.startsWith(":"));
  const asked = request(new URL(headers[":path"], server), { method: headers[":method"], headers: sent, agent }, (answer) => {
    stream.respond({ ":status": answer.statusCode, ...without(answer.headers, (name) => OF_ONE_CONNECTION.includes(name)) });
    answer.pipe(stream);
  });
  asked.on("error", () => stream.close());
  stream.on("error", () => asked.destroy()); // a phone that went away
  stream.pipe(asked);
}

createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) }).on("stream", pass).listen(Number(port), "127.0.0.1");
