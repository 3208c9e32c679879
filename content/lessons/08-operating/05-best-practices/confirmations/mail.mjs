const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A mail server. It takes 400 ms to connect and 60 ms to send, and one address never answers. */
export async function openMailbox() {
  await sleep(400);
  return {
    async send({ to }) {
      if (to.startsWith('slow@')) await sleep(3_600_000);
      await sleep(60);
      if (!to.includes('@')) throw new Error(`no such mailbox: ${to}`);
    },
  };
}
