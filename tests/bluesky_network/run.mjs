// The whole network in one process: identities (PLC), accounts (PDS), the public's view (AppView)
// and the moderators' side (Ozone). Ends when its standard input does, so that it never outlives
// whoever started it.
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { app, info, database, redis, ports } = JSON.parse(process.env.BLUESKY_NETWORK);
const packages = pathToFileURL(`${app}/node_modules/@atproto/dev-env/dist/index.js`);
process.env.REDIS_HOST = redis;
const { TestNetwork } = await import(packages.href);

const network = await TestNetwork.create({
  plc: { port: ports.plc },
  pds: {
    port: ports.pds,
    hostname: "localhost",
    enableDidDocWithSession: true,
    rateLimitsEnabled: false,
  },
  bsky: {
    dbPostgresSchema: "bsky",
    port: ports.appview,
    publicUrl: `http://localhost:${ports.appview}`,
  },
  ozone: { port: ports.ozone, dbMaterializedViewRefreshIntervalMs: 30_000 },
  dbPostgresUrl: database,
  dbPostgresSchema: "devenv",
});

writeFileSync(
  info,
  JSON.stringify({
    pid: process.pid,
    plc: network.plc.url,
    pds: network.pds.url,
    appview: network.bsky.url,
    ozone: network.ozone.url,
    ozone_did: network.ozone.ctx.cfg.service.did,
    ozone_admin_did: network.ozone.adminAccnt.did,
    admin_password: "admin-pass",
  }),
);

let ending = false;
async function end() {
  if (ending) return;
  ending = true;
  setTimeout(() => process.exit(0), 8000).unref();
  await network.close().catch((error) => console.error(`while closing: ${error?.message}`));
  process.exit(0);
}
process.stdin.on("end", end).resume();
process.on("SIGTERM", end);
