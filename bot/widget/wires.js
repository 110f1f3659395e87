// How texts reach the bot: the web chat of any patient, and the try-out page's simulated SMS.
// A wire is { deliver(message, memory), later(after, memory) }; `memory` is kept with the
// conversation, and both give the bot's list of { id, text, asks, options }.

// A service that has not answered within this has lost the connection.
const GIVE_UP_AFTER_MS = 30_000;

// What can never be taken, however often it is sent, for example a text too long.
export class Refused extends Error {}

// Too many at once: the message says so in plain words, `seconds` when to go on.
export class TooMany extends Error {
  constructor(message, seconds) {
    super(message);
    this.seconds = seconds;
  }
}

export function webChat({ bot, practice = "" }) {
  async function session(memory) {
    memory.session ??= (await call(bot, "web/session", { practice })).session;
    return memory.session;
  }
  return {
    async deliver(message, memory) {
      const body = { message_id: message.id, text: message.text, practice };
      return call(bot, "web/webhook", { session: await session(memory), ...body });
    },
    async later(after, memory) {
      if (!memory.session) return [];
      return call(bot, `web/messages?${new URLSearchParams({ session: memory.session, after })}`);
    },
  };
}

export function simulatedSms({ bot, from, to }) {
  return {
    deliver: (message) =>
      call(bot, "simulated_sms/webhook", { from, to, message_id: message.id, text: message.text }),
    later: (after) =>
      call(bot, `simulated_sms/messages?${new URLSearchParams({ from, to, after })}`),
  };
}

async function call(bot, path, body) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), GIVE_UP_AFTER_MS);
  try {
    const response = await fetch(`${bot}/webhooks/${path}`, {
      method: body ? "POST" : "GET",
      headers: body ? { "Content-Type": "application/json" } : {},
      body: body && JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      referrerPolicy: "no-referrer",
      signal: giveUp.signal,
    });
    return response.ok ? await response.json() : await refuse(response);
  } finally {
    clearTimeout(timer);
  }
}

async function refuse(response) {
  const { error: reason = "", retry_after: seconds = 60 } = await response.json().catch(() => ({}));
  if (response.status === 429) throw new TooMany(reason, seconds);
  if (response.status >= 400 && response.status < 500) throw new Refused(reason);
  throw new Error(`The bot answered ${response.status}`);
}
