// Loaded before anything else: whatever the servers open listens on 127.0.0.1 alone, and whatever
// they would call elsewhere is refused. The packages by themselves listen on every interface.
const net = require("node:net");
const dns = require("node:dns");

const HOME = "127.0.0.1";
const isHome = (address) => /^(::ffff:)?127\./i.test(address) || address === "::1";

function refusal(what, code) {
  console.error(`refused: ${what}`);
  return Object.assign(new Error(`not on this machine: ${what}`), { code });
}

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...given) {
  const [first, ...rest] = given;
  if (typeof first === "number" || /^\d+$/.test(String(first))) {
    const done = rest.filter((one) => typeof one === "function");
    return listen.call(this, { port: Number(first), host: HOME }, ...done);
  }
  if (first && typeof first === "object" && first.port !== undefined) {
    return listen.call(this, { ...first, host: HOME }, ...rest);
  }
  return listen.apply(this, given);
};

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...given) {
  const options = Array.isArray(given[0]) ? given[0][0] : given[0];
  const host = options && typeof options === "object" ? options.host : given[1];
  if (typeof host === "string" && net.isIP(host) && !isHome(host)) {
    process.nextTick(() => this.destroy(refusal(host, "ECONNREFUSED")));
    return this;
  }
  return connect.apply(this, given);
};

const lookup = dns.lookup;
dns.lookup = function (name, options, done) {
  const told = typeof options === "function" ? options : done;
  const wanted = typeof options === "function" ? {} : options;
  if (net.isIP(name)) return lookup.call(dns, name, wanted, told);
  if (name !== "localhost") return process.nextTick(() => told(refusal(name, "ENOTFOUND")));
  const all = wanted && wanted.all;
  return process.nextTick(() =>
    all ? told(null, [{ address: HOME, family: 4 }]) : told(null, HOME, 4),
  );
};
